/**
 * The state of a brain from a full `.connectome` file, on the neurons that its genome grows. Source: spec/burst-engine-extensions.md 15.3.
 *
 * Areas are matched by id, neurons by place: one that has the id it would have here keeps it, the others take what is free at their
 * voxel. Synapses are those of the file. What is not in such a file starts anew: deliveries, ledgers, staged input.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { NetworkImage } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import type { Connectome } from "../connectome/connectome.ts";
import { namesOf, noModulation } from "../development/modulation.ts";
import { switchesOf, switchPatch } from "../development/switches.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { decodeSnapshot, encodeSnapshot } from "../engine/reference/snapshot-codec.ts";
import { modulatorsOf } from "../genome/rule-learning.ts";
import type { ConnectomeBody } from "./connectome-body.ts";

export interface GrownBrain extends Pick<Connectome, "genome" | "areas" | "dynamics" | "modulation"> {
  image: NetworkImage;
}

export interface RestoredState {
  /** Complete engine state. */
  snapshot: Uint8Array;
  /** Neurons of blocks that the file says are deleted. */
  holes: Map<CorticalId, readonly number[]>;
  /** What of the file found no place, in sentences for people. */
  leftOut: string[];
}

const NOWHERE = 0xffffffff;

/** The genome to grow. Refuses files that do not hold a whole brain. */
export function genomeOfConnectome({ mode, genome }: ConnectomeBody): string {
  if (mode === "lite")
    throw new LabError(
      "E_UNSUPPORTED",
      "The file is a lite one: it has no state of neurons",
      {},
      "Save it in full mode where it came from.",
    );
  if (genome === null) throw refused("it has no genome");
  return genome;
}

export function stateOfConnectome(body: ConnectomeBody, grown: GrownBrain): RestoredState {
  if (body.burst >= NOWHERE) throw refused(`its burst ${body.burst} is beyond 32 bits`);
  const ids = placesOf(body, grown);
  const synapses = synapsesOf(body, ids);
  const neurons = { ...grown.image.neurons };
  const { neurons: n } = body;
  for (const name of settings) neurons[name] = moved(grown.image.neurons[name], n[name], ids) as never;
  const engine = createReferenceEngine();
  engine.load({ ...grown.image, powerAmount: body.powerAmount, neurons, synapses: synapses.columns });
  const contents = decodeSnapshot(engine.snapshot());
  const { columns } = contents;
  const flags = columns.neuronFlags.slice();
  ids.forEach((id, row) => {
    if (id !== NOWHERE) flags[id] = (flags[id]! & ~1) | n.valid[row]!;
  });
  const state = encodeSnapshot({
    ...contents,
    burst: body.burst,
    columns: {
      ...columns,
      potential: moved(columns.potential, n.potential, ids),
      lastUpdate: columns.lastUpdate.map(() => body.burst),
      countdown: moved(columns.countdown, n.countdown, ids),
      consecutiveFires: moved(columns.consecutiveFires, n.consecutiveFires, ids),
      neuronFlags: flags,
      trace: synapses.trace,
    },
  });
  engine.restore(state);
  const { genome, areas, dynamics, modulation = noModulation } = grown;
  engine.apply(switchPatch(switchesOf(genome, areas, dynamics), namesOf(modulation)));
  const groups = groupsOf(grown, synapses.columns);
  if (groups.words.length > 0) engine.apply(new PatchWriter().op("groupSynapses", groups.words).take());
  const snapshot = engine.snapshot();
  engine.dispose();
  const losses: [number, string][] = [
    [ids.reduce((sum, id, row) => sum + (id === NOWHERE && n.valid[row] === 1 ? 1 : 0), 0), "neurons whose voxel its genome does not grow"],
    [synapses.leftOut, "synapses from or to neurons that are not there"],
    [groups.unknown, "modulators of synapses between areas whose rules list different ones"],
    [body.longTermNeurons.length, "long-term memories"],
  ];
  return {
    snapshot,
    holes: holesOf(flags, grown),
    leftOut: losses.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
  };
}

const settings = [
  ...(["threshold", "thresholdLimit", "leak", "excitability"] as const),
  ...(["refractoryPeriod", "consecutiveFireLimit", "snoozePeriod", "accumulates"] as const),
] as const;

function holesOf(flags: Uint8Array, { areas }: GrownBrain): RestoredState["holes"] {
  const holes: [CorticalId, readonly number[]][] = [];
  for (const { id, firstNeuron, neurons } of areas.values()) {
    const gone: number[] = [];
    for (let neuron = firstNeuron; neuron < firstNeuron + neurons; neuron++) if ((flags[neuron]! & 1) === 0) gone.push(neuron);
    if (gone.length > 0) holes.push([id, gone]);
  }
  return new Map(holes);
}

