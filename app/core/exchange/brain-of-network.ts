/**
 * A brain of a network from a foreign format: a genome with its areas and no rules, and the state that puts its neurons and synapses on
 * what that genome grows. The way on is that of a connectome file (`brain-of-connectome.ts`).
 *
 * Neurons with a voxel keep it; an area whose neurons have none, or lie too thinly for a box of voxels, is laid out as a plane. Places
 * of the box without a neuron are holes.
 */
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { GenomeProblem, GenomeReport } from "#contracts/genome.ts";
import { coreAreas, decodeId, encodeId, isCoreName, kindOfBytes } from "../genome/cortical-id.ts";
import { validateGenome } from "../genome/validate.ts";
import type { ConnectomeBody } from "./connectome-body.ts";
import type { ForeignArea, ForeignNetwork } from "./foreign-network.ts";

/** Voxels a neuron from which a box would be mostly empty. */
const THIN = 64;
/** Voxels between areas side by side. */
const GAP = 4;
const DEFAULT_STEP_MS = 25;

export interface NetworkBrain {
  /** Its `genome` is to be grown first. */
  body: ConnectomeBody;
  /** What was taken for what the file does not say. */
  notes: GenomeProblem[];
}

/** What `validate` says of it: defaults are warnings; what cannot be read was refused before. */
export function reportOnNetwork(network: ForeignNetwork): GenomeReport {
  const { body, notes } = brainOfNetwork(network);
  const report = validateGenome(body.genome!);
  return { ...report, version: network.format, warnings: [...notes, ...report.warnings] };
}

interface Box {
  id: CorticalId;
  name: string;
  dimensions: Vec3;
  perVoxel: number;
  /** Rows of its neurons, in the order of the file. */
  rows: Uint32Array;
  /** Of these rows. */
  places: [x: Uint32Array, y: Uint32Array, z: Uint32Array];
  /** Neurons of each voxel. */
  held: Uint32Array;
}

export function brainOfNetwork(network: ForeignNetwork, time = 0): NetworkBrain {
  const notes = [...network.notes];
  const { neurons: n, synapses: s } = network;
  const ids = idsOf(network.areas, notes, network.format);
  const boxes = rowsByArea(network).map((rows, at) => boxOf(network, at, ids[at]!, rows, notes));
  const vacancies = boxes.reduce((sum, { held, perVoxel, rows }) => sum + held.length * perVoxel - rows.length, 0);
  const count = n.count + vacancies;
  const widened = <T extends Float32Array | Uint32Array | Uint16Array | Uint8Array>(column: T): T => {
    const wide = new (column.constructor as new (rows: number) => T)(count);
    wide.set(column);
    return wide;
  };
  const area = widened(n.area);
  const coordinates = new Uint32Array(3 * count);
  const valid = new Uint8Array(count).fill(1, 0, n.count);
  let vacant = n.count;
  for (const [at, { rows, places, held, perVoxel, dimensions }] of boxes.entries()) {
    for (const [i, row] of rows.entries()) coordinates.set([places[0][i]!, places[1][i]!, places[2][i]!], 3 * row);
    held.forEach((here, voxel) => {
      for (let k = here; k < perVoxel; k++) {
        coordinates.set(placeOf(voxel, dimensions), 3 * vacant);
        area[vacant++] = at;
      }
    });
  }
  const nothing = new Float32Array(count);
  const body: ConnectomeBody = {
    version: 1,
    neurons: {
      count,
      capacity: count,
      potential: nothing,
      threshold: widened(n.threshold),
      leak: widened(n.leak),
      restingPotential: nothing,
      type: new Int32Array(0),
      refractoryPeriod: widened(n.refractoryPeriod),
      countdown: new Uint16Array(count),
      excitability: widened(n.excitability),
      area,
      coordinates,
      valid,
      thresholdLimit: widened(n.thresholdLimit),
      consecutiveFires: new Uint16Array(count),
      consecutiveFireLimit: widened(n.consecutiveFireLimit),
      snoozePeriod: widened(n.snoozePeriod),
      accumulates: widened(n.accumulates),
    },
    synapses: { ...s, capacity: s.count, valid: new Uint8Array(s.count).fill(1), sourceIndex: new Map(), trace: new Float32Array(s.count) },
    areaIds: new Map(ids.map((id, at) => [at, id])),
    burst: 0,
    powerAmount: 1,
    ledgerWindow: 0,
    metadata: { time, description: network.title, source: network.format, tags: new Map() },
    mode: "full",
    genome: genomeOf(network, boxes),
    memoryAreas: [],
    plasticMappings: [],
    regions: [],
    longTermNeurons: [],
    replayFrames: [],
    liteSynapses: [],
  };
  const message = `${network.format} has no mapping rules, plasticity or brain regions: synapses are kept as they are, an area that is resized loses its own`;
  notes.push({ path: network.format, code: "IMPORT_DEFAULT", message, expected: "rules", found: "synapses" });
  return { body, notes };
}

