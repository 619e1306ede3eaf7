/** The native menu and the command line as Electron's main reads them. */
import { expect, test } from "vitest";
import { commandGroups } from "#contracts/commands.ts";
import { fileArgument } from "./arguments.ts";
import { acceleratorOf, type MenuCommand, type MenuItem, menuTemplate } from "./menu.ts";

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
  expect(ran).toEqual(["brain.step", "connectome.undo", "open"]);
});

const commands: MenuCommand[] = [
  { id: "window.palette", title: "Command palette", group: "view", groupTitle: "View", shortcut: "$mod+k" },
  { id: "debug.stepPhase", title: "Step one phase", group: "debug", groupTitle: "Debugger", shortcut: "F11" },
  { id: "scene.frameSelection", title: "Frame selection", group: "scene", groupTitle: "Scene", shortcut: "f" },
  { id: "learning.freeze", title: "Freeze & thaw", group: "learning", groupTitle: "Learning", shortcut: null },
  { id: "window.open", title: "Open a genome…", group: "genome", groupTitle: "File", shortcut: "$mod+o" },
];

test("every command the window names is in the menu, once, and clicking it tells the window", () => {
  const told: string[] = [];
  const items = flat(menuTemplate({ openGenome() {}, run() {}, tell: (id) => told.push(id) }, "linux", commands));
  for (const label of ["Command palette", "Step one phase", "Frame selection", "Freeze && thaw"]) {
    const found = items.filter((item) => item.label === label);
    expect(found, label).toHaveLength(1);
    found[0]?.click?.();
  }
  expect(told).toEqual(["window.palette", "debug.stepPhase", "scene.frameSelection", "learning.freeze"]);
  // Opening is the native dialog here.
  expect(items.some((item) => item.label === "Open a genome…")).toBe(false);
});

test.each([
  ["$mod+k", "CmdOrCtrl+K"],
  ["$mod+Alt+Shift+z", "CmdOrCtrl+Alt+Shift+Z"],
  ["Alt+ArrowLeft", "Alt+Left"],
  ["$mod++", "CmdOrCtrl+Plus"],
  ["F11", "F11"],
  ["f", null],
  ["Space", null],
  [null, null],
])("shortcut %j is shown as %j", (shortcut, accelerator) => expect(acceleratorOf(shortcut)).toBe(accelerator));

test.each(["linux", "darwin", "win32"] as const)("on %s a person can quit, and no shortcut is taken from the window", (platform) => {
  const items = flat(menuTemplate({ openGenome() {}, run() {}, tell() {} }, platform, commands));
  expect(items.filter((item) => item.role === "quit")).toHaveLength(1);
  for (const item of items) if (item.accelerator) expect(item.registerAccelerator, item.label).toBe(false);
  // Its role would take F11, which is "step one phase".
  expect(items.some((item) => (item.role as string) === "togglefullscreen")).toBe(false);
});

test.each([
  [["electron", "."], false, null],
  [["electron", "--inspect=0", "--no-sandbox", "/app"], false, null],
  [["electron", ".", "essential.json"], false, "/work/essential.json"],
  [["electron", ".", "--no-sandbox", "/g/pong.json", "--trace"], false, "/g/pong.json"],
  [["/opt/gyrus", "a.json"], true, "/work/a.json"],
  [["/opt/gyrus"], true, null],
])("%j names its genome", (argv, packaged, expected) => {
  expect(fileArgument(argv, "/work", packaged)).toEqual({ genome: expected, workspace: null });
});

test("a workspace is told from what the brain host opens", () => {
  expect(fileArgument(["/opt/gyrus", "mine.gyrus"], "/work", true)).toEqual({ genome: null, workspace: "/work/mine.gyrus" });
  expect(fileArgument(["/opt/gyrus", "mine.gyrusrec"], "/work", true)).toEqual({ genome: "/work/mine.gyrusrec", workspace: null });
});
