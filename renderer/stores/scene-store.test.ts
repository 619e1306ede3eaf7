import { expect, test } from "vitest";
import { createSceneStore } from "./scene-store.ts";

function storage(text: string | null = null) {
  let kept = text;
  const setItem = (_key: string, value: string) => {
    kept = value;
  };
  return { getItem: () => kept, setItem };
}

test("tastes and saved views come back in the next window, what is hidden does not", () => {
  const place = storage();
  const pose = { target: [0, 0, 0] as [number, number, number], distance: 9, azimuth: 1, elevation: 0 };
  createSceneStore(place).setState({ colourBy: "region", hidden: new Set(["a"]), bookmarks: [{ name: "V1", pose }] });
  expect(createSceneStore(place).getState()).toMatchObject({ colourBy: "region", bookmarks: [{ name: "V1", pose }] });
  expect(createSceneStore(place).getState().hidden.size).toBe(0);
});

test("a view that another window saves is there at once, and each keeps its own tastes", () => {
  const place = storage();
  const windows = [createSceneStore(place), createSceneStore(place)] as const;
  // A browser tells the other windows of a write, not the one that wrote.
  const written = (by: 0 | 1, write: () => void) => {
    const before = place.getItem();
    write();
    if (place.getItem() !== before) windows[by === 0 ? 1 : 0].kept.reread();
  };
  const bookmark = (name: string) => ({
    name,
    pose: { target: [0, 0, 0] as [number, number, number], distance: 9, azimuth: 1, elevation: 0 },
  });
  written(0, () => windows[0].setState({ bookmarks: [bookmark("front")] }));
  written(1, () => windows[1].setState({ colourBy: "region", bookmarks: [...windows[1].getState().bookmarks, bookmark("back")] }));
  for (const one of windows) expect(one.getState().bookmarks.map(({ name }) => name)).toEqual(["front", "back"]);
  expect(windows.map((one) => one.getState().colourBy)).toEqual(["activity", "region"]);
  const before = place.getItem();
  windows[0].kept.reread();
  expect(place.getItem()).toBe(before);
});

test("what an older window kept and this one does not know is left aside", () => {
  expect(createSceneStore(storage('{"colourBy":"aura"}')).getState().colourBy).toBe("activity");
  expect(createSceneStore(storage("{broken")).getState().arcs).toBe("selected");
});
