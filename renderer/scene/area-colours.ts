/** The colour of each area: by its kind as the theme says, or one hue for each region, evenly around the circle. */
import * as THREE from "three";
import type { BrainRegion } from "#contracts/connectome.ts";
import type { ColourBy, SceneArea, SceneTheme } from "./scene-types.ts";

export function areaColours(areas: readonly SceneArea[], regions: readonly BrainRegion[], by: ColourBy, theme: SceneTheme): THREE.Color[] {
  if (by !== "region") return areas.map(({ kind }) => new THREE.Color(theme.kinds[kind]));
  const order = new Map(regions.map(({ id }, i) => [id, i]));
  return areas.map(({ region }) => {
    const at = order.get(region ?? "") ?? 0;
    return new THREE.Color().setHSL(at / Math.max(1, regions.length), 0.6, theme.paper ? 0.35 : 0.65);
  });
}
