/**
 * The native menu. What acts on the brain is a command of the registry, with the registry's title; what acts on the window is a
 * word the window understands. Shortcuts are shown, not registered: the window owns its keys.
 */
import type { Command } from "#contracts/command.ts";
import { commandGroups } from "#contracts/commands.ts";

/** The part of Electron's menu template used here. */
export interface MenuItem {
  label?: string;
  role?:
    | "quit"
    | "close"
    | "copy"
    | "cut"
    | "paste"
    | "selectAll"
    | "reload"
    | "toggleDevTools"
    | "togglefullscreen"
    | "about"
    | "minimize";
  type?: "separator";
  accelerator?: string;
  registerAccelerator?: boolean;
  click?: () => void;
  submenu?: MenuItem[];
}

export interface MenuActions {
  openGenome(): void;
  /** Runs a command that needs no input. */
  run(name: string): void;
  /** Tells the window: palette, export or shortcuts. */
  tell(id: "palette" | "export" | "shortcuts"): void;
}

export function menuTemplate(actions: MenuActions, platform: NodeJS.Platform): MenuItem[] {
  const shown = (label: string, accelerator: string | null, click: () => void): MenuItem => ({
    label,
    ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
    click,
  });
  const command = (name: string, accelerator: string | null = null) => shown(titleOf(name), accelerator, () => actions.run(name));
  const line: MenuItem = { type: "separator" };
  return [
    ...(platform === "darwin" ? [{ label: "Gyrus", submenu: [{ role: "about" }, line, { role: "quit" }] } satisfies MenuItem] : []),
    {
      label: "&File",
      submenu: [
        shown("Open Genome…", "CmdOrCtrl+O", actions.openGenome),
        shown("Export…", "CmdOrCtrl+E", () => actions.tell("export")),
        command("brain.checkpoint"),
        line,
        { role: platform === "darwin" ? "close" : "quit" },
      ],
    },
    {
      label: "&Edit",
      submenu: [
        command("connectome.undo", "CmdOrCtrl+Z"),
        command("connectome.redo", "CmdOrCtrl+Shift+Z"),
        line,
        { role: "cut" },
        { role: "copy" },
        { role: "paste" },
        { role: "selectAll" },
      ],
    },
    { label: "&Run", submenu: [command("brain.run"), command("brain.pause"), command("brain.step")] },
    {
      label: "&View",
      submenu: [
        shown("Command Palette…", "CmdOrCtrl+Shift+P", () => actions.tell("palette")),
        line,
        { role: "togglefullscreen" },
        { role: "reload" },
        { role: "toggleDevTools" },
      ],
    },
    { label: "&Help", submenu: [shown("Keyboard Shortcuts", "?", () => actions.tell("shortcuts"))] },
  ];
}

function titleOf(name: string): string {
  const [group, verb] = name.split(".") as [keyof typeof commandGroups, string];
  const command = (commandGroups[group] as Record<string, Command>)[verb];
  if (!command) throw new Error(`no command ${name}`);
  return command.title;
}
