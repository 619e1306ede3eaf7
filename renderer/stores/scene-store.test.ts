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

test("what an older window kept and this one does not know is left aside", () => {
  expect(createSceneStore(storage('{"colourBy":"aura"}')).getState().colourBy).toBe("activity");
  expect(createSceneStore(storage("{broken")).getState().arcs).toBe("selected");
});
