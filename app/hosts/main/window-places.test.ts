import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { keepWindowPlaces, placeOn } from "./window-places.ts";

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const beside = { x: 1440, y: 0, width: 2560, height: 1440 };
const place = { x: 2000, y: 100, width: 900, height: 640, isMaximized: false };
const folder = mkdtempSync(join(tmpdir(), "gyrus-places-"));
afterEach(() => rmSync(join(folder, "windows.json"), { force: true }));

test("a window stands again where it stood, on the display that is still there", () => {
  expect(placeOn(place, [laptop, beside])).toEqual(place);
});

test("a display that was taken away takes its windows' places with it", () => {
  expect(placeOn(place, [laptop])).toBeNull();
});

test("a window whose head could not be taken hold of is put elsewhere; a larger one than the display is made to fit", () => {
  expect(placeOn({ ...place, x: 1420, y: 100 }, [laptop])).toBeNull();
  expect(placeOn({ ...place, x: 100, y: -300 }, [laptop])).toBeNull();
  expect(placeOn({ x: 0, y: 25, width: 3000, height: 2000, isMaximized: true }, [laptop])).toMatchObject({ width: 1440, height: 875 });
});

test("places are kept by the window's name over a restart; a broken file counts as none", () => {
  const path = join(folder, "windows.json");
  keepWindowPlaces(path).note("raster", place);
  expect(keepWindowPlaces(path).find("raster", [beside])).toEqual(place);
  expect(keepWindowPlaces(path).find("lab", [beside])).toBeNull();
  writeFileSync(path, '{"raster":{"x":"left"}}');
  expect(keepWindowPlaces(path).find("raster", [beside])).toBeNull();
});
