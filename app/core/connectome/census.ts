/** Counts of what lives: neurons and synapses by area and by mapping, taken from the engine alone (spec/development.md D7). */
import type { CorticalArea, CorticalId, CorticalMapping } from "#contracts/connectome.ts";
import type { Engine } from "../engine/engine.ts";
import type { Connectome } from "./connectome.ts";
import { pairKey } from "./mapping-changes.ts";
import { areasById } from "./pair-rows.ts";

export interface Census {
  areas: Map<CorticalId, Pick<CorticalArea, "neurons" | "outgoingSynapses" | "incomingSynapses">>;
  /** By pair of areas, mapped or not. */
  pairs: Map<string, number>;
}

/** Living neurons: blocks, less their holes, and what was made by hand. */
export function neuronsOf({ areas, extras, holes }: Connectome): number {
  let count = 0;
  for (const { id, neurons } of areas.values()) count += livingIn(id, neurons, extras, holes);
  return count;
}

/** Of one area. */
export function livingNeurons({ extras, holes }: Connectome, { id, neurons }: Pick<CorticalArea, "id" | "neurons">): number {
  return livingIn(id, neurons, extras, holes);
}

const livingIn = (id: CorticalId, block: number, extras: Connectome["extras"], holes: Connectome["holes"]) =>
  block - (holes.get(id)?.length ?? 0) + (extras.get(id)?.length ?? 0);

/** Synapses between two breaths. */
const STRETCH = 50_000;

/** One pass over the synapses; yields now and then. */
export function* census(
  connectome: Connectome,
  engine: Pick<Engine, "neuronCount" | "synapseCount" | "synapsesIn">,
): Generator<void, Census, void> {
  const areas = [...connectome.areas.values()];
  const areaOf = areasById(areas, engine.neuronCount, ({ id }) => connectome.extras.get(id) ?? []);
  const outgoing = new Float64Array(areas.length);
  const incoming = new Float64Array(areas.length);
  const pairs = new Map<number, number>();
  for (let start = 0, read = 0; read < engine.synapseCount; start += STRETCH) {
    const { source, target } = engine.synapsesIn(start, start + STRETCH);
    read += source.length;
    for (let row = 0; row < source.length; row++) {
      const [from, to] = [areaOf[source[row]!] ?? -1, areaOf[target[row]!] ?? -1];
      if (from >= 0) outgoing[from]!++;
      if (to >= 0) incoming[to]!++;
      if (from < 0 || to < 0) continue;
      const pair = from * areas.length + to;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    yield;
  }
  return {
    areas: new Map(
      areas.map(({ id, neurons }, at) => [
        id,
        {
          neurons: livingIn(id, neurons, connectome.extras, connectome.holes),
          outgoingSynapses: outgoing[at]!,
          incomingSynapses: incoming[at]!,
        },
      ]),
    ),
    pairs: new Map(
      [...pairs].map(([pair, count]) => [pairKey(areas[Math.floor(pair / areas.length)]!.id, areas[pair % areas.length]!.id), count]),
    ),
  };
}

/** The census of what has just grown, which counted while it grew. */
export function grownCensus({ areas, mappings }: Connectome): Census {
  return { areas, pairs: new Map(mappings.map(({ src, dst, synapses }) => [pairKey(src, dst), synapses])) };
}

export interface Counted {
  areas: CorticalArea[];
  mappings: CorticalMapping[];
  /** Synapses by pair of areas, mapped or not. */
  pairs: ReadonlyMap<string, number>;
}

/** Areas and mappings as they are, with counts that are true. */
export function counted({ areas, mappings }: Connectome, counts: Census): Counted {
  return {
    areas: [...areas.values()].map((area) => {
      const { neurons, outgoingSynapses, incomingSynapses } = counts.areas.get(area.id)!;
      return { ...area, outgoingSynapses, incomingSynapses, ...(neurons === area.neurons ? {} : { livingNeurons: neurons }) };
    }),
    mappings: mappings.map((mapping) => ({ ...mapping, synapses: counts.pairs.get(pairKey(mapping.src, mapping.dst)) ?? 0 })),
    pairs: counts.pairs,
  };
}
