/**
 * The brain file (.brain): a genome, the connectome it grew into and the complete engine state, in one checksummed file.
 *
 * A container (sections.ts) with the magic "GYRBRAIN" and the sections META and CONNECT (JSON), GENOME (the document, edits included),
 * ENGINE (contracts/snapshot.ts), where the brain remembers anything MEMORY (core/plasticity/memory-state.ts), and where anything
 * acts on it INPUT (JSON).
 */
import type { BrainRegion, CorticalArea, CorticalId, CorticalMapping } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { GenomeProblem } from "#contracts/genome.ts";
import type { Dynamics, NetworkImage } from "#contracts/network.ts";
import type { Connectome, GrownConnectome } from "../connectome/connectome.ts";
import type { Modulation } from "../development/modulation.ts";
import { decodeSnapshot } from "../engine/reference/snapshot-codec.ts";
import { coreAreas } from "../genome/cortical-id.ts";
import type { Genome } from "../genome/genome.ts";
import { parseGenome } from "../genome/parse.ts";
import { saveGenome } from "../genome/save.ts";
import { decodeMemoryState } from "../plasticity/memory-state.ts";
import { type BrainInput, noInput, parseInput } from "../stimulation/brain-input.ts";
import { hasMagic, packSections, unpackSections } from "./sections.ts";

export interface BrainMeta {
  brainId: string;
  title: string;
  burst: number;
  rateHz: number;
  /** ISO-8601; the caller has the clock. */
  savedAt: string;
}

const container = { magic: "GYRBRAIN", version: 1 };
const sectionNames = ["META", "CONNECT", "GENOME", "ENGINE"] as const;
/** There only where they hold something. */
const MEMORY = "MEMORY";
const INPUT = "INPUT";

/** A connectome as JSON, besides what the genome and the engine state say. */
export interface ConnectomeJson {
  areas: CorticalArea[];
  regions: BrainRegion[];
  mappings: CorticalMapping[];
  problems: GenomeProblem[];
  /** Absent where nothing was edited while it lived, and in files that know no such edits; likewise the next two. */
  nextIndex?: number;
  extras?: [CorticalId, readonly number[]][];
  holes?: [CorticalId, readonly number[]][];
  /** Absent in files of before engines were told of modulators and plastic mappings. */
  modulation?: Modulation | undefined;
}

export function connectomeJson({ areas, regions, mappings, problems, nextIndex, extras, holes, modulation }: Connectome): ConnectomeJson {
  const lists = { areas: [...areas.values()], regions: [...regions.values()], mappings, problems };
  return { ...lists, nextIndex, extras: [...extras], holes: [...holes], modulation };
}

export function connectomeFrom(json: ConnectomeJson, genome: Genome, dynamics: Dynamics): Connectome {
  const { areas, regions, mappings, problems, extras = [], holes = [] } = json;
  return {
    genome,
    areas: new Map(areas.map((area) => [area.id, area])),
    regions: new Map(regions.map((region) => [region.id, region])),
    mappings,
    problems,
    dynamics,
    nextIndex: json.nextIndex ?? Math.max(coreAreas.length, ...areas.map(({ index }) => index + 1)),
    extras: new Map(extras),
    holes: new Map(holes),
    modulation: json.modulation,
  };
}

/** What a brain file holds. */
export interface BrainContents<C extends Connectome = Connectome> {
  meta: BrainMeta;
  connectome: C;
  snapshot: Uint8Array;
  /** State of pattern memory; empty or absent where nothing is remembered. */
  memory?: Uint8Array;
  /** What acts on it from outside; absent where nothing does. */
  input?: BrainInput;
}

export function encodeBrain({ connectome, snapshot, meta, memory, input = noInput }: BrainContents): Uint8Array {
  const text = new TextEncoder();
  return packSections(container, {
    META: text.encode(JSON.stringify(meta)),
    CONNECT: text.encode(JSON.stringify(connectomeJson(connectome))),
    GENOME: text.encode(saveGenome(connectome.genome)),
    ENGINE: snapshot,
    ...(memory && memory.length > 0 ? { [MEMORY]: memory } : {}),
    ...(JSON.stringify(input) === JSON.stringify(noInput) ? {} : { [INPUT]: text.encode(JSON.stringify(input)) }),
  });
}

