/**
 * NeuroML 2 (neuroml.org): populations with places, projections with weight and delay. A network of lif-delta goes with its neurons, which
 * are `iafRefCell`; of a brain of FEAGI's neurons only the structure goes, for NeuroML has no such neuron: its cell never fires and its
 * synapse carries no current, so that nothing runs and looks like the brain.
 */

import { batched } from "./csv.ts";
import { type LifExport, type LifNetwork, readLif } from "./lif-network.ts";
import { contribution } from "./matrix-market.ts";
import { type ExportNetwork, grouped } from "./network.ts";
import { escaped } from "./xml.ts";

const opening = `<?xml version="1.0" encoding="UTF-8"?>
<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.neuroml.org/schema/neuroml2 https://raw.github.com/NeuroML/NeuroML2/development/Schemas/NeuroML2/NeuroML_v2.3.xsd" id="gyrus">
`;
const closing = "</network>\n</neuroml>\n";

/** ms over which an arriving spike is spread: the current of a synapse has a length, a jump has none. */
const SPREAD_STEPS = 0.1;

interface Population {
  id: string;
  /** Component of its cells. */
  cell: string;
  size: number;
  /** Tag and value. */
  properties: readonly (readonly [string, string])[];
  /** Place of each cell. */
  at(cell: number): readonly [number, number, number];
}

interface Connection {
  source: number;
  target: number;
  weight: number;
  delayMs: number;
}

/** `stepMs` is the length of a burst. */
export function* neuromlOfBrain(network: ExportNetwork, stepMs: number): Generator<string> {
  const { ids, neurons: n, places, synapses: s, areas, title } = network;
  const placeOf = new Map(areas.map(({ index }, place) => [index, place]));
  const areaOf = (row: number) => placeOf.get(n.area[ids[row]!]!)!;
  const { order, starts } = grouped(ids.length, areas.length, areaOf);
  /** Cell of its population, by place among the neurons. */
  const cells = new Uint32Array(ids.length);
  for (let area = 0; area < areas.length; area++)
    for (let i = starts[area]!; i < starts[area + 1]!; i++) cells[order[i]!] = i - starts[area]!;
  const populations = areas.map((area, place): Population => {
    const first = starts[place]!;
    return {
      id: `area_${place}`,
      cell: "neuron",
      size: starts[place + 1]! - first,
      properties: [
        ["cortical_id", area.id],
        ["name", area.name],
        ["kind", area.kind],
      ],
      at: (cell) => {
        const id = ids[order[first + cell]!]!;
        return [n.x[id]! + area.position[0], n.y[id]! + area.position[1], n.z[id]! + area.position[2]];
      },
    };
  });
  yield opening;
  yield "<notes>Structure only: the dynamics of these neurons have no equal in NeuroML.</notes>\n";
  yield '<alphaCurrentSynapse id="synapse" tau="1ms" ibase="0nA"/>\n<spikeArray id="neuron"/>\n';
  yield `<network id="brain">\n<notes>${escaped(title)}</notes>\n`;
  yield* populationsOf(populations);
  const ends = (row: number) => [places[s.source[row]!]!, places[s.target[row]!]!] as const;
  yield* projectionsOf(
    populations,
    s.slot.length,
    (row) => ends(row).map(areaOf) as [number, number],
    (row) => {
      const [source, target] = ends(row);
      return { source: cells[source]!, target: cells[target]!, weight: contribution(s, row), delayMs: s.delay[row]! * stepMs };
    },
    () => "synapse",
  );
  yield closing;
}

/** `document` is a network file of lif-delta. */
export function neuromlExport(document: unknown): LifExport {
  const network = readLif(document);
  const { image, column, inputs, isNoisy, plasticity } = network;
  const [start, reset] = [column("V_m"), column("V_reset")];
  const lost = [
    `A spike's jump of the membrane potential: it comes as an alpha current of ${SPREAD_STEPS * image.stepMs} ms, so spikes may come a step later.`,
  ];
  const late = start.reduce((sum, value, i) => sum + (value === reset[i] ? 0 : 1), 0);
  if (late > 0) lost.push(`First potentials of ${late} neurons: an iafRefCell begins at its reset potential.`);
  if (inputs.length > 0) lost.push(`${inputs.length} inputs of the file, which are jumps of a potential.`);
  if (isNoisy) lost.push("Poisson input.");
  if (plasticity.length > 0) lost.push(`${plasticity.length} rules of stdp: weights stay as they are.`);
  const { count: synapses, weight } = image.synapses;
  const weights = weight.reduce((sum, one) => sum + one, 0);
  return { parts: [{ name: "", pieces: neuromlOfLif(network) }], neurons: image.neurons.count, synapses, weights, lost };
}

