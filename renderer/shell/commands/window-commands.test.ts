import { expect, test } from "vitest";
import { findCollisions, keyNames } from "../shortcuts.ts";
import { createWindowCommands } from "./window-commands.ts";

// Listing commands asks nothing of the window's parts; only running one does.
const commands = createWindowCommands({} as never);

test("no two commands answer the same key in the same place", () => {
  expect(findCollisions(commands)).toEqual([]);
});

test("a collision is told with its key and both commands", () => {
  const twice = [
    { id: "a", shortcuts: ["$mod+K"], context: "window" as const },
    { id: "b", shortcuts: ["$mod+k"], context: "window" as const },
    { id: "c", shortcuts: ["$mod+k"], context: "scene" as const },
  ];
  expect(findCollisions(twice)).toEqual([["$mod+k", "a", "b"]]);
});

test("every id and every title is there once, so the palette can be searched", () => {
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  expect(commands.filter(({ title }) => title.trim() === "")).toEqual([]);
});

test("commands of the registry that need no input enter by themselves, those that only read do not", () => {
  const ids = commands.map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining([
      "brain.run",
      "brain.pause",
      "brain.step",
      "time.stepBack",
      "connectome.undo",
      "genome.cancel",
      "rollout.selftest",
    ]),
  );
  for (const id of ["brain.status", "connectome.listAreas", "genome.load", "stimulus.paint"]) expect(ids).not.toContain(id);
});

test("shortcuts are printed as the keys are labelled", () => {
  expect(keyNames("F5")).toBe("F5");
  expect(keyNames("+")).toBe("+");
  expect(keyNames("f")).toBe("F");
});
