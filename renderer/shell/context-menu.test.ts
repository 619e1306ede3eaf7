import { expect, test } from "vitest";
import { createWindowCommands } from "./commands/window-commands.ts";
import { menuItems, menuSections } from "./context-menu.ts";

// Listing commands asks nothing of the window's parts; only running one does.
const commands = createWindowCommands({} as never);

test("every item of every menu is a command of the window", () => {
  const ids = new Set(commands.map(({ id }) => id));
  expect(
    Object.values(menuSections)
      .flat(2)
      .filter((id) => !ids.has(id)),
  ).toEqual([]);
});

test("what cannot be done now is left out, and a section of which nothing is left with it", () => {
  const now = commands.map((command) => ({ ...command, when: () => command.id === "area.rename" || command.id === "scene.hide" }));
  expect(menuItems("areas", now).map((section) => section.map(({ id }) => id))).toEqual([["scene.hide"], ["area.rename"]]);
  expect(menuItems("scene", now)).toEqual([]);
});