/** Reads a brain file back. A damaged one is refused with its reason. */
export function decodeBrain(bytes: Uint8Array): Required<BrainContents<GrownConnectome>> {
  const sections = unpackSections(container, bytes, sectionNames, refuse);
  const json = <T>(name: "META" | "CONNECT"): T => JSON.parse(new TextDecoder().decode(sections[name])) as T;
  const parsed = parseGenome(new TextDecoder().decode(sections.GENOME));
  if (!parsed.ok) return refuse("the genome inside it does not parse", { problems: parsed.problems });
  const image = imageOfSnapshot(sections.ENGINE);
  const connectome = {
    ...connectomeFrom(json<ConnectomeJson>("CONNECT"), parsed.genome, image.dynamics),
    ...{ image, switchOn: new Uint32Array(0) },
  };
  const memory = sections.MEMORY ?? new Uint8Array(0);
  if (memory.length > 0) decodeMemoryState(memory);
  const input = sections.INPUT ? parseInput(JSON.parse(new TextDecoder().decode(sections.INPUT))) : noInput;
  if (!input) return refuse("what acts on the brain is not what this Gyrus writes");
  return { meta: json<BrainMeta>("META"), connectome, snapshot: sections.ENGINE, memory, input };
}

/** True when the bytes begin as a brain file. */
export function isBrainFile(bytes: Uint8Array): boolean {
  return hasMagic(bytes, container.magic);
}

/** The network an engine state describes: every neuron, every synapse that is still valid. */
export function imageOfSnapshot(snapshot: Uint8Array): NetworkImage {
  const { strict, int8, columns: c } = decodeSnapshot(snapshot);
  const slots = new Uint32Array(c.synapseState.length);
  let count = 0;
  for (let slot = 0; slot < slots.length; slot++) if (((c.synapseState[slot] as number) & 1) === 1) slots[count++] = slot;
  const valid = slots.subarray(0, count);
  const kept = <T extends Uint32Array | Float32Array | Uint8Array>(column: T): T => {
    const out = column.slice(0, valid.length) as T;
    for (let i = 0; i < valid.length; i++) out[i] = column[valid[i] as number] as number;
    return out;
  };
  const power = new Float32Array(c.globals.buffer, c.globals.byteOffset, 1)[0] as number;
  const tristate = (code: number | undefined) => (code === 0 ? null : code === 2);
  return {
    dynamics: strict ? "feagi-strict" : "standard",
    precision: int8 ? "int8" : "f32",
    powerAmount: power,
    neurons: {
      count: c.threshold.length,
      area: c.area,
      x: c.x,
      y: c.y,
      z: c.z,
      threshold: c.threshold,
      thresholdLimit: c.thresholdLimit,
      leak: c.leak,
      excitability: c.excitability,
      refractoryPeriod: c.refractoryPeriod,
      consecutiveFireLimit: c.consecutiveFireLimit,
      snoozePeriod: c.snoozePeriod,
      accumulates: c.neuronFlags.map((flags) => (flags >> 1) & 1),
    },
    synapses: {
      count: valid.length,
      source: kept(c.source),
      target: kept(c.target),
      weight: kept(c.weight),
      psp: kept(c.psp),
      kind: kept(c.kind),
      delay: kept(c.delay),
      flags: kept(c.synapseFlags),
    },
    areas: Array.from(c.areaIndex, (index, i) => ({
      index,
      pspUniform: tristate(c.areaPspUniform[i]),
      mpDrivenPsp: tristate(c.areaMpDrivenPsp[i]),
      degeneration: c.areaDegeneration[i] as number,
      baselinePsp: Number.isNaN(c.areaBaselinePsp[i]) ? null : (c.areaBaselinePsp[i] as number),
    })),
  };
}

function refuse(reason: string, details: Record<string, unknown> = {}): never {
  throw new LabError(
    "E_NETWORK",
    `The brain file was refused: ${reason}`,
    { reason, ...details },
    "Save it again from the lab, or open the genome instead.",
  );
}
