/** Opening what a verb was given: a genome, a brain file or a recorded network; plain or .gz, a path or `-`. */
import { readFile, stat } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { foreignFormat, readForeign } from "#adapters/exchange/foreign-file.ts";
import { LabError } from "#contracts/errors.ts";
import type { GenomeProblem } from "#contracts/genome.ts";
import { type Dynamics, type EngineDynamics, type EngineImage, lifDynamics } from "#contracts/network.ts";
import type { GrownConnectome } from "#core/connectome/connectome.ts";
import { type Development, GrowthMemory, grow } from "#core/development/grow.ts";
import { type GoldenNetwork, readGoldenNetwork } from "#core/engine/golden-network.ts";
import { JsonPlace } from "#core/engine/json-place.ts";
import { NETWORK_FORMAT, readNetworkDocument } from "#core/engine/network-document.ts";
import { type BrainMeta, decodeBrain, imageOfSnapshot, isBrainFile } from "#core/exchange/brain-file.ts";
import { genomeOfConnectome, stateOfConnectome } from "#core/exchange/brain-of-connectome.ts";
import { brainOfNetwork } from "#core/exchange/brain-of-network.ts";
import type { ConnectomeBody } from "#core/exchange/connectome-body.ts";
import { decodeConnectomeFile, isConnectomeFile } from "#core/exchange/connectome-file.ts";
import type { ImportFormat } from "#core/exchange/formats.ts";
import { fromB18 } from "#core/genome/b18-ids.ts";
import type { Genome } from "#core/genome/genome.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { progressBar, UsageError } from "./output.ts";

export interface GrowthSettings {
  dynamics: EngineDynamics;
  development: Development;
  seed: number;
  /** Spreads the leak of neurons as `leak_variability` says. */
  leakVariability: boolean;
  /** False refuses a genome that needs repair. */
  repair: boolean;
  /** Device ids are laid out as in FEAGI's betas (core/genome/b18-ids.ts). */
  b18Ids?: boolean;
}

export interface OpenedBrain {
  connectome: GrownConnectome;
  /** Engine state, when the file was a brain file. */
  snapshot: Uint8Array | null;
  /** State of pattern memory, of a brain file. */
  memory?: Uint8Array;
  meta: BrainMeta | null;
  stages: { name: string; ms: number }[];
}

/** A network file of either neuron model. */
export type OpenedNetwork = GoldenNetwork<EngineImage>;

/** Nothing is mended by it, and FEAGI does without as well (development/switches/unsupported.ts). */
const WITHOUT_EFFECT = "FEATURE_WITHOUT_EFFECT";
/** Largest file a verb reads into memory. */
const MAX_BYTES = 2 ** 31 - 1;

export async function readBytes(path: string): Promise<Uint8Array> {
  let bytes: Buffer;
  try {
    bytes = path === "-" ? await readStandardInput() : await readFile(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "There is no such file" : code === "EISDIR" ? "This is a folder, not a file" : message;
    throw new LabError("E_IO", reason, { path }, "Check the path.", cause);
  }
  if (bytes.length > MAX_BYTES) throw new LabError("E_IO", "The file is larger than 2 GiB", { path }, "Split it, or open it in the lab.");
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return zipped ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
  } catch (cause) {
    throw new LabError("E_IO", "The file is not valid gzip", { path }, "Fetch or compress it again.", cause);
  }
}

export async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path));
}

export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readText(path));
  } catch (cause) {
    if (cause instanceof LabError) throw cause;
    throw new LabError("E_INVALID", `Not JSON: ${(cause as Error).message}`, { path }, "Give a JSON file.", cause);
  }
}

export function genomeOf(text: string, path: string, settings: GrowthSettings): Genome {
  const parsed = parseGenome(settings.b18Ids ? fromB18(text) : text, {
    repair: settings.repair,
    strict: settings.development === "feagi-strict",
  });
  if (parsed.ok) return parsed.genome;
  throw refusal(path, parsed.problems);
}

/**
 * A genome is grown, a brain file is opened as it was saved, a connectome file is put on what its genome grows, and so is a network of a
 * foreign format.
 */
export async function openBrain(path: string, settings: GrowthSettings): Promise<OpenedBrain> {
  const dynamics = feagiDynamics(settings.dynamics, path);
  const network = path === "-" ? null : await readForeign(path, { limitBytes: process.availableMemory() });
  if (network) {
    const { body, notes } = brainOfNetwork(network);
    const opened = restoredBrain(body, path, { ...settings, dynamics }, performance.now());
    for (const { message } of notes) process.stderr.write(`note: ${message}\n`);
    return { ...opened, connectome: { ...opened.connectome, problems: [...notes, ...opened.connectome.problems] } };
  }
  const bytes = await readBytes(path);
  if (isBrainFile(bytes)) return { ...decodeBrain(bytes), stages: [] };
  const started = performance.now();
  if (isConnectomeFile(bytes)) return restoredBrain(decodeConnectomeFile(bytes).body, path, { ...settings, dynamics }, started);
  return grownBrain(new TextDecoder().decode(bytes), path, { ...settings, dynamics }, started);
}

