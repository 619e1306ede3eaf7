/**
 * One recorded burst, phase by phase: what each phase took and left, computed on private engines that stood before it.
 */
import type { AbortSignalLike } from "#contracts/command.ts";
import { firedIds, readFrameHeader } from "#contracts/frame.ts";
import type { Candidates, Engine, NeuronStates, SynapseRows, WeightChanges } from "../engine/engine.ts";
import type { History } from "./history.ts";

export interface BurstPhases {
  burst: number;
  /** Candidates with the sums they were given. `synaptic` of them came from arrivals. */
  inject: Candidates & { synaptic: number; power: number };
  /** The same neurons after the burst; `refractory` of them were blocked. */
  integrate: Omit<NeuronStates, "fired"> & { refractory: number };
  /** Ascending, with the potentials at firing. */
  fire: { ids: Uint32Array; potentials: Float32Array };
  /** Synapses whose source fired, by the values they had, by slot. */
  propagate: SynapseRows;
  /** Bursts in which what was sent arrives, and over how many synapses. */
  arrivals: { burst: number; synapses: number }[];
  /** `source` and `target` of the changed synapses, as `before` what they were. */
  learn: WeightChanges & Pick<SynapseRows, "source" | "target"> & { before: Float32Array; created: number };
}

export async function phasesOf(history: History, burst: number, signal?: AbortSignalLike): Promise<BurstPhases> {
  const { patches } = await history.recorded(burst);
  const engine = await history.engineAt(burst - 1, signal);
  let before: Engine | null = null;
  try {
    for (const patch of patches) engine.apply(patch);
    before = engine.fork();
    engine.watchWeights(true);
    const frame = new Uint32Array(engine.frameWords);
    engine.burstIntoSync(frame);
    const { synaptic, power, refractory } = readFrameHeader(frame);
    const candidates = engine.candidates();
    const ids = firedIds(frame);
    const sent = sentBy(before, ids);
    const changed = engine.weightChanges();
    const charged = engine.neuronStates(candidates.ids);
    return {
      burst,
      inject: { ...candidates, synaptic, power },
      integrate: { ...charged, refractory },
      fire: { ids, potentials: engine.firedPotentials() },
      propagate: sent,
      arrivals: arrivalsOf(sent, burst),
      learn: { ...changed, ...synapsesAt(before, changed.slot), created: engine.synapseCount - before.synapseCount },
    };
  } finally {
    before?.dispose();
    engine.dispose();
  }
}

function sentBy(engine: Engine, fired: Uint32Array): SynapseRows {
  const sources = new Set(fired);
  const all = engine.synapses();
  const kept = all.slot.map((_, at) => at).filter((at) => sources.has(all.source[at]!));
  const pick = <T extends Uint32Array | Float32Array | Uint8Array>(column: T): T => {
    const picked = new (column.constructor as new (length: number) => T)(kept.length);
    kept.forEach((at, i) => {
      picked[i] = column[at]!;
    });
    return picked;
  };
  const { slot, source, target, weight, psp, kind, delay, flags, trace } = all;
  return {
    ...{ slot: pick(slot), source: pick(source), target: pick(target), weight: pick(weight), psp: pick(psp) },
    ...{ kind: pick(kind), delay: pick(delay), flags: pick(flags), trace: pick(trace) },
  };
}

function arrivalsOf({ delay }: SynapseRows, burst: number): { burst: number; synapses: number }[] {
  const counts = new Uint32Array(256);
  for (const bursts of delay) counts[bursts]!++;
  return [...counts].flatMap((synapses, bursts) => (synapses > 0 ? [{ burst: burst + bursts, synapses }] : []));
}

function synapsesAt(engine: Engine, slots: Uint32Array): { before: Float32Array; source: Uint32Array; target: Uint32Array } {
  if (slots.length === 0) return { before: new Float32Array(0), source: new Uint32Array(0), target: new Uint32Array(0) };
  const { slot, source, target, weight } = engine.synapses();
  const places = new Map(Array.from(slot, (at, i) => [at, i]));
  const known = slots.map((at) => places.get(at)!);
  return {
    before: Float32Array.from(known, (i) => weight[i]!),
    source: known.map((i) => source[i]!),
    target: known.map((i) => target[i]!),
  };
}
