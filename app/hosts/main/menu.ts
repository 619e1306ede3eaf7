/**
 * The native menu: every command of the window under its group, as the page names them; before the page is there, a few of the host's
 * own with the registry's titles. Shortcuts are shown, not registered: the window owns its keys, F11 among them.
 */
import { z } from "zod";
import type { Command } from "#contracts/command.ts";
import { commandGroups } from "#contracts/commands.ts";

/** The part of Electron's menu template used here. */
export interface MenuItem {
  label?: string;
  role?: "quit" | "close" | "copy" | "cut" | "paste" | "selectAll" | "reload" | "toggleDevTools" | "about" | "minimize";
  type?: "separator";
  accelerator?: string;
  registerAccelerator?: boolean;
  click?: () => void;
  submenu?: MenuItem[];
}

export interface MenuActions {
  openGenome(): void;
  /** Runs a command of the host that needs no input. */
  run(name: string): void;
  /** Runs a command of the window, by its id. */
  tell(id: string): void;
}

/** A command of the window, as its page names it: the menu shows all of them, under their group. */
export const MenuCommand = z.object({
  id: z.string().min(1).max(100),
  title: z.string().min(1).max(200),
  group: z.enum(["brain", "debug", "genome", "edit", "rollout", "view", "layout", "scene", "help"]).or(z.string().min(1).max(40)),
  groupTitle: z.string().min(1).max(80),
  /** In the notation of the window's key list. */
  shortcut: z.string().max(60).nullable(),
});
export type MenuCommand = z.infer<typeof MenuCommand>;
export const MenuCommands = z.array(MenuCommand).max(2000);

/** `commands` are empty until the page has named them; until then the host's own are there. */
export function menuTemplate(actions: MenuActions, platform: NodeJS.Platform, commands: readonly MenuCommand[] = []): MenuItem[] {
  const shown = (label: string, accelerator: string | null, click: () => void): MenuItem => ({
    label,
    ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
    click,
  });
  const command = (name: string) => shown(titleOf(name), null, () => actions.run(name));
  const line: MenuItem = { type: "separator" };
  const of = (...groups: string[]) =>
    commands
      .filter(({ group, id }) => groups.includes(group) && id !== "window.open")
      .map(({ id, title, shortcut }) => shown(escaped(title), acceleratorOf(shortcut), () => actions.tell(id)));
  const placed = new Set(["genome", "edit", "brain", "debug", "view", "layout", "scene", "window", "help"]);
  const others = [...new Map(commands.filter(({ group }) => !placed.has(group)).map(({ group, groupTitle }) => [group, groupTitle]))];
  const early = commands.length === 0;
  return [
    ...(platform === "darwin" ? [{ label: "Gyrus", submenu: [{ role: "about" }, line, { role: "quit" }] } satisfies MenuItem] : []),
    {
      label: "&File",
      submenu: [
        shown("Open Genome…", "CmdOrCtrl+O", actions.openGenome),
        ...(early ? [command("brain.checkpoint")] : of("genome")),
        line,
        { role: platform === "darwin" ? "close" : "quit" },
      ],
    },
    {
      label: "&Edit",
      submenu: [
        ...(early ? [command("connectome.undo"), command("connectome.redo")] : of("edit")),
        line,
        { role: "cut" },
        { role: "copy" },
        { role: "paste" },
        { role: "selectAll" },
      ],
    },
    {
      label: "&Run",
      submenu: early ? [command("brain.run"), command("brain.pause"), command("brain.step")] : [...of("brain"), line, ...of("debug")],
    },
    {
      label: "&View",
      submenu: [...of("view"), line, ...of("layout"), line, ...of("scene"), line, { role: "reload" }, { role: "toggleDevTools" }],
    },
    ...(others.length === 0
      ? []
      : [{ label: "&Tools", submenu: others.map(([group, title]) => ({ label: escaped(title), submenu: of(group) })) }]),
    ...(early ? [] : [{ label: "&Window", submenu: [...of("window"), line, { role: "minimize" as const }, { role: "close" as const }] }]),
    ...(early ? [] : [{ label: "&Help", submenu: of("help") }]),
  ];
}

/** An ampersand in a title is one, and no mnemonic. */
const escaped = (title: string) => title.replaceAll("&", "&&");

const electronKeys: Record<string, string> = {
  $mod: "CmdOrCtrl",
  ArrowLeft: "Left",
  ArrowRight: "Right",
  ArrowUp: "Up",
  ArrowDown: "Down",
  Escape: "Esc",
  "+": "Plus",
};

/**
 * A shortcut of the window as Electron writes it. Plain keys are left out: macOS takes every accelerator that is shown, and they
 * belong to the view that has the focus.
 */
export function acceleratorOf(shortcut: string | null): string | null {
  if (shortcut === null) return null;
  const parts = shortcut.split(/\+(?=.)/);
  const key = parts.at(-1) ?? "";
  if (parts.length === 1 && !/^F\d+$/.test(key)) return null;
  return parts.map((part) => electronKeys[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join("+");
}

function titleOf(name: string): string {
  const [group, verb] = name.split(".") as [keyof typeof commandGroups, string];
  const command = (commandGroups[group] as Record<string, Command>)[verb];
  if (!command) throw new Error(`no command ${name}`);
  return command.title;
}
