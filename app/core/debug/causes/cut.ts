/**
 * Another past: the recording repeated from one burst on, without some synapses, sources or inputs.
 *
 * A synapse is cut by letting it lead nowhere, so that the share of the others stays what it was where an area divides. It learns
 * nothing while it is cut. What was sent before is still delivered.
 */

import { LabError } from "#contracts/errors.ts";
import { firedIds } from "#contracts/frame.ts";
import { type PatchOp, PatchWriter, patchOp } from "#contracts/patch.ts";
import { type Engine, roomyFrame } from "#core/engine/engine.ts";
import { xxHash64 } from "#core/engine/hash.ts";
import { REGULAR_NEURONS } from "#core/engine/reference/id-ranges.ts";
import type { History } from "#core/recording/history.ts";
import type { SearchOptions } from "../conditions/search.ts";
import { Eve } from "./eve.ts";

/** The id of no neuron and of no memory neuron. */
const NOWHERE = REGULAR_NEURONS - 1;

export interface Cut {
  /** The first burst that runs without, and the last; from then on the synapses lead where they did. */
  from: number;
  to: number;
  /** Slots that lead nowhere, found on the eve of `from`. */
  slots(engine: Engine, eve: Eve): readonly number[];
  /** Neurons that get no input from outside from `from` on. */
  withheld: ReadonlySet<number>;
}

/** Visits the bursts from..until of the other past with what fired in them. */
export async function replayWithout(
  history: History,
  { from, to, slots, withheld }: Cut,
  until: number,
  visit: (burst: number, fired: Uint32Array) => void,
  options?: SearchOptions,
): Promise<void> {
  const engine = await history.engineAt(from - 1, options?.signal);
  let frame = new Uint32Array(0);
  let mend: (() => void) | null = null;
  try {
    while (engine.burst < until) {
      if (options?.signal.aborted) throw new LabError("E_CANCELLED", "The other past was cancelled", { burst: engine.burst });
      const { burst, patches } = await history.recorded(engine.burst + 1);
      const eve = burst === from ? new Eve(engine.snapshot()) : null;
      for (const patch of patches)
        engine.apply(withheld.size === 0 ? patch : withheldFrom(patch, withheld, eve ?? new Eve(engine.snapshot())));
      if (burst === from) {
        const doomed = slots(engine, new Eve(engine.snapshot()));
        if (doomed.length > 0) mend = cut(engine, doomed);
      }
      frame = roomyFrame(engine, frame);
      const words = engine.burstIntoSync(frame);
      if (burst === to) mend?.();
      visit(burst, firedIds(frame.subarray(0, words)));
      await options?.breathe();
    }
  } finally {
    engine.dispose();
  }
}

/** Lets slots lead nowhere; returns what undoes it. */
function cut(engine: Engine, slots: readonly number[]): () => void {
  const eve = new Eve(engine.snapshot());
  if (eve.isLif) return cutByRemoval(engine, eve, slots);
  const targets = eve.u32("target");
  const led = slots.map((slot) => targets[slot]!);
  engine.restore(redirected(engine.snapshot(), slots, () => NOWHERE));
  // A slot that another synapse took meanwhile is that one's.
  return () => engine.restore(redirected(engine.snapshot(), slots, (i, now) => (now === NOWHERE ? led[i]! : now)));
}

function redirected(snapshot: Uint8Array, slots: readonly number[], target: (i: number, now: number) => number): Uint8Array {
  const bytes = snapshot.slice();
  const targets = new Eve(bytes).u32("target");
  slots.forEach((slot, i) => {
    targets[slot] = target(i, targets[slot]!);
  });
  new DataView(bytes.buffer).setBigUint64(bytes.length - 8, xxHash64(bytes.subarray(0, bytes.length - 8)), true);
  return bytes;
}

/** lif-delta divides nothing, so removing a synapse is cutting it. A patch names pairs: all synapses of one go together. */
function cutByRemoval(engine: Engine, eve: Eve, slots: readonly number[]): () => void {
  const [source, target, state] = [eve.lifU32("source"), eve.lifU32("target"), eve.lifU8("synapseState")];
  const doomed = new Set(slots);
  const patch = new PatchWriter();
  for (const slot of slots) {
    const isPair = (other: number) => source[other] === source[slot] && target[other] === target[slot] && (state[other]! & 1) !== 0;
    const spared = state.findIndex((_, other) => isPair(other) && !doomed.has(other));
    if (spared >= 0) {
      const reason = `synapses ${slot} and ${spared} join the same neurons, and lif-delta removes them together`;
      throw new LabError("E_UNSUPPORTED", `Synapse ${slot} cannot be left out alone: ${reason}`, { slot, spared }, "Leave out both.");
    }
    patch.op("removeSynapse", [source[slot]!, target[slot]!]);
  }
  engine.apply(patch.take());
  return () => {
    const reason = "lif-delta does not give a removed synapse back";
    throw new LabError("E_UNSUPPORTED", `One spike alone cannot be left out: ${reason}`, { slots: [...slots] }, "Leave out its synapses.");
  };
}

const names = new Map<number, PatchOp>(Object.entries(patchOp).map(([name, code]) => [code, name as PatchOp]));

/** The patch without what it gives to some neurons. */
function withheldFrom(patch: Uint32Array, withheld: ReadonlySet<number>, eve: Eve): Uint32Array {
  const kept: number[] = [];
  for (let at = 0; at < patch.length; at += 2 + patch[at + 1]!) {
    const words = Array.from(patch.subarray(at + 2, at + 2 + patch[at + 1]!));
    const rest = keptOf(names.get(patch[at]!)!, words, withheld, eve);
    kept.push(patch[at]!, rest.length, ...rest);
  }
  return Uint32Array.from(kept);
}

function keptOf(name: PatchOp, words: number[], withheld: ReadonlySet<number>, eve: Eve): number[] {
  if (name === "stageInput")
    return groups(words, 2)
      .filter(([id]) => !withheld.has(id!))
      .flat();
  if (name === "memoryInject")
    return groups(words, 3)
      .filter(([id]) => !withheld.has(id!))
      .flat();
  if (name !== "forceFire") return words;
  const [area, ...rows] = words;
  const places = new Set([...withheld].map((id) => placeKey(eve, id)));
  return [
    area!,
    ...groups(rows, 4)
      .filter(([x, y, z]) => !places.has(`${area} ${x} ${y} ${z}`))
      .flat(),
  ];
}

function groups(words: readonly number[], size: number): number[][] {
  return Array.from({ length: words.length / size }, (_, i) => words.slice(i * size, (i + 1) * size));
}

function placeKey(eve: Eve, neuron: number): string {
  const of = (name: "area" | "x" | "y" | "z") => (eve.isLif ? eve.lifU32(name) : eve.u32(name))[neuron];
  return [of("area"), of("x"), of("y"), of("z")].join(" ");
}
