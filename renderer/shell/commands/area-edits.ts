/** What the commands on areas do; explorer, inspector, circuit, keyboard and palette call the same functions. */

import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import type { EditSummary } from "#contracts/edit.ts";
import type { LabBridge } from "../../bridge/lab-bridge.ts";
import type { LabStores } from "../../stores/lab-stores.ts";
import { messageOf } from "../../ui/error-text.ts";
import { t } from "../../ui/messages.ts";

interface Parts {
  bridge: LabBridge;
  stores: LabStores;
}

export function selectedAreas({ selection, brain }: Pick<LabStores, "selection" | "brain">): CorticalArea[] {
  const { areaById } = brain.getState();
  return selection.getState().areas.flatMap((id) => areaById.get(id) ?? []);
}

/** Several calls of the lab as one step of the history. */
export async function asOneStep<T>({ bridge }: Pick<Parts, "bridge">, name: string, work: () => Promise<T>): Promise<T> {
  await bridge.call("connectome.beginGroup", { name });
  try {
    return await work();
  } finally {
    await bridge.call("connectome.endGroup", {});
  }
}

/** A copy beside each selected area, with its mappings; the copies are selected afterwards. */
export async function duplicateAreas(parts: Parts): Promise<void> {
  const { bridge, stores } = parts;
  const areas = selectedAreas(stores);
  if (areas.length === 0) return;
  try {
    const { boxes } = await bridge.call("genome.placement", {
      boxes: areas.map(({ position, dimensions }) => ({ position, dimensions: [...dimensions] as [number, number, number] })),
    });
    const name =
      areas.length === 1 ? t("editing.duplicateOne", { name: areas[0]!.name }) : t("editing.duplicateMany", { count: areas.length });
    const copies = await asOneStep(parts, name, async () => {
      const ids: CorticalId[] = [];
      for (const [i, area] of areas.entries()) {
        const { id } = await bridge.call("connectome.cloneArea", {
          id: area.id,
          name: copyName(
            area.name,
            stores.brain.getState().areas.map((one) => one.name),
          ),
          position: boxes[i]!.free,
          // The root takes no custom areas; a copy of a device is one.
          region: homeOf(area, stores),
        });
        ids.push(id);
      }
      return ids;
    });
    stores.selection.getState().selectAreas(copies);
  } catch (error) {
    stores.notices.getState().push("error", messageOf(error));
  }
}

function homeOf({ region }: CorticalArea, { brain }: LabStores): string {
  const { regions } = brain.getState();
  const isRoot = regions.find(({ id }) => id === region)?.parent === null;
  return isRoot ? (regions.find(({ parent }) => parent !== null)?.id ?? region) : region;
}

export function copyName(name: string, names: readonly string[]): string {
  const taken = new Set(names);
  for (let n = 1; ; n++) {
    const copy = n === 1 ? t("editing.copyName", { name }) : t("editing.copyNameN", { name, n: String(n) });
    if (!taken.has(copy)) return copy;
  }
}

export async function removeAreas(parts: Parts, ids: readonly CorticalId[]): Promise<void> {
  const { bridge, stores } = parts;
  if (ids.length === 1) {
    await bridge.call("connectome.removeArea", { id: ids[0]! });
    return;
  }
  await asOneStep(parts, t("editing.removeMany", { count: ids.length }), async () => {
    for (const id of ids) if (stores.brain.getState().areaById.has(id)) await bridge.call("connectome.removeArea", { id });
  });
}

/** What removing them would take along. */
export function planRemoval({ bridge }: Parts, ids: readonly CorticalId[]): Promise<{ summary: EditSummary }> {
  if (ids.length === 1) return bridge.call("connectome.removeArea", { id: ids[0]!, dryRun: true });
  return bridge.call("connectome.apply", { edits: ids.map((area) => ({ kind: "removeArea", area })), dryRun: true });
}

export async function moveAreas(parts: Parts, ids: readonly CorticalId[], region: string): Promise<void> {
  const { bridge } = parts;
  const move = async () => {
    for (const id of ids) await bridge.call("connectome.moveArea", { id, region });
  };
  if (ids.length === 1) return move();
  return asOneStep(parts, t("editing.moveMany", { count: ids.length }), move);
}

/** Brings the selected areas to rest and says how much that was; it is done at once, as it changes nothing that is kept. */
export async function resetAreas({ bridge, stores }: Parts): Promise<void> {
  const say = stores.notices.getState().push;
  try {
    const { burst, areas } = await bridge.call("connectome.resetAreas", { areas: selectedAreas(stores).map(({ id }) => id) });
    say("info", t("editing.atRest", { count: areas.length, neurons: areas.reduce((sum, { neurons }) => sum + neurons, 0), burst }));
  } catch (error) {
    say("error", messageOf(error));
  }
}

/** Everything the lab knows of them, as JSON. */
export async function areasAsJson({ bridge, stores }: Parts): Promise<string> {
  const areas = selectedAreas(stores);
  const all = await Promise.all(
    areas.map(async (area) => {
      const { defaults: _, ...details } = await bridge.call("connectome.describeArea", { id: area.id });
      return { ...area, ...details };
    }),
  );
  return JSON.stringify(all.length === 1 ? all[0] : all, null, 2);
}

export async function copyAreas(parts: Parts): Promise<void> {
  const say = parts.stores.notices.getState().push;
  try {
    await navigator.clipboard.writeText(await areasAsJson(parts));
    say("info", t("editing.copied", { count: selectedAreas(parts.stores).length }));
  } catch (error) {
    say("error", messageOf(error));
  }
}
