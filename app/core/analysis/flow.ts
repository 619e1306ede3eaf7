/** Traffic between areas: of each pair the synapses, their mean weight, and the postsynaptic potentials that spikes sent over them. */
import type { Connectome } from "../connectome/connectome.ts";
import { areasById } from "../connectome/pair-rows.ts";
import type { Engine } from "../engine/engine.ts";

export interface PairFlow {
  /** Places in the connectome's areas. */
  src: number;
  dst: number;
  synapses: number;
  /** Mean; inhibitory synapses count as negative. */
  weight: number;
  flow: number;
}

/** Synapses between two breaths. */
const STRETCH = 50_000;

/** One pass over the synapses; `spikes`: of each neuron, by id. Yields now and then. */
export function* pairFlows(
  connectome: Connectome,
  engine: Pick<Engine, "neuronCount" | "synapseCount" | "synapsesIn">,
  spikes: Float64Array,
): Generator<void, PairFlow[], void> {
  const areas = [...connectome.areas.values()];
  const areaOf = areasById(areas, engine.neuronCount, ({ id }) => connectome.extras.get(id) ?? []);
  const pairs = new Map<number, PairFlow>();
  for (let start = 0, read = 0; read < engine.synapseCount; start += STRETCH) {
    const { source, target, weight, kind } = engine.synapsesIn(start, start + STRETCH);
    read += source.length;
    for (let row = 0; row < source.length; row++) {
      const [src, dst] = [areaOf[source[row]!] ?? -1, areaOf[target[row]!] ?? -1];
      if (src < 0 || dst < 0) continue;
      const key = src * areas.length + dst;
      let pair = pairs.get(key);
      if (pair === undefined) {
        pair = { src, dst, synapses: 0, weight: 0, flow: 0 };
        pairs.set(key, pair);
      }
      pair.synapses++;
      pair.weight += kind[row] === 0 ? weight[row]! : -weight[row]!;
      pair.flow += spikes[source[row]!] ?? 0;
    }
    yield;
  }
  return [...pairs.values()]
    .map((pair) => ({ ...pair, weight: pair.weight / pair.synapses }))
    .sort((a, b) => a.src - b.src || a.dst - b.dst);
}
