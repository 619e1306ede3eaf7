/** Where several areas are shown: above the rows of each its name, a dot for a breakpoint, and what folds them into one row. */
import { ChevronDown, ChevronRight } from "lucide-react";
import { useEffect, useReducer } from "react";
import type { CorticalArea } from "#contracts/connectome.ts";
import { bandHead } from "../../scene/raster/bands.ts";
import type { RasterLook } from "../../scene/raster/raster.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { firesIn } from "../../stores/debug-store.ts";
import { Button } from "../../ui/Button.tsx";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { BreakpointDot } from "../breakpoints/BreakpointDot.tsx";

interface RasterHeadsProps {
  areas: readonly CorticalArea[];
  look: RasterLook;
  onLook(look: RasterLook): void;
}

export function RasterHeads({ areas, look, onLook }: RasterHeadsProps) {
  const { raster } = useWorkbench();
  const [, placeAgain] = useReducer((times: number) => times + 1, 0);
  useEffect(() => raster.onLaidOut(placeAgain), [raster]);
  const bands = raster.bands();
  if (bands.length < 2) return null;
  const fold = (id: string) => {
    const folded = new Set(look.folded);
    if (!folded.delete(id)) folded.add(id);
    onLook({ ...look, folded });
  };
  return bands.map(({ area: id, top }) => {
    const area = areas.find((one) => one.id === id);
    if (!area) return null;
    const isFolded = look.folded.has(id);
    return (
      <div key={id} className="raster-band" style={{ top: top - bandHead, height: bandHead }}>
        <Button
          icon={isFolded ? ChevronRight : ChevronDown}
          variant="quiet"
          label={t(isFolded ? "raster.unfold" : "raster.fold", { name: area.name })}
          onPress={() => fold(id)}
        />
        <BreakpointDot condition={firesIn(id)} what={t("dot.what.area", { name: area.name })} />
        <KindGlyph kind={area.kind} />
        <span className="raster-band-name">{area.name}</span>
        <span className="dim num">{t("raster.about", { count: area.neurons })}</span>
      </div>
    );
  });
}
