import { expect, test } from "vitest";
import { createStayAwake } from "./stay-awake.ts";

function computer() {
  const blocked = new Set<number>();
  let last = 0;
  const blocker = {
    start() {
      blocked.add(++last);
      return last;
    },
    stop: (id: number) => blocked.delete(id),
  };
  return { blocked, awake: createStayAwake(blocker) };
}

test("the computer stays awake while the brain runs and no longer, once however often that is told", () => {
  const { blocked, awake } = computer();
  for (const isRunning of [false, true, true, true]) awake.follow(isRunning);
  expect(blocked.size).toBe(1);
  awake.follow(false);
  expect(blocked.size).toBe(0);
  awake.follow(true);
  expect(blocked.size).toBe(1);
});

test("who does not want it is heard at once, in the middle of a run too", () => {
  const { blocked, awake } = computer();
  awake.follow(true);
  awake.want(false);
  expect(blocked.size).toBe(0);
  awake.want(true);
  expect([blocked.size, awake.isOn()]).toEqual([1, true]);
  awake.follow(false);
  expect([blocked.size, awake.isOn()]).toEqual([0, false]);
});
