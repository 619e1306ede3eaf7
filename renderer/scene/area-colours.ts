/** The colour of each area: by its kind as the theme says, one hue for each region evenly around the circle, or by a figure of it. */
import * as THREE from "three";
import type { BrainRegion } from "#contracts/connectome.ts";
import { keepFromRed } from "./flash-safe.ts";
import { type AreaValues, type ColourBy, isAreaFigure, type SceneArea, type SceneTheme } from "./scene-types.ts";

/** Colours by a figure once there is one; until then, and for areas without, all are grey. */
export function areaColours(
  areas: readonly SceneArea[],
  regions: readonly BrainRegion[],
  by: ColourBy,
  theme: SceneTheme,
  values: AreaValues | null = null,
): THREE.Color[] {
  if (by !== "region" && !isAreaFigure(by)) return areas.map(({ kind }) => new THREE.Color(theme.kinds[kind]));
  if (by === "region") return areas.map(({ region }) => regionColour(region, regions, theme));
  const scale = values && colourScale(values, theme);
  return areas.map(({ id }) => {
    const value = values?.values.get(id);
    return value === undefined || !scale ? new THREE.Color(theme.secondary) : scale(value);
  });
}

export function regionColour(region: string | undefined, regions: readonly BrainRegion[], theme: SceneTheme): THREE.Color {
  const at = Math.max(
    0,
    regions.findIndex(({ id }) => id === region),
  );
  // Voxels flash in it.
  return keepFromRed(new THREE.Color().setHSL(at / Math.max(1, regions.length), 0.6, theme.paper ? 0.35 : 0.65));
}

/** Colours of figures between these limits; each call writes into `into`. */
export function colourScale(
  { low, high, signed }: Pick<AreaValues, "low" | "high" | "signed">,
  theme: SceneTheme,
): (value: number, into?: THREE.Color) => THREE.Color {
  const stops = (signed ? theme.signed : theme.ramp).map((css) => new THREE.Color(css));
  return (value, into = new THREE.Color()) => {
    const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : signed ? 0.5 : 0;
    const at = share * (stops.length - 1);
    const below = Math.min(Math.floor(at), stops.length - 2);
    return into.lerpColors(stops[below]!, stops[below + 1]!, at - below);
  };
}
