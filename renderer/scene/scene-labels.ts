/** Which names stand where in the scene: areas above their boxes, regions at their plates, letters at the axes. */
import { axisArms, type Hull, type RegionPlate } from "./hulls.ts";
import type { SceneLabel } from "./labels.ts";
import { union } from "./placement.ts";
import { areaGlyphs, type SceneTheme } from "./scene-types.ts";

export function sceneLabels(hulls: readonly Hull[], plates: readonly RegionPlate[], theme: SceneTheme): SceneLabel[] {
  const ofAreas = hulls.map(({ area, box, line }): SceneLabel => {
    return {
      key: area.id,
      kind: "area",
      text: area.mark === undefined ? area.name : `${area.name} ${area.mark}`,
      glyph: areaGlyphs[area.kind],
      colour: `#${line.getHexString()}`,
      at: box,
      // Inputs and outputs are what a person looks for first, then what is big.
      priority: (area.kind === "input" || area.kind === "output" ? 10 : 0) + Math.log2(1 + Math.max(...area.dimensions)),
    };
  });
  const quiet = { glyph: "", colour: theme.secondary };
  const ofRegions = plates.map(
    ({ region, at }): SceneLabel => ({ ...quiet, key: `region ${region.id}`, kind: "region", text: region.name, at, priority: -1 }),
  );
  const all = union(hulls.map(({ box }) => box));
  const arms = all ? axisArms(all).arms : [];
  const ofAxes = arms.map(
    ({ name, end }): SceneLabel => ({ ...quiet, key: `axis ${name}`, kind: "axis", text: name, at: end, priority: -2 }),
  );
  return [...ofAreas, ...ofRegions, ...ofAxes];
}
