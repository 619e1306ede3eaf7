import { expect, test } from "vitest";
import { createSharedUniforms } from "./activity.ts";
import { AreaBoxes } from "./area-boxes.ts";
import { AreaLight } from "./area-light.ts";
import { ageLight, glowLight, type Light, recentLight } from "./scene-types.ts";
import { area, frame, theme } from "./testing/areas.ts";

const areas = [area({ id: "a", index: 4, neurons: 100 }), area({ id: "b", index: 7, neurons: 10 })];
const lightAt = (burst: number, frames: Parameters<AreaLight["scatter"]>[0], light: Light = glowLight) => {
  const all = new AreaLight();
  all.setAreas(areas);
  all.setLight(light);
  all.scatter(frames);
  const into = new Float32Array(areas.length);
  all.at(burst, into);
  return [...into];
};

test("an area's light is the root of its mean activity, which fades with bursts", () => {
  const [a, b] = lightAt(5, [frame(5, { 4: Array.from({ length: 25 }, (_, i) => i), 7: [100] })]);
  expect(a).toBeCloseTo(0.5);
  expect(b).toBeCloseTo(Math.sqrt(0.1));
  const [later] = lightAt(8, [frame(5, { 4: Array.from({ length: 25 }, (_, i) => i) })]);
  expect(later).toBeCloseTo(Math.sqrt(0.25 * Math.exp(-1)));
});

test("it is the same however one came to a burst, and nothing of other bursts is in it", () => {
  const frames = Array.from({ length: 90 }, (_, burst) => frame(burst, { 4: Array.from({ length: burst % 7 }, (_, i) => i) }));
  const within = frames.filter(({ burst }) => burst > 80 - glowLight.span && burst <= 80);
  expect(lightAt(80, within)).toEqual(lightAt(80, frames));
  expect(lightAt(200, frames)).toEqual([0, 0]);
});

test("one firing in a large area does not look silent; by age the newest firing counts", () => {
  expect(lightAt(5, [frame(5, { 4: [3] })])[0]).toBeCloseTo(0.1);
  expect(lightAt(15, [frame(5, { 4: [3] })])[0]).toBeCloseTo(0.08);
  expect(lightAt(9, [frame(2, { 7: [100, 101] }), frame(8, { 7: [100] })], ageLight)[1]).toBeCloseTo(ageLight.of(1));
});

test("by recent activity an area that fired more often is brighter", () => {
  const firing = (bursts: number) => Array.from({ length: bursts }, (_, burst) => frame(burst, { 7: [100, 101, 102] }));
  const [once, often] = [1, 8].map((bursts) => lightAt(bursts - 1, firing(bursts), recentLight)[1]!);
  expect(once).toBeCloseTo(Math.sqrt(recentLight.ofSum(0.3)));
  expect(often).toBeGreaterThan(1.5 * once!);
});

test("boxes are in the picture as far as their areas are, in one draw for all; where none is there is no draw", () => {
  const boxes = new AreaBoxes(createSharedUniforms(theme));
  // Before there is a brain its colours are set already.
  boxes.setTints(null);
  boxes.place([]);
  boxes.setAreas(areas);
  const presence = () => [...boxes.object.geometry.getAttribute("presence").array];
  boxes.place([0, 0]);
  expect(boxes.object.visible).toBe(false);
  boxes.place([0.5, 1]);
  expect([boxes.object.visible, presence()]).toEqual([true, [0.5, 1]]);
  boxes.setVisible([true, false]);
  boxes.place([1, 1]);
  expect(presence()).toEqual([1, 0]);
  expect(boxes.object.geometry.instanceCount).toBe(2);
});
