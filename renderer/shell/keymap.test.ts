/** Keys: presets without collisions, changes over presets, export and import, and what a pressed key is called. */
import { expect, test } from "vitest";
import { createWindowCommands } from "./commands/window-commands.ts";
import { createKeymap, keyPresetNames, shortcutFrom, withKeys } from "./keymap.ts";
import { canonical, findCollisions } from "./shortcuts.ts";

const commands = createWindowCommands({} as never);
const keysOf = (id: string, file: Parameters<typeof withKeys>[1]) =>
  withKeys(commands, file).find((command) => command.id === id)?.shortcuts;

function memory(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  } as Storage;
}

test.each(keyPresetNames)("preset %s has no two commands on one key in one place", (preset) => {
  expect(findCollisions(withKeys(commands, { version: 1, preset, changed: {} }))).toEqual([]);
});

test("a changed key wins over the preset, is kept, and can be reset", () => {
  const storage = memory();
  const keymap = createKeymap(storage);
  keymap.setPreset("neuroglancer");
  keymap.set("help.view", ["$mod+Alt+h"]);
  const again = createKeymap(storage).store.getState();
  expect(keysOf("help.view", again)).toEqual(["$mod+Alt+h"]);
  keymap.reset("help.view");
  expect(keysOf("help.view", keymap.store.getState())).toEqual(["F1", "h"]);
  keymap.setPreset("default");
  expect(keysOf("help.view", keymap.store.getState())).toEqual(["F1"]);
});

test("exported keys are the same after import; another file is refused", () => {
  const keymap = createKeymap(memory());
  keymap.set("brain.run", ["r"]);
  const other = createKeymap(memory());
  other.take(keymap.text());
  expect(other.store.getState()).toEqual(keymap.store.getState());
  expect(() => other.take('{"version":2}')).toThrow();
  expect(other.store.getState()).toEqual(keymap.store.getState());
});

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
test.each([
  [{ ...none, key: "k", ctrlKey: true }, "$mod+k"],
  [{ ...none, key: "Z", ctrlKey: true, altKey: true, shiftKey: true }, "$mod+Alt+Shift+z"],
  [{ ...none, key: "?", shiftKey: true }, "?"],
  [{ ...none, key: " " }, "Space"],
  [{ ...none, key: "F5", shiftKey: true }, "Shift+F5"],
  [{ ...none, key: "Control", ctrlKey: true }, null],
])("%j is recorded as %j", (event, shortcut) => expect(shortcutFrom(event, false)).toBe(shortcut));

test("one key has one spelling, however it is written", () => {
  expect(canonical("$mod+Shift+M")).toBe(canonical("Shift+$mod+m"));
  expect(canonical("Control+F6")).toBe(canonical("$mod+f6"));
  expect(canonical("$mod++")).not.toBe(canonical("$mod+="));
});
