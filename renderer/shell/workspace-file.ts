/** What a workspace file holds of this window, and the window put back to what one says. */
import { z } from "zod";
import type { StoreApi } from "zustand/vanilla";
import { Workspace } from "#contracts/workspace.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { AreaSet } from "../stores/area-sets.ts";
import { fileOf } from "../stores/brain-store.ts";
import type { LabStores } from "../stores/lab-stores.ts";
import { readTastes, tastesOf } from "../stores/scene-store.ts";
import { brainTitle } from "../ui/brain-title.ts";
import { messageOf } from "../ui/error-text.ts";
import { t } from "../ui/messages.ts";
import { parseLayout } from "./layout.ts";
import type { LayoutStore } from "./layout-store.ts";
import { presetNames } from "./panels.ts";
import { replaceBrain } from "./replacing.ts";
import type { Shell } from "./shell-store.ts";

interface Parts {
  bridge: LabBridge;
  stores: LabStores;
  layouts: LayoutStore;
  shell: StoreApi<Shell>;
}

const Docked = z.object({ preset: z.enum(presetNames), layout: z.unknown() });

export async function workspaceOf({ bridge, stores, layouts }: Omit<Parts, "shell">): Promise<Workspace> {
  const { status } = stores.brain.getState();
  const path = fileOf(status);
  const { areas, area, voxels, voxel, neuron } = stores.selection.getState();
  const breakpoints = await bridge.call("debug.list", {});
  return Workspace.parse({
    format: "gyrus-workspace",
    version: 1,
    genome: path === null || status === null ? null : { path, title: brainTitle({ title: status.title, genomePath: path }) },
    selection: { areas, area, voxels, voxel, neuron },
    breakpoints: breakpoints.map(({ text, action, enabled, hitCount, coolDown, once }) => ({
      ...{ condition: text, action, enabled, hitCount, coolDown, once },
    })),
    watches: stores.watches.store.getState().texts,
    window: JSON.parse(
      JSON.stringify({ docks: layouts.now(), scene: tastesOf(stores.scene.getState()), sets: stores.sets.store.getState().sets }),
    ),
  });
}

/** The brain first; where its file is refused, or the one on the bench is kept, nothing else is touched, and the error says why. */
export async function putBack(parts: Parts, workspace: Workspace): Promise<void> {
  const { bridge, stores, layouts, shell } = parts;
  const { genome, selection, breakpoints, watches, window } = workspace;
  if (genome !== null && genome.path !== fileOf(stores.brain.getState().status))
    await replaceBrain(parts, genome.title, () => bridge.call("genome.load", { path: genome.path }));
  await brainRead(stores);
  const docked = Docked.safeParse(window.docks);
  const layout = docked.success ? parseLayout(docked.data.layout) : null;
  if (docked.success && layout) {
    layouts.setPreset(docked.data.preset);
    shell.getState().docks?.apply(layout);
  }
  stores.scene.setState(readTastes(window.scene));
  const sets = z.array(AreaSet).safeParse(window.sets);
  if (sets.success) stores.sets.set(sets.data);
  stores.watches.set(watches);
  stores.selection.getState().take(selection);
  stores.selection.getState().keepWithin(stores.brain.getState().areaById);
  for (const { id } of await bridge.call("debug.list", {})) await bridge.call("debug.remove", { id });
  for (const breakpoint of breakpoints) {
    await bridge.call("debug.add", breakpoint).catch((error: unknown) => {
      const text = t("workspace.breakpointRefused", { condition: breakpoint.condition, reason: messageOf(error) });
      stores.notices.getState().push("warning", text);
    });
  }
  await stores.debug.read();
}

/** Once the window knows the areas of the brain that is on the bench. */
function brainRead({ brain }: LabStores): Promise<void> {
  const isRead = ({ status, readGeneration }: ReturnType<typeof brain.getState>) =>
    status !== null && (status.brainId === null || readGeneration === status.generation);
  if (isRead(brain.getState())) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = brain.subscribe((state) => {
      if (!isRead(state)) return;
      stop();
      resolve();
    });
  });
}
