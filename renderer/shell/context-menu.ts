/** Which commands stand in the menu of what lies under the pointer: an area or several, a set of them, a region, or nothing. Each acts on the selection. */
import type { CorticalId } from "#contracts/connectome.ts";
import type { WindowCommand } from "./commands/command.ts";
import { chooseSet } from "./commands/sets.ts";
import type { Workbench } from "./workbench.ts";

export type MenuOf = "areas" | "set" | "region" | "scene" | "circuit";
/** In pixels of the window. */
export interface OpenMenu {
  of: MenuOf;
  x: number;
  y: number;
}

export const menuSections: Record<MenuOf, readonly (readonly string[])[]> = {
  areas: [
    ["scene.stimulate", "scene.neurons", "scene.copyVoxels", "debug.why"],
    ["scene.frameSelection", "scene.isolate", "scene.hide", "scene.place"],
    ["mapping.connect", "inspector.connect", "stimulate.open", "area.reset", "timeline.pinLanes", "area.compare"],
    [
      "area.rename",
      "area.duplicate",
      "area.move",
      "region.group",
      "device.configure",
      "modulator.listenSelected",
      "area.copy",
      "explorer.saveSet",
    ],
    ["area.remove"],
  ],
  set: [["scene.frameSelection", "scene.isolate", "scene.hide"], ["explorer.renameSet"], ["explorer.removeSet"]],
  region: [["circuit.enter"], ["area.rename", "area.duplicate", "area.create", "region.create"], ["area.remove"]],
  scene: [
    ["scene.frameAll", "scene.front", "scene.top", "scene.side", "scene.showAll", "scene.saveView"],
    ["area.create", "device.add", "region.create"],
    ["scene.pasteVoxels", "scene.figure"],
  ],
  circuit: [
    ["circuit.selectAll", "circuit.frameSelection", "circuit.frameAll"],
    ["area.create", "device.add", "region.create"],
  ],
};

/** What can be done now, in sections; empty ones are left out. */
export function menuItems(of: MenuOf, commands: readonly WindowCommand[]): WindowCommand[][] {
  const byId = new Map(commands.map((command) => [command.id, command]));
  return menuSections[of]
    .map((ids) => ids.flatMap((id) => byId.get(id) ?? []).filter((command) => command.when()))
    .filter((section) => section.length > 0);
}

interface At {
  clientX: number;
  clientY: number;
  preventDefault(): void;
}

/** The menu of an area; one that is not among the selected ones becomes the selection. */
export function openAreaMenu({ stores, shell }: Pick<Workbench, "stores" | "shell">, area: CorticalId, at: At): void {
  at.preventDefault();
  const { areas, selectAreas } = stores.selection.getState();
  if (!areas.includes(area)) selectAreas([area]);
  shell.getState().openMenu({ of: "areas", x: at.clientX, y: at.clientY });
}

/** The menu of a set, which is chosen by it. */
export function openSetMenu({ stores, shell }: Pick<Workbench, "stores" | "shell">, name: string, at: At): void {
  at.preventDefault();
  chooseSet(stores, name);
  shell.getState().openMenu({ of: "set", x: at.clientX, y: at.clientY });
}

export function openRegionMenu({ stores, shell }: Pick<Workbench, "stores" | "shell">, region: string, at: At): void {
  at.preventDefault();
  stores.selection.getState().selectAreas([]);
  stores.editing.getState().choose({ region });
  shell.getState().openMenu({ of: "region", x: at.clientX, y: at.clientY });
}
