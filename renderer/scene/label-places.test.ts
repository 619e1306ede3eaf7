import { expect, test } from "vitest";
import { labelPlaces, shortName } from "./label-places.ts";

test("a name stands above its box first, and never on it", () => {
  const box = { x: 100, y: 100, width: 60, height: 40 };
  const { near, places } = labelPlaces(box, 50, 16);
  expect(places[0]).toEqual({ x: 105, y: 80, width: 50, height: 16 });
  expect(places).toHaveLength(near);
  for (const { x, y, width, height } of places) expect(x >= 160 || x + width <= 100 || y >= 140 || y + height <= 100).toBe(true);
});

test("only tiny boxes have their name at the end of a line", () => {
  const { near, places } = labelPlaces({ x: 10, y: 10, width: 3, height: 3 }, 50, 16);
  expect(places.length).toBeGreaterThan(near);
});

test.each([
  ["vision_C", "vision_C"],
  ["Peripheral vision sensor - bottom left", "Peripheral…bottom left"],
  ["Central Vision Gaze Control", "Central…Gaze Control"],
  ["an_area_without_a_single_space_in_it", "an_area_with…space_in_it"],
])("%j is shortened to %j: both ends stay", (name, short) => {
  expect(shortName(name)).toBe(short);
});
