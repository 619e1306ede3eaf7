import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Ray } from "./picking.ts";
import { Pointing } from "./pointing.ts";
import type { SceneHover } from "./scene-types.ts";
import { area } from "./testing/areas.ts";
import type { Viewport } from "./viewport.ts";

const areas = [area({ id: "left", position: [0, 0, 0] }), area({ id: "right", position: [20, 0, 0] })];
const at = { clientX: 100, clientY: 80 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A pointer over a camera that looks straight at the middle of one area; counts how often the scene is asked what is there. */
function pointingAt(first: number) {
  let [x, looks] = [first, 0];
  const told: (SceneHover | null)[] = [];
  const ray = (): Ray => {
    looks++;
    return { origin: [x, 1.5, 50], direction: [0, 0, -1] };
  };
  const viewport = { rayAt: ray } as unknown as Viewport;
  const pointing = new Pointing({
    areas: () => areas,
    selected: () => undefined,
    isCut: () => false,
    frames: () => [],
    shown: () => null,
    onPick() {},
    onMenu() {},
    onPaint() {},
    onMark() {},
    onHover: (hover) => told.push(hover),
  });
  const lookAt = (next: number) => {
    x = next;
  };
  const last = () => told.at(-1)?.area ?? null;
  return { pointing, viewport, last, looks: () => looks, lookAt };
}

test("a picture that moves under a resting pointer takes back what was told, and is looked at once when it stands", () => {
  const { pointing, viewport, last, looks, lookAt } = pointingAt(2);
  pointing.hover(viewport, at);
  expect(last()).toBe("left");
  pointing.pictureMoves();
  expect(last()).toBeNull();
  lookAt(22);
  for (let step = 0; step < 3; step++) {
    pointing.pictureMoves();
    pointing.pictureStands();
    vi.advanceTimersByTime(100);
  }
  expect(looks()).toBe(1);
  // New light comes while it stands already: nothing begins anew.
  pointing.pictureStands();
  vi.advanceTimersByTime(60);
  expect([last(), looks(), vi.getTimerCount()]).toEqual(["right", 2, 0]);
  pointing.pictureStands();
  expect(vi.getTimerCount()).toBe(0);
});

test("a pointer that comes to rest while the picture moves is told nothing until the picture stands", () => {
  const { pointing, viewport, last, looks, lookAt } = pointingAt(2);
  pointing.pictureMoves();
  pointing.hover(viewport, at);
  expect([last(), looks()]).toEqual([null, 0]);
  lookAt(22);
  pointing.pictureStands();
  vi.runAllTimers();
  expect([last(), looks()]).toEqual(["right", 1]);
});

test("a pointer that left is not looked for", () => {
  const { pointing, viewport, last, looks } = pointingAt(2);
  pointing.hover(viewport, at);
  pointing.pictureMoves();
  pointing.hover(viewport, null);
  pointing.pictureStands();
  vi.runAllTimers();
  expect([last(), looks()]).toEqual([null, 1]);
});