/** Cortical ids that were given stay; the others are made of names. */
function idsOf(areas: readonly ForeignArea[], notes: GenomeProblem[], format: string): CorticalId[] {
  const taken = new Set(areas.map(({ id }) => id));
  return areas.map(({ id, name }) => {
    const bytes = decodeId(id);
    if (bytes !== undefined && (bytes[0] !== "_" || isCoreName(bytes)) && kindOfBytes(bytes) !== undefined) return id;
    const stem = name
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "");
    for (let attempt = 0; ; attempt++) {
      const tail = attempt === 0 ? "" : attempt.toString(36);
      const made = encodeId(`c${stem.slice(0, 7 - tail.length)}${tail}`.padEnd(8, "_"));
      if (taken.has(made)) continue;
      taken.add(made);
      notes.push({
        path: format,
        code: "IMPORT_DEFAULT",
        message: `The area "${name}" has no cortical id: ${made} is taken`,
        expected: "eight bytes as base64",
        found: id,
      });
      return made;
    }
  });
}

function rowsByArea({ areas, neurons }: ForeignNetwork): Uint32Array[] {
  const counts = new Uint32Array(areas.length);
  for (let row = 0; row < neurons.count; row++) counts[neurons.area[row]!]!++;
  const rows = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (let row = 0; row < neurons.count; row++) {
    const area = neurons.area[row]!;
    rows[area]![counts[area]!++] = row;
  }
  return rows;
}

function boxOf(network: ForeignNetwork, at: number, id: CorticalId, rows: Uint32Array, notes: GenomeProblem[]): Box {
  const { neurons: n, areas, isPlaced, format } = network;
  const { name } = areas[at]!;
  if (kindOfBytes(decodeId(id)!) === "memory" && rows.length > 0) {
    const message = `The network was refused: ${rows.length} neurons lie in the memory area ${name}, which has none of its own`;
    throw new LabError("E_NETWORK", message, { area: id }, "Give these neurons another area in the file.");
  }
  const given = (["x", "y", "z"] as const).map((axis) => Uint32Array.from(rows, (row) => n[axis][row]!)) as Box["places"];
  const dimensions = given.map((places) => places.reduce((most, place) => Math.max(most, place + 1), 1)) as Vec3;
  const isThin = dimensions[0] * dimensions[1] * dimensions[2] > THIN * Math.max(1, rows.length);
  if (isPlaced[at] && !isThin) return { id, name, rows, ...filled(rows, given, dimensions) };
  const width = Math.max(1, Math.ceil(Math.sqrt(rows.length)));
  const plane: Vec3 = [width, Math.max(1, Math.ceil(rows.length / width)), 1];
  const places: Box["places"] = [
    Uint32Array.from(rows, (_, i) => Math.floor(i / plane[1])),
    Uint32Array.from(rows, (_, i) => i % plane[1]),
    new Uint32Array(rows.length),
  ];
  const why = isPlaced[at] ? "lie too far apart for a box of voxels" : "have no voxel of their own";
  const message = `Neurons of the area "${name}" ${why}: a plane of ${plane[0]} × ${plane[1]} voxels is taken`;
  notes.push({
    path: format,
    code: "IMPORT_DEFAULT",
    message,
    expected: "whole x, y, z from 0",
    found: isPlaced[at] ? dimensions.join("×") : "other places",
  });
  return { id, name, rows, ...filled(rows, places, plane) };
}

function filled(rows: Uint32Array, places: Box["places"], dimensions: Vec3): Pick<Box, "places" | "dimensions" | "held" | "perVoxel"> {
  const [, height, depth] = dimensions;
  const held = new Uint32Array(dimensions[0] * height * depth);
  for (let i = 0; i < rows.length; i++) held[(places[0][i]! * height + places[1][i]!) * depth + places[2][i]!]!++;
  return { places, dimensions, held, perVoxel: held.reduce((most, here) => Math.max(most, here), 1) };
}

function placeOf(voxel: number, [, height, depth]: Vec3): Vec3 {
  return [Math.floor(voxel / (height * depth)), Math.floor(voxel / depth) % height, voxel % depth];
}

/** Areas side by side in one region; what neurons share is said of the area, by the first of them. */
function genomeOf({ title, stepMs, neurons: n }: ForeignNetwork, boxes: readonly Box[]): string {
  let x = 0;
  const blueprint = boxes.map(({ id, name, dimensions, perVoxel, rows }) => {
    const core = coreAreas.find(({ bytes }) => encodeId(bytes) === id);
    const position = core?.position ?? [x, 0, 0];
    if (!core) x += dimensions[0] + GAP;
    const [first] = rows;
    const ofFirst =
      first === undefined
        ? {}
        : {
            firing_threshold: n.threshold[first],
            leak_coefficient: n.leak[first],
            refractory_period: n.refractoryPeriod[first],
            neuron_excitability: 100 * n.excitability[first]!,
            consecutive_fire_cnt_max: n.consecutiveFireLimit[first],
            snooze_length: n.snoozePeriod[first],
            mp_charge_accumulation: n.accumulates[first] === 1,
          };
    return [
      id,
      {
        cortical_name: name,
        block_boundaries: dimensions,
        relative_coordinate: position,
        "2d_coordinate": [position[0], position[1]],
        per_voxel_neuron_cnt: perVoxel,
        postsynaptic_current: 1,
        psp_uniform_distribution: true,
        ...ofFirst,
      },
    ];
  });
  const document = {
    genome_id: "import",
    genome_title: title,
    genome_description: "",
    version: "3.0",
    genome_schema_version: 7,
    blueprint: Object.fromEntries(blueprint),
    brain_regions: {},
    neuron_morphologies: {},
    physiology: { simulation_timestep: (stepMs ?? DEFAULT_STEP_MS) / 1000, quantization_precision: "fp32" },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
