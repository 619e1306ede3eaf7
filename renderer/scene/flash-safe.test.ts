import * as THREE from "three";
import { beforeAll, expect, test } from "vitest";
import { rampTexture } from "./activity.ts";
import { regionColour } from "./area-colours.ts";
import { AreaBrightness } from "./brightness.ts";
import { flashSafe, keepFromRed, redShare, saturatedRed } from "./flash-safe.ts";
import type { SceneTheme } from "./scene-types.ts";
import { area, frame, theme } from "./testing/areas.ts";

beforeAll(() => {
  // As the scene's renderer sets it: colours are what is on the screen.
  THREE.ColorManagement.enabled = false;
});

/**
 * A recording that strobes: every third burst fires one area whole. Returns how often its picture turns to or from a saturated red
 * in a second, at 30 bursts a second.
 */
function redFlashes({ ramp }: SceneTheme): number {
  const brightness = new AreaBrightness();
  brightness.setAreas([area({ dimensions: [4, 4, 1] })]);
  const texels = rampTexture(ramp).image.data as Uint8Array;
  const all = Array.from({ length: 16 }, (_, i) => i);
  const colour = new THREE.Color();
  let flashes = 0;
  let before = false;
  for (let burst = 0; burst < 30; burst++) {
    if (burst % 3 === 0) brightness.scatter([frame(burst, { 0: all })]);
    const at = Math.round((brightness.at(burst)[0] ?? 0) * 255) * 4;
    colour.setRGB(texels[at]! / 255, texels[at + 1]! / 255, texels[at + 2]! / 255);
    const red = redShare(colour) >= saturatedRed;
    if (red !== before) flashes++;
    before = red;
  }
  return flashes;
}

test("a strobing recording flashes in saturated red as the theme has it, and never with the flash limiter", () => {
  expect(redFlashes(theme)).toBeGreaterThan(3);
  expect(redFlashes(flashSafe(theme))).toBe(0);
});

test("no light a voxel can have is a saturated red, between the stops of the ramp either", () => {
  const texels = rampTexture(flashSafe(theme).ramp).image.data as Uint8Array;
  const colour = new THREE.Color();
  for (let i = 0; i < texels.length; i += 4)
    expect(redShare(colour.setRGB(texels[i]! / 255, texels[i + 1]! / 255, texels[i + 2]! / 255))).toBeLessThan(saturatedRed);
});

test("pure red gives way to a lighter red, other colours stay", () => {
  expect(redShare(keepFromRed(new THREE.Color("#ff0000")))).toBeCloseTo(0.75);
  expect(keepFromRed(new THREE.Color("#69d3f3")).getHexString()).toBe("69d3f3");
});

test("regions have no saturated red among their colours", () => {
  const regions = Array.from({ length: 12 }, (_, i) => ({ id: String(i), name: "", parent: null, areas: [] }));
  for (const paper of [true, false])
    for (const { id } of regions) expect(redShare(regionColour(id, regions as never, { ...theme, paper }))).toBeLessThan(saturatedRed);
});
