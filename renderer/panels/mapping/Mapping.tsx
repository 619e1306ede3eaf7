/** One mapping: its two ends, chosen here or wherever a mapping is shown, and its rules. */
import { ArrowRight, ArrowRightLeft, Waypoints } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import type { CorticalId } from "#contracts/connectome.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Select } from "../../ui/fields.tsx";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { MappingList } from "../inspector/MappingList.tsx";
import { MappingEditor } from "./MappingEditor.tsx";

export function Mapping() {
  const { stores } = useWorkbench();
  const areas = useStore(stores.brain, (state) => state.areas);
  const selected = useStore(stores.selection, (state) => state.area);
  const of = areas.find(({ id }) => id === selected);
  const chosen = useStore(stores.editing, (state) => state.mapping);
  const { src, dst, begin } = useStore(stores.mappingDrafts);
  useEffect(() => {
    if (chosen) begin(chosen.src, chosen.dst);
  }, [chosen, begin]);
  if (areas.length === 0) return <EmptyState icon={Waypoints}>{t("mapping.noBrain")}</EmptyState>;
  const known = (id: CorticalId | null) => areas.some((area) => area.id === id);
  const choices = [...areas]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ id, name, kind }) => ({ id, label: name, icon: <KindGlyph kind={kind} /> }));
  const pair = src !== null && dst !== null && known(src) && known(dst) ? { src, dst } : null;
  return (
    <div className="panel mapping">
      <div className="panel-toolbar mapping-ends">
        <Select
          label={t("mapping.source")}
          hideLabel
          value={src ?? ""}
          placeholder={t("mapping.source")}
          choices={choices}
          onChange={(id) => begin(id, dst)}
        />
        <ArrowRight size={14} aria-hidden />
        <Select
          label={t("mapping.target")}
          hideLabel
          value={dst ?? ""}
          placeholder={t("mapping.target")}
          choices={choices}
          onChange={(id) => begin(src, id)}
        />
        <Button icon={ArrowRightLeft} variant="quiet" label={t("mapping.swap")} onPress={() => begin(dst, src)} />
      </div>
      {pair ? (
        <div className="mapping-body">
          <MappingEditor key={`${pair.src}>${pair.dst}`} pair={pair} />
        </div>
      ) : of && src === null && dst === null ? (
        <MappingList area={of.id} title={t("mapping.ofArea", { name: of.name })} />
      ) : (
        <EmptyState icon={Waypoints}>{t("mapping.chooseEnds")}</EmptyState>
      )}
    </div>
  );
}
