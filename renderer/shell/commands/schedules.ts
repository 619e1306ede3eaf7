/** Writing schedules of forced firing: a new one, or one that fires what a memory remembers. */
import type { StoreApi } from "zustand/vanilla";
import type { AreaKind } from "#contracts/connectome.ts";
import type { LabStores } from "../../stores/lab-stores.ts";
import { writeVoxels } from "../../stores/schedule-draft.ts";
import { freshPulse } from "../../stores/schedule-store.ts";
import { t } from "../../ui/messages.ts";
import type { Shell } from "../shell-store.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

interface Parts {
  stores: LabStores;
  shell: StoreApi<Shell>;
}

export function schedulesCommands(parts: CommandParts): WindowCommand[] {
  const { stores } = parts;
  const { own, connected, has } = commandWords(parts);
  return [
    own("schedules.new", t("schedules.newCommand"), "brain", () => newSchedule(parts), { when: () => connected() && has() }),
    own("memory.schedule", t("memory.scheduleCommand"), "brain", () => scheduleMemory(parts), {
      when: () => connected() && (stores.memories.store.getState().memory?.frames.length ?? 0) > 0,
    }),
  ];
}

/** Begins one with the selected area and its selected voxels, or with a likely area. */
export function newSchedule({ stores, shell }: Parts): void {
  const { areas, areaById } = stores.brain.getState();
  const { area: id, voxels } = stores.selection.getState();
  const first = (wanted: AreaKind) => areas.find(({ kind }) => kind === wanted);
  const area = (id === null ? undefined : areaById.get(id)) ?? first("input") ?? first("custom") ?? areas[0];
  if (!area) return;
  shell.getState().docks?.show("schedules");
  const chosen = area.id === id && voxels.length > 0 ? { voxels: writeVoxels(voxels, area) } : {};
  stores.schedules.begin([{ ...freshPulse, area: area.id, ...chosen }]);
}

/** Begins one that shows the brain again what the chosen memory remembers. */
export function scheduleMemory({ stores, shell }: Parts): void {
  const { areaById } = stores.brain.getState();
  const frames = stores.memories.store.getState().memory?.frames ?? [];
  const pulses = frames.flatMap(({ upstream, voxels, offset }) => {
    const area = upstream === null ? undefined : areaById.get(upstream);
    return area && voxels.length > 0 ? [{ ...freshPulse, area: area.id, voxels: writeVoxels(voxels, area), start: offset }] : [];
  });
  if (pulses.length === 0) return;
  shell.getState().docks?.show("schedules");
  stores.schedules.begin(pulses);
}
