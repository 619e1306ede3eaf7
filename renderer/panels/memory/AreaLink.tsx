/** A cortical area by its name, and the way to select it. */
import { useStore } from "zustand";
import type { CorticalId } from "#contracts/connectome.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import "./area-link.css";

export function AreaLink({ id }: { id: CorticalId }) {
  const { stores } = useWorkbench();
  const area = useStore(stores.brain, (state) => state.areaById.get(id));
  if (!area) return <code>{id}</code>;
  return (
    <button type="button" className="area-link" onClick={() => stores.selection.getState().selectArea(id)}>
      <KindGlyph kind={area.kind} labelled />
      <span>{area.name}</span>
    </button>
  );
}
