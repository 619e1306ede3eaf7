/** Why neurons fired in a burst, or did not: an account of each, from one replay. */

import type { HeldInput } from "#contracts/commands/sensory.ts";
import type { Account } from "#contracts/debug.ts";
import { LabError } from "#contracts/errors.ts";
import { firedIds, readFrameHeader } from "#contracts/frame.ts";
import type { Engine } from "#core/engine/engine.ts";
import { isMemoryId } from "#core/engine/reference/id-ranges.ts";
import type { History, RecordedBurst } from "#core/recording/history.ts";
import type { SearchOptions } from "../conditions/search.ts";
import type { Spike } from "./dynamics.ts";
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
    const accounts = accountsIn(eve, engine, record, spikes);
    const held = options?.held?.(burst);
    return new Map(accounts.map((account) => [account.neuron, withHeld(account, held?.get(account.neuron))]));
  } finally {
    engine.dispose();
  }
}

/** Runs the burst after the eve on which the engine stands, and accounts for the neurons whose spikes are given. */
export function accountsIn(eve: Eve, engine: Engine, record: RecordedBurst, spikes: ReadonlyMap<number, readonly Spike[]>): Account[] {
  const frame = rerun(engine, record);
  const fired = firedIds(frame);
  const firedPotentials = engine.firedPotentials();
  const { ids, sums } = engine.candidates();
  const { potential } = engine.neuronStates(Uint32Array.from(spikes.keys()));
  const { processed } = readFrameHeader(frame);
  let moment: Eve | null = null;
  const after = () => {
    moment ??= new Eve(engine.moment());
    return moment;
  };
  const dynamics = dynamicsOf(eve);
  return [...spikes].map(([neuron, arrived], i) => {
    const [spike, candidate] = [placeOf(fired, neuron), placeOf(ids, neuron)];
    const shown = {
      fired: spike >= 0,
      firedPotential: spike < 0 ? null : firedPotentials[spike]!,
      sum: candidate < 0 ? null : sums[candidate]!,
      potential: potential[i]!,
      processed,
      after,
    };
    return dynamics.account(eve, neuron, arrived, shown);
  });
}

function withHeld(account: Account, held: HeldSince | undefined): Account {
  if (!held || account.contributions.every(({ origin }) => origin !== "input")) return account;
  const influences = [...(account.influences ?? []), { kind: "held input" as const, by: held.by, since: held.since }];
  return { ...account, influences, sentence: sentenceOf({ ...account, influences }) };
}
