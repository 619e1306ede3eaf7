/** Why neurons fired in a burst, or did not: an account of each, from one replay. */

import type { HeldInput } from "#contracts/commands/sensory.ts";
import type { Account } from "#contracts/debug.ts";
import { LabError } from "#contracts/errors.ts";
import { firedIds, readFrameHeader } from "#contracts/frame.ts";
import { isMemoryId } from "#core/engine/reference/id-ranges.ts";
import type { History } from "#core/recording/history.ts";
import type { SearchOptions } from "../conditions/search.ts";
import { Eve, placeOf } from "./eve.ts";
import { dynamicsOf } from "./models.ts";
import { sentenceOf } from "./sentence.ts";
import { rerun, spikesInto } from "./spikes.ts";

/** Since when input is held. */
type HeldSince = Pick<HeldInput, "by" | "since">;

export interface CauseOptions extends SearchOptions {
  /** The neurons that got held input in a burst, which an engine cannot tell from any other. */
  held?: (burst: number) => ReadonlyMap<number, HeldSince>;
}

export async function accountsOf(
  history: History,
  neurons: readonly number[],
  burst: number,
  options?: CauseOptions,
): Promise<Map<number, Account>> {
  const { spikes, engine, record } = await spikesInto(history, burst, neurons, options);
  try {
    const eve = new Eve(engine.snapshot());
    const unknown = neurons.find((neuron) => neuron >= engine.neuronCount && !isMemoryId(neuron));
    if (unknown !== undefined)
      throw new LabError("E_NOT_FOUND", `There was no neuron ${unknown} at burst ${burst}`, { neuron: unknown, burst });
    const frame = rerun(engine, record);
    const fired = firedIds(frame);
    const firedPotentials = engine.firedPotentials();
    const { ids, sums } = engine.candidates();
    const { potential } = engine.neuronStates(Uint32Array.from(neurons));
    const { processed } = readFrameHeader(frame);
    const after = new Eve(engine.moment());
    const dynamics = dynamicsOf(eve);
    const held = options?.held?.(burst);
    return new Map(
      neurons.map((neuron, i) => {
        const [spike, candidate] = [placeOf(fired, neuron), placeOf(ids, neuron)];
        const shown = {
          fired: spike >= 0,
          firedPotential: spike < 0 ? null : firedPotentials[spike]!,
          sum: candidate < 0 ? null : sums[candidate]!,
          potential: potential[i]!,
          processed,
          after,
        };
        return [neuron, withHeld(dynamics.account(eve, neuron, spikes.get(neuron)!, shown), held?.get(neuron))];
      }),
    );
  } finally {
    engine.dispose();
  }
}

function withHeld(account: Account, held: HeldSince | undefined): Account {
  if (!held || account.contributions.every(({ origin }) => origin !== "input")) return account;
  const influences = [...(account.influences ?? []), { kind: "held input" as const, by: held.by, since: held.since }];
  return { ...account, influences, sentence: sentenceOf({ ...account, influences }) };
}
