import { expect, test } from "vitest";
import { firedIn, lastFired } from "./lookback.ts";
import { isSoftwareRenderer } from "./renderer.ts";
import { area, frame } from "./testing/areas.ts";

test("software rasterisers are known by name", () => {
  expect(isSoftwareRenderer("ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)")).toBe(true);
  expect(isSoftwareRenderer("llvmpipe (LLVM 15.0.6, 256 bits)")).toBe(true);
  expect(isSoftwareRenderer("ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)")).toBe(false);
});

test("a voxel fired if any of its neurons did", () => {
  const one = area({ neuronsPerVoxel: 2, index: 1 });
  const fired = frame(5, { 1: [3, 8, 20] });
  expect(firedIn(fired, one, 2)).toBe(true);
  expect(firedIn(fired, one, 4)).toBe(false);
  expect(firedIn(fired, area({ index: 0 }), 3)).toBe(false);
});

test("the newest firing of a voxel is found among the frames in memory", () => {
  const frames = [frame(5, { 0: [3] }), frame(6, { 0: [3, 4] }), frame(7, { 0: [4] })];
  expect(lastFired(frames, area(), 3)).toBe(6);
  expect(lastFired(frames, area(), 9)).toBeNull();
});