/** The id each neuron of the file has here, or NOWHERE. */
function placesOf({ areaIds, neurons: n }: ConnectomeBody, { areas, image: { neurons } }: GrownBrain): Uint32Array {
  const areaOf = new Map(
    [...areaIds].map(([index, id]) => {
      const area = areas.get(id);
      if (!area) throw refused(`its genome grows no area ${id}`);
      return [index, area] as const;
    }),
  );
  const ids = new Uint32Array(n.count).fill(NOWHERE);
  const isTaken = new Uint8Array(neurons.count);
  const take = (row: number, id: number) => {
    ids[row] = id;
    isTaken[id] = 1;
  };
  const rows = Array.from({ length: n.count }, (_, row) => row);
  const strangers = rows.filter((row) => {
    const area = areaOf.get(n.area[row]!);
    const [x, y, z] = n.coordinates.subarray(3 * row, 3 * row + 3) as unknown as [number, number, number];
    const isHere = row < neurons.count && neurons.area[row] === area?.index;
    if (!isHere || neurons.x[row] !== x || neurons.y[row] !== y || neurons.z[row] !== z) return true;
    take(row, row);
    return false;
  });
  // Deleted ones come last: they take no place that a living one could have.
  for (const row of strangers.sort((a, b) => n.valid[b]! - n.valid[a]! || a - b)) {
    const area = areaOf.get(n.area[row]!);
    const [x, y, z] = n.coordinates.subarray(3 * row, 3 * row + 3) as unknown as [number, number, number];
    if (!area || x >= area.dimensions[0] || y >= area.dimensions[1] || z >= area.dimensions[2]) continue;
    const first = area.firstNeuron + ((x * area.dimensions[1] + y) * area.dimensions[2] + z) * area.neuronsPerVoxel;
    for (let id = first; id < first + area.neuronsPerVoxel && id < area.firstNeuron + area.neurons; id++) {
      if (isTaken[id] === 1) continue;
      take(row, id);
      break;
    }
  }
  return ids;
}

/** The valid synapses both of whose ends are here, in the order of the file. */
function synapsesOf({ synapses: s }: ConnectomeBody, ids: Uint32Array) {
  const rows: number[] = [];
  let leftOut = 0;
  for (let row = 0; row < s.count; row++) {
    if (s.valid[row] === 0) continue;
    const areHere = (ids[s.source[row]!] ?? NOWHERE) !== NOWHERE && (ids[s.target[row]!] ?? NOWHERE) !== NOWHERE;
    if (areHere) rows.push(row);
    else leftOut++;
  }
  const columns: NetworkImage["synapses"] = {
    count: rows.length,
    source: Uint32Array.from(rows, (row) => ids[s.source[row]!]!),
    target: Uint32Array.from(rows, (row) => ids[s.target[row]!]!),
    weight: Float32Array.from(rows, (row) => s.weight[row]!),
    psp: Float32Array.from(rows, (row) => s.psp[row]!),
    kind: Uint8Array.from(rows, (row) => s.kind[row]!),
    delay: Uint8Array.from(rows, (row) => Math.max(1, s.delay[row]!)),
    flags: Uint8Array.from(rows, (row) => s.flags[row]!),
  };
  return { columns, trace: Float32Array.from(rows, (row) => s.trace[row]!), leftOut };
}

/** Modulation groups by the rules between two areas: such a file has numbers of its own, and no lists behind them. */
function groupsOf({ genome, areas, modulation = noModulation, image: { neurons } }: GrownBrain, synapses: NetworkImage["synapses"]) {
  const names = namesOf(modulation);
  const ids = new Map([...areas.values()].map(({ index, id }) => [index, id]));
  const known = new Map<string, number | undefined>();
  const groupOf = (source: number, target: number): number | undefined => {
    const key = `${source}>${target}`;
    if (!known.has(key)) {
      const rules = genome.areas.get(ids.get(source) ?? "")?.mappings.get(ids.get(target) ?? "") ?? [];
      const groups = new Set(rules.map((rule) => names.group(modulatorsOf(rule))));
      known.set(key, groups.size > 1 ? undefined : ([...groups][0] ?? 0));
    }
    return known.get(key);
  };
  const words: number[] = [];
  let unknown = 0;
  for (let slot = 0; slot < synapses.count && modulation.groups.length > 0; slot++) {
    const group = groupOf(neurons.area[synapses.source[slot]!]!, neurons.area[synapses.target[slot]!]!);
    if (group === undefined) unknown++;
    else if (group > 0) words.push(slot, 1, group);
  }
  return { words, unknown };
}

/** A column with the values of the file where its neurons are. */
function moved<T extends Float32Array | Uint16Array | Uint8Array>(grown: T, read: T, ids: Uint32Array): T {
  const column = grown.slice() as T;
  ids.forEach((id, row) => {
    if (id !== NOWHERE) column[id] = read[row]!;
  });
  return column;
}

function refused(reason: string): LabError {
  return new LabError("E_NETWORK", `The connectome file was refused: ${reason}`, { reason }, "Open its genome instead.");
}