function grownBrain(text: string, path: string, settings: GrowthSettings & { dynamics: Dynamics }, started: number): OpenedBrain {
  const genome = genomeOf(text, path, settings);
  const grown = growWithProgress(genome, settings, performance.now() - started);
  // Growth mends and skips what only shows when it grows; strict growth does so silently, as FEAGI does.
  const problems = grown.connectome.problems.filter(({ code }) => code !== WITHOUT_EFFECT);
  if (!settings.repair && problems.length > 0) throw refusal(path, problems);
  return grown;
}

/** Neurons and synapses of the file on what its genome grows. */
function restoredBrain(
  body: ConnectomeBody,
  path: string,
  settings: GrowthSettings & { dynamics: Dynamics },
  started: number,
): OpenedBrain {
  const grown = grownBrain(genomeOfConnectome(body), path, settings, started);
  const { snapshot, holes, memory, leftOut } = stateOfConnectome(body, grown.connectome);
  for (const what of leftOut) process.stderr.write(`not taken over: ${what}\n`);
  return { ...grown, connectome: { ...grown.connectome, holes, image: imageOfSnapshot(snapshot) }, snapshot, memory };
}

/** What `run` takes: a brain as above, or a network file, whose own inputs are then used. */
export async function openRunnable(path: string, settings: GrowthSettings): Promise<OpenedBrain | OpenedNetwork> {
  if (await isFolder(path)) return openBrain(path, settings);
  const bytes = await readBytes(path);
  if (!isBrainFile(bytes) && !isConnectomeFile(bytes)) {
    const network = networkOf(bytes, path, settings.dynamics);
    if (network) return network;
  }
  return openBrain(path, settings);
}

/** By its content; what is nothing else is taken for a genome, whose reader says where it is none. */
export async function formatOfFile(path: string): Promise<ImportFormat> {
  const foreign = path === "-" ? null : await foreignFormat(path);
  if (foreign) return foreign;
  const bytes = await readBytes(path);
  if (isBrainFile(bytes)) return "brain";
  return isConnectomeFile(bytes) ? "connectome" : "genome";
}

/** As a circuit of SONATA is. */
export async function isFolder(path: string): Promise<boolean> {
  return path !== "-" && ((await stat(path).catch(() => null))?.isDirectory() ?? false);
}

export function isNetwork(opened: OpenedBrain | OpenedNetwork): opened is OpenedNetwork {
  return "bursts" in opened;
}

/** The image an engine loads. */
export function imageOf(opened: OpenedBrain | OpenedNetwork): EngineImage {
  return isNetwork(opened) ? opened.image : opened.connectome.image;
}

export function oneOf<T extends string>(value: string, allowed: readonly T[], option: string): T {
  if (!allowed.includes(value as T)) throw new UsageError(`${option} is one of ${allowed.join(", ")}, not "${value}"`);
  return value as T;
}

export function wholeNumber(value: string, option: string, least = 0): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least)
    throw new UsageError(`${option} takes a whole number of at least ${least}, not "${value}"`);
  return number;
}

/** Refuses `lif-delta` for what is of FEAGI's neurons. */
export function feagiDynamics(dynamics: EngineDynamics, path: string): Dynamics {
  if (dynamics !== lifDynamics) return dynamics;
  const advice = `Leave --dynamics out, or give a network file of the format ${NETWORK_FORMAT} whose model is ${lifDynamics}.`;
  throw new LabError("E_UNSUPPORTED", `Its neurons are FEAGI's and do not run as ${lifDynamics}`, { path }, advice);
}

/** A file of the format that names its model is of that model, whatever `dynamics` says for the others. */
function networkOf(bytes: Uint8Array, path: string, dynamics: EngineDynamics): OpenedNetwork | null {
  try {
    const document = JSON.parse(new TextDecoder().decode(bytes)) as { format?: unknown } | null;
    if (document === null || typeof document !== "object" || typeof document.format !== "string") return null;
    if (document.format === NETWORK_FORMAT) return readNetworkDocument(new JsonPlace(document, ""));
    return readGoldenNetwork(document, feagiDynamics(dynamics, path));
  } catch (error) {
    if (error instanceof LabError) throw error;
    return null; // not JSON: the genome parser says where
  }
}

function growWithProgress(genome: Genome, settings: GrowthSettings & { dynamics: Dynamics }, parseMs: number): OpenedBrain {
  const bar = progressBar();
  const stages = [{ name: "parse", ms: parseMs }];
  let started = performance.now();
  const growth = grow(genome, { ...settings, memory: new GrowthMemory(process.availableMemory()) });
  for (let step = growth.next(); ; step = growth.next()) {
    if (step.done) {
      bar.end();
      closeStage();
      return { connectome: step.value, snapshot: null, meta: null, stages };
    }
    const { stage, done, neurons, synapses } = step.value;
    if (stages.at(-1)?.name !== stage) {
      closeStage();
      stages.push({ name: stage, ms: 0 });
    }
    bar.show(`${stage}  ${neurons.toLocaleString("en")} neurons  ${synapses.toLocaleString("en")} synapses`, done);
  }

  function closeStage(): void {
    const now = performance.now();
    const last = stages.at(-1);
    if (last && last.name !== "parse") last.ms += now - started;
    started = now;
  }
}

export function refusal(path: string, problems: GenomeProblem[]): LabError {
  const first = problems[0];
  const message = first ? `The genome was refused: ${first.message}` : "The genome was refused";
  return new LabError("E_GENOME", message, { path, problems }, first?.fix);
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
