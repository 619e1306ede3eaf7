/**
 * Runs a recorded network on an engine and compares everything the record holds.
 *
 * Counts, ids and flags are exact; reals may differ by 1e-5 * max(1, |expected|), because FEAGI leaves the order of sums open.
 */
import { firedIds, readFrameHeader } from "#contracts/frame.ts";
import type { EngineImage } from "#contracts/network.ts";
import type { Engine } from "./engine.ts";
import type { GoldenBurst, GoldenNetwork, GoldenRecord, GoldenState, GoldenSynapse } from "./golden-network.ts";

export interface Mismatch {
  burst: number;
  what: string;
  expected: unknown;
  got: unknown;
}

export interface Replay {
  bursts: number;
  /** Fired ids of each burst, ascending. */
  fired: number[][];
  /** null: the file records nothing to compare with. */
  match: boolean | null;
  firstMismatch: Mismatch | null;
}

/** Loads the network and runs every burst; differences do not stop the run. */
export function replay(engine: Engine, network: GoldenNetwork<EngineImage>): Replay {
  engine.load(network.image);
  const result: Replay = { bursts: network.bursts.length, fired: [], match: null, firstMismatch: null };
  let total = 0;
  for (const step of network.bursts) {
    engine.apply(step.patch);
    const frame = new Uint32Array(engine.frameWords);
    engine.burstIntoSync(frame);
    const fired = Array.from(firedIds(frame));
    result.fired.push(fired);
    total += fired.length;
    if (Object.keys(step.recorded).length > 0) result.match ??= true;
    result.firstMismatch ??= compareBurst(engine, step, fired, readFrameHeader(frame));
  }
  if (network.totalFired !== undefined) {
    result.match ??= true;
    if (network.totalFired !== total) {
      result.firstMismatch ??= { burst: engine.burst, what: "total_fired", expected: network.totalFired, got: total };
    }
  }
  if (result.firstMismatch) result.match = false;
  return result;
}

export function close(expected: number, got: number): boolean {
  return Math.abs(expected - got) <= 1e-5 * Math.max(1, Math.abs(expected));
}

function compareBurst(
  engine: Engine,
  { burst, recorded }: GoldenBurst,
  fired: number[],
  header: { processed: number; refractory: number },
): Mismatch | null {
  const found =
    compareExact("fired", recorded.fired, fired) ??
    compareReals("fired_mp", recorded.firedPotentials, () => engine.firedPotentials()) ??
    compareExact("processed", recorded.processed, header.processed) ??
    compareExact("refractory", recorded.refractory, header.refractory) ??
    compareCandidates(engine, recorded) ??
    compareStates(engine, recorded.states) ??
    compareSynapses(engine, recorded.synapses);
  return found && { burst, ...found };
}

type Difference = Omit<Mismatch, "burst"> | null;

function compareExact(what: string, expected: number | number[] | undefined, got: number | number[]): Difference {
  const same = expected === undefined || String(expected) === String(got);
  return same ? null : { what, expected, got };
}

function compareReals(what: string, expected: number[] | undefined, read: () => Float32Array): Difference {
  if (!expected) return null;
  const got = Array.from(read());
  const same = got.length === expected.length && expected.every((value, i) => close(value, got[i]!));
  return same ? null : { what, expected, got };
}

function compareCandidates(engine: Engine, { candidates: expected }: GoldenRecord): Difference {
  if (!expected) return null;
  const { ids, sums } = engine.candidates();
  const got = Array.from(ids, (id, i): [number, number] => [id, sums[i]!]);
  const same = got.length === expected.length && expected.every(([id, sum], i) => id === got[i]![0] && close(sum, got[i]![1]));
  return same ? null : { what: "candidates", expected, got };
}

function compareStates(engine: Engine, expected: GoldenState[] | undefined): Difference {
  if (!expected) return null;
  const { potential, countdown, consecutiveFires } = engine.neuronStates(Uint32Array.from(expected, ({ neuron }) => neuron));
  for (const [i, state] of expected.entries()) {
    const deleted = Number.isNaN(potential[i]!);
    const got: GoldenState = {
      neuron: state.neuron,
      potential: deleted ? null : potential[i]!,
      countdown: deleted ? null : countdown[i]!,
      consecutiveFires: deleted ? null : consecutiveFires[i]!,
    };
    const samePotential =
      state.potential === null || got.potential === null ? state.potential === got.potential : close(state.potential, got.potential);
    if (samePotential && state.countdown === got.countdown && state.consecutiveFires === got.consecutiveFires) continue;
    return { what: `state of neuron ${state.neuron}`, expected: state, got };
  }
  return null;
}

/** Places of weight, psp and trace in a recorded synapse; the rest is exact. */
const realPlaces = new Set([3, 4, 8]);

function compareSynapses(engine: Engine, expected: GoldenSynapse[] | undefined): Difference {
  if (!expected) return null;
  const { slot, source, target, weight, psp, kind, delay, flags, trace } = engine.synapses();
  const got = Array.from(
    slot,
    (at, i): GoldenSynapse => [at, source[i]!, target[i]!, weight[i]!, psp[i]!, kind[i]!, delay[i]!, flags[i]!, trace[i]!],
  );
  if (got.length !== expected.length) return { what: "synapses_after", expected: expected.length, got: got.length };
  const at = expected.findIndex((row, i) =>
    row.some((value, place) => !(realPlaces.has(place) ? close(value, got[i]![place]!) : value === got[i]![place])),
  );
  return at < 0 ? null : { what: `synapse ${expected[at]![0]}`, expected: expected[at], got: got[at] };
}
