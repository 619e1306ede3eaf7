/** The native menu and the command line as Electron's main reads them. */
import { expect, test } from "vitest";
import { commandGroups } from "#contracts/commands.ts";
import { genomeArgument } from "./arguments.ts";
import { type MenuItem, menuTemplate } from "./menu.ts";

const flat = (items: readonly MenuItem[]): MenuItem[] => items.flatMap((item) => [item, ...flat(item.submenu ?? [])]);

test("brain commands carry the registry's titles and run by name", () => {
  const ran: string[] = [];
  const items = flat(
    menuTemplate({ openGenome: () => ran.push("open"), run: (name) => ran.push(name), tell: (id) => ran.push(id) }, "linux"),
  );
  const click = (label: string) => items.find((item) => item.label === label)?.click?.();
  click(commandGroups.brain.step.title);
  click(commandGroups.connectome.undo.title);
  click("Open Genome…");
  click("Command Palette…");
  expect(ran).toEqual(["brain.step", "connectome.undo", "open", "palette"]);
});

test.each(["linux", "darwin", "win32"] as const)("on %s a person can quit, and no shortcut is taken from the window", (platform) => {
  const items = flat(menuTemplate({ openGenome() {}, run() {}, tell() {} }, platform));
  expect(items.filter((item) => item.role === "quit")).toHaveLength(1);
  for (const item of items) if (item.accelerator) expect(item.registerAccelerator, item.label).toBe(false);
});

test.each([
  [["electron", "."], false, null],
  [["electron", "--inspect=0", "--no-sandbox", "/app"], false, null],
  [["electron", ".", "essential.json"], false, "/work/essential.json"],
  [["electron", ".", "--no-sandbox", "/g/pong.json", "--trace"], false, "/g/pong.json"],
  [["/opt/gyrus", "a.json"], true, "/work/a.json"],
  [["/opt/gyrus"], true, null],
])("%j names its genome", (argv, packaged, expected) => {
  expect(genomeArgument(argv, "/work", packaged)).toBe(expected);
});
