/** Creating, renaming, duplicating, moving, removing, copying and resetting areas. */
import type { EditDialog } from "../../stores/editing-store.ts";
import { t } from "../../ui/messages.ts";
import { copyAreas, duplicateAreas, resetAreas, selectedAreas } from "./area-edits.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function areaCommands(parts: CommandParts): WindowCommand[] {
  const { stores } = parts;
  const { own, has, connected } = commandWords(parts);
  const areas = () => selectedAreas(stores);
  const ids = () => areas().map(({ id }) => id);
  const ask = (dialog: EditDialog) => stores.editing.getState().ask(dialog);
  const canWrite = () => connected() && has();
  /** The one that was selected last, where it is of a device. */
  const device = () => areas().findLast(({ kind }) => kind === "input" || kind === "output")?.id;
  /** Core areas are not the genome's to give away. */
  const removable = () => canWrite() && areas().length > 0 && areas().every(({ kind }) => kind !== "core");
  /** The area that was selected last, or the region where one is chosen alone. */
  const renaming = (): EditDialog | null => {
    const id = ids().at(-1);
    if (id !== undefined) return { kind: "renameArea", id };
    const { region } = stores.editing.getState();
    return region === null ? null : { kind: "renameRegion", id: region };
  };
  /** The region that is chosen alone, where it is not the root. */
  const region = () => {
    const chosen = stores.brain.getState().regions.find(({ id }) => id === stores.editing.getState().region);
    return ids().length === 0 && chosen && chosen.parent !== null ? chosen.id : null;
  };
  const removing = (): EditDialog | null => {
    if (removable()) return { kind: "removeAreas", ids: ids() };
    const id = region();
    return id === null ? null : { kind: "removeRegion", id };
  };
  const duplicate = () => {
    const id = region();
    if (id === null) void duplicateAreas(parts);
    else ask({ kind: "cloneRegion", id });
  };
  /** From the first selected area to the second, or to one that is chosen there. */
  const connect = () => {
    const [src, dst] = ids();
    stores.mappingDrafts.getState().begin(src ?? null, dst ?? null);
    parts.shell.getState().docks?.show("mapping");
  };
  const openMenu = () => {
    const { left, bottom } = (document.activeElement ?? document.body).getBoundingClientRect();
    parts.shell.getState().openMenu({ of: "areas", x: left + 24, y: Math.min(bottom, window.innerHeight / 2) });
  };
  const context = "area" as const;
  return [
    own("area.create", t("command.areaCreate"), "edit", () => ask({ kind: "createArea" }), { when: canWrite }),
    own("device.add", t("command.deviceAdd"), "edit", () => ask({ kind: "addUnit" }), { when: canWrite }),
    own("device.configure", t("command.deviceConfigure"), "edit", () => ask({ kind: "device", area: device()! }), {
      when: () => canWrite() && device() !== undefined,
    }),
    own("area.rename", t("command.areaRename"), "edit", () => ask(renaming()!), {
      ...{ shortcuts: ["F2"], context, when: () => canWrite() && renaming() !== null },
    }),
    own("area.duplicate", t("command.areaDuplicate"), "edit", duplicate, {
      ...{ shortcuts: ["$mod+d"], context, when: () => removable() || (canWrite() && region() !== null) },
    }),
    own("area.move", t("command.areaMove"), "edit", () => ask({ kind: "moveAreas", ids: ids() }), { when: removable }),
    own("area.remove", t("command.areaRemove"), "edit", () => ask(removing()!), {
      ...{ shortcuts: ["Delete"], context, when: () => canWrite() && removing() !== null },
    }),
    own("area.copy", t("command.areaCopy"), "edit", () => void copyAreas(parts), { when: () => areas().length > 0 }),
    own("area.reset", t("command.areaReset"), "edit", () => void resetAreas(parts), { when: () => canWrite() && areas().length > 0 }),
    own(
      "area.compare",
      t("command.areaCompare"),
      "edit",
      () => {
        parts.shell.getState().docks?.show("inspector");
        stores.editing.getState().show("compare");
      },
      { when: () => areas().length === 2 },
    ),
    own("mapping.connect", t("command.mappingConnect"), "edit", () => connect(), { when: () => canWrite() && areas().length > 0 }),
    own(
      "inspector.connect",
      t("command.connectNeuron"),
      "edit",
      () => {
        stores.editing.getState().show("neuron");
        parts.shell.getState().docks?.show("inspector", ".connect-neuron input");
      },
      { when: () => canWrite() && stores.selection.getState().voxel !== null },
    ),
    own("stimulate.open", t("command.stimulateOpen"), "edit", () => parts.shell.getState().docks?.show("stimulate"), {
      when: () => canWrite() && areas().length > 0,
    }),
    own("menu.open", t("command.menuOpen"), "view", () => openMenu(), { when: () => has() && areas().length > 0 }),
    own("region.create", t("command.regionCreate"), "edit", () => ask({ kind: "createRegion", areas: [] }), { when: canWrite }),
    own(
      "region.group",
      t("command.regionGroup"),
      "edit",
      () =>
        ask({
          kind: "createRegion",
          areas: areas()
            .filter(({ kind }) => kind === "custom" || kind === "memory")
            .map(({ id }) => id),
        }),
      { when: () => canWrite() && areas().some(({ kind }) => kind === "custom" || kind === "memory") },
    ),
  ];
}
