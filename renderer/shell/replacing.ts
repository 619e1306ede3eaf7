/** The one door by which another brain comes onto the bench: edits that are in no file are asked about before they would be lost. */
import type { StoreApi } from "zustand/vanilla";
import type { EditStep } from "#contracts/edit.ts";
import { LabError } from "#contracts/errors.ts";
import { ownFile } from "#contracts/unsaved.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import type { LabStores } from "../stores/lab-stores.ts";
import { brainTitle } from "../ui/brain-title.ts";
import { t } from "../ui/messages.ts";
import type { Shell } from "./shell-store.ts";

/** The question, for as long as it stands. */
export interface Replacing {
  /** What would take the brain's place. */
  opening: string;
  title: string;
  steps: readonly EditStep[];
  /** The file it was opened from, where it can be written over. */
  path: string | null;
  answer(goOn: boolean): void;
}

interface ReplacingParts {
  bridge: LabBridge;
  stores: Pick<LabStores, "brain">;
  shell: StoreApi<Shell>;
}

/** Opens by `load` once nothing is lost by it; E_CANCELLED where the person would rather keep what stands there. */
export async function replaceBrain<T>(parts: ReplacingParts, opening: string, load: () => Promise<T>): Promise<T> {
  if (!(await mayReplace(parts, opening))) throw new LabError("E_CANCELLED", t("unsaved.kept"));
  return load();
}

async function mayReplace({ bridge, stores, shell }: ReplacingParts, opening: string): Promise<boolean> {
  const { status } = stores.brain.getState();
  if (status === null || status.brainId === null || !status.unsaved) return true;
  const [steps, samples] = await Promise.all([bridge.call("connectome.history", {}), bridge.call("genome.samples", {})]);
  const path = ownFile(status.genomePath, samples, steps);
  // Who asks again has let go of what was asked before.
  shell.getState().replacing?.answer(false);
  return new Promise((resolve) => {
    const answer = (goOn: boolean) => {
      shell.setState({ replacing: null });
      resolve(goOn);
    };
    shell.setState({ replacing: { opening, title: brainTitle(status), steps, path, answer } });
  });
}