function* neuromlOfLif({ image, column, area }: LifNetwork): Generator<string> {
  const { count } = image.neurons;
  const { source, target, weight, delay } = image.synapses;
  const [rest, tau, capacity, refractory, threshold, reset, drive] = ["E_L", "tau_m", "C_m", "t_ref", "V_th", "V_reset", "I_e"].map(
    column,
  ) as Float64Array[];
  const sets = new Map<string, { cell: number; size: number; set: number; area: number; first: number }>();
  const cells = new Map<string, { id: string; xml: string; capacity: number }>();
  const populationOf = new Uint32Array(count);
  const cellOf = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    // A constant current is a shifted resting potential.
    const leakReversal = rest![i]! + (drive![i]! * tau![i]!) / capacity![i]!;
    const values = `leakReversal="${leakReversal}mV" thresh="${threshold![i]}mV" reset="${reset![i]}mV" C="${capacity![i]}pF" leakConductance="${capacity![i]! / tau![i]!}nS" refract="${refractory![i]}ms"`;
    if (!cells.has(values)) cells.set(values, { id: `cell_${cells.size}`, xml: values, capacity: capacity![i]! });
    const key = `${area[i]} ${values}`;
    let population = sets.get(key);
    if (!population) {
      population = { cell: [...cells.keys()].indexOf(values), size: 0, set: sets.size, area: area[i]!, first: i };
      sets.set(key, population);
    }
    populationOf[i] = population.set;
    cellOf[i] = population.size++;
  }
  const kinds = [...cells.values()];
  const spread = SPREAD_STEPS * image.stepMs;
  const capacities = [...new Set(kinds.map((kind) => kind.capacity))];
  yield opening;
  yield `<notes>Integrate-and-fire neurons of lif-delta; a weight is the jump of the membrane potential in mV, spread over an alpha current of ${spread} ms.</notes>\n`;
  // The charge of an alpha current is ibase e tau; that of a jump of 1 mV is C mV.
  for (const [at, C] of capacities.entries())
    yield `<alphaCurrentSynapse id="jump_${at}" tau="${spread}ms" ibase="${C / (Math.E * spread)}pA"/>\n`;
  for (const { id, xml } of kinds) yield `<iafRefCell id="${id}" ${xml}/>\n`;
  yield '<network id="network">\n';
  const populations = [...sets.values()].map(
    ({ cell, size, set, area: of }): Population => ({
      id: `population_${set}`,
      cell: kinds[cell]!.id,
      size,
      properties: [["area", String(of)]],
      at: (at) => [at, of, 0],
    }),
  );
  yield* populationsOf(populations);
  const capacityOf = [...sets.values()].map(({ cell }) => capacities.indexOf(kinds[cell]!.capacity));
  yield* projectionsOf(
    populations,
    source.length,
    (row) => [populationOf[source[row]!]!, populationOf[target[row]!]!],
    (row) => ({ source: cellOf[source[row]!]!, target: cellOf[target[row]!]!, weight: weight[row]!, delayMs: delay[row]! * image.stepMs }),
    (to) => `jump_${capacityOf[to]}`,
  );
  yield closing;
}

function* populationsOf(populations: readonly Population[]): Generator<string> {
  for (const { id, cell, size, properties, at } of populations) {
    if (size === 0) continue;
    yield `<population id="${id}" component="${cell}" size="${size}" type="populationList">\n`;
    for (const [tag, value] of properties) yield `<property tag="${tag}" value="${escaped(value)}"/>\n`;
    yield* batched(size, (i) => {
      const [x, y, z] = at(i);
      return `<instance id="${i}"><location x="${x}" y="${y}" z="${z}"/></instance>\n`;
    });
    yield "</population>\n";
  }
}

/** A projection for each pair of populations that synapses lead between. */
function* projectionsOf(
  populations: readonly Population[],
  count: number,
  pairOf: (row: number) => readonly [number, number],
  connectionOf: (row: number) => Connection,
  synapseInto: (population: number) => string,
): Generator<string> {
  const pairs = new Map<number, number>();
  const groupOf = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const [from, to] = pairOf(row);
    const pair = from * populations.length + to;
    if (!pairs.has(pair)) pairs.set(pair, pairs.size);
    groupOf[row] = pairs.get(pair)!;
  }
  const { order, starts } = grouped(count, pairs.size, (row) => groupOf[row]!);
  for (const [pair, group] of pairs) {
    const [from, to] = [Math.floor(pair / populations.length), pair % populations.length];
    const [source, target] = [populations[from]!, populations[to]!];
    yield `<projection id="from_${source.id}_to_${target.id}" presynapticPopulation="${source.id}" postsynapticPopulation="${target.id}" synapse="${synapseInto(to)}">\n`;
    const first = starts[group]!;
    yield* batched(starts[group + 1]! - first, (i) => {
      const { source: pre, target: post, weight, delayMs } = connectionOf(order[first + i]!);
      const ends = `preCellId="../${source.id}/${pre}/${source.cell}" postCellId="../${target.id}/${post}/${target.cell}"`;
      return `<connectionWD id="${i}" ${ends} weight="${weight}" delay="${delayMs}ms"/>\n`;
    });
    yield "</projection>\n";
  }
}
