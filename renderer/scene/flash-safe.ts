/**
 * No saturated red ever flashes (WCAG 2.3.1): whatever firings are drawn in keeps below the share of red from which WCAG calls a
 * red saturated. It is the colours that give way and not the light, so nothing has to be noticed in time.
 */
import * as THREE from "three";
import type { SceneTheme } from "./scene-types.ts";

/** Saturated by WCAG from here on, as the red of the linear red, green and blue together. */
export const saturatedRed = 0.8;
/** Colours that lie on one another mix: what is drawn keeps a distance. */
const mostRed = 0.75;

export function redShare(colour: THREE.Color): number {
  const [r, g, b] = linear(colour);
  return r / Math.max(1e-6, r + g + b);
}

/** Lifts green and blue as far as it takes, in their own proportion. */
export function keepFromRed(colour: THREE.Color): THREE.Color {
  if (redShare(colour) <= mostRed) return colour;
  const [r, g, b] = linear(colour);
  const wanted = (r * (1 - mostRed)) / mostRed;
  const share = g + b > 0 ? g / (g + b) : 0.5;
  return colour.setRGB(colour.r, encoded(wanted * share), encoded(wanted * (1 - share)));
}

/** The theme with a ramp that holds no saturated red. */
export function flashSafe(theme: SceneTheme): SceneTheme {
  return { ...theme, ramp: theme.ramp.map((css) => `#${keepFromRed(new THREE.Color(css)).getHexString()}`) };
}

/** Three knows colours here as they are on the screen. */
function linear({ r, g, b }: THREE.Color): [number, number, number] {
  return [r, g, b].map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)) as [number, number, number];
}

function encoded(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}
