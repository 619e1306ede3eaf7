/**
 * Neurons that go on under other ids: settings, state, synapse ends and what subsystems know of them go over, area and place do not.
 *
 * What is under way to a neuron and its fires in ledgers stay where they are. Layout in contracts/patch.ts.
 */
import { joinBaselines, leaveBaselines } from "./baselines.ts";
import type { ChargeList } from "./charge-sums.ts";
import { type NetworkState, NO_NEURON, POWER_AREA } from "./network-state.ts";

type Move = [from: number, to: number];

/** What a neuron keeps under its new id. */
const moving = [
  ...(["potential", "lastUpdate", "consecutiveFires", "threshold", "thresholdLimit", "leak"] as const),
  ...(["refractoryPeriod", "excitability", "consecutiveFireLimit", "snoozePeriod"] as const),
];

export function moveNeurons(state: NetworkState, words: Uint32Array): void {
  const { neurons } = state;
  // Who moves and who gives way are unscaled meanwhile: the new area may be scaled otherwise.
  leaveBaselines(state, words);
  const moves: Move[] = [];
  for (let i = 0; i < words.length; i += 2) {
    const [from, to] = [words[i]!, words[i + 1]!];
    if (from === to || !neurons.isValid(from) || !neurons.isValid(to)) continue;
    moveOne(state, from, to);
    moves.push([from, to]);
  }
  joinBaselines(
    state,
    ascendingOnce(words).filter((id) => neurons.isValid(id)),
  );
  if (moves.length === 0) return;
  renameEnds(state, moves);
  renameSubsystems(state, moves);
}

export function ascendingOnce(ids: Uint32Array): number[] {
  return [...new Set(ids)].sort((a, b) => a - b);
}

function moveOne(state: NetworkState, from: number, to: number): void {
  const { neurons } = state;
  for (const name of moving) neurons[name][to] = neurons[name][from]!;
  neurons.setCountdown(to, neurons.countdown[from]!);
  neurons.setAccumulates(to, neurons.accumulates[from] === 1);
  neurons.setValid(from, false);
  if (state.powerNeuron === from) state.powerNeuron = neurons.area[to] === POWER_AREA ? to : NO_NEURON;
}

/** Synapse ends, staged input and forced fires. */
function renameEnds({ neurons, synapses, staged, forced }: NetworkState, moves: readonly Move[]): void {
  const moved = Uint32Array.from({ length: neurons.count }, (_, id) => id);
  // Backwards, so that who moved on after it arrived is found where it went.
  for (const [from, to] of moves.toReversed()) moved[from] = moved[to]!;
  const rename = (ids: Uint32Array, count: number) => {
    for (let i = 0; i < count; i++) if (ids[i]! < neurons.count) ids[i] = moved[ids[i]!]!;
  };
  for (const ends of [synapses.source, synapses.target]) rename(ends, synapses.count);
  for (const { ids, count } of [staged, forced] satisfies ChargeList[]) rename(ids, count);
  synapses.version++;
  synapses.stale = true;
}

/** Running trains, what homeostats know, and frames of watches. */
function renameSubsystems(state: NetworkState, moves: readonly Move[]): void {
  const area = (id: number) => state.neurons.area[id]!;
  const { trains } = state;
  if (trains) {
    const potentials = [...trains.running.values()];
    const places = carried([...trains.running.keys()], moves, (id) => trains.areas.has(area(id)));
    trains.running = new Map(places.map(([id, at]) => [id, potentials[at]!]));
  }
  for (const homeostat of state.homeostats?.values() ?? []) {
    const { rate, setPoint, leak, rule } = homeostat;
    const places = carried(homeostat.neurons, moves, (id) => area(id) === homeostat.area);
    homeostat.neurons = Uint32Array.from(places, ([id]) => id);
    homeostat.rate = Float32Array.from(places, ([, at]) => rate[at]!);
    homeostat.setPoint = Float32Array.from(places, ([, at]) => setPoint[at]!);
    homeostat.leak = Float32Array.from(places, ([, at]) => leak[at]!);
    homeostat.rule = Uint8Array.from(places, ([, at]) => rule[at]!);
  }
  for (const watch of state.watches) {
    watch.frames = watch.frames.map((frame) =>
      frame.map((ids, pair) => carried(ids, moves, (id) => area(id) === watch.pairs[pair]!.input).map(([id]) => id)),
    );
  }
}

/** Where the entries of a list of neurons were, by the ids they have now, ascending. Of those that do not `stay` none is left. */
function carried(ids: ArrayLike<number>, moves: readonly Move[], stays: (id: number) => boolean): [id: number, at: number][] {
  const places = new Map(Array.from(ids, (id, at) => [id, at]));
  for (const [from, to] of moves) {
    const at = places.get(from);
    places.delete(from);
    places.delete(to);
    if (at !== undefined && stays(to)) places.set(to, at);
  }
  return [...places].sort(([a], [b]) => a - b);
}
