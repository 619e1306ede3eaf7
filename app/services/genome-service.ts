/** Opening genomes: read, parse, grow beside the loaded brain, and swap only when all of it went well. */

import type { z } from "zod";
import type { AbortSignalLike, CallContext, ServiceOf } from "#contracts/command.ts";
import type { Sample } from "#contracts/commands/genome.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { LabError } from "#contracts/errors.ts";
import type { GenomeProblem } from "#contracts/genome.ts";
import type { Dynamics, NetworkImage } from "#contracts/network.ts";
import { neuronsOf } from "#core/connectome/census.ts";
import type { GrownConnectome } from "#core/connectome/connectome.ts";
import { estimateGrowth, GrowthMemory, grow } from "#core/development/grow.ts";
import { NEURON_BYTES } from "#core/development/neurogenesis.ts";
import { SYNAPSE_BYTES } from "#core/development/synapse-rows.ts";
import { isBrainFile } from "#core/exchange/brain-file.ts";
import { genomeOfConnectome, stateOfConnectome } from "#core/exchange/brain-of-connectome.ts";
import { brainOfNetwork, reportOnNetwork } from "#core/exchange/brain-of-network.ts";
import type { ConnectomeBody } from "#core/exchange/connectome-body.ts";
import { decodeConnectomeFile, isConnectomeFile } from "#core/exchange/connectome-file.ts";
import type { ForeignNetwork } from "#core/exchange/foreign-network.ts";
import { isRecordingFile } from "#core/exchange/recording-file.ts";
import { fromB18 } from "#core/genome/b18-ids.ts";
import { createGenome } from "#core/genome/create.ts";
import type { Genome } from "#core/genome/genome.ts";
import { mended } from "#core/genome/mend.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { signaturesOf } from "#core/genome/signatures.ts";
import { staleStats, statisticsOf } from "#core/genome/statistics.ts";
import { validateGenome } from "#core/genome/validate.ts";
import type { Checkpointer } from "./checkpointer.ts";
import { createRequests } from "./connectome/request.ts";
import type { Editor } from "./editor.ts";
import { createGenomeDiff, type GenomeSource } from "./genome-diff-service.ts";
import { createGenomeText } from "./genome-text-service.ts";
import { drive } from "./growth.ts";
import { BRAIN_BYTES, startOfBrainFile, startOfRecording } from "./kept-brain.ts";
import type { BrainStart, LabState } from "./lab-state.ts";
import { goTo } from "./time-travel.ts";

/** The largest known genome has 175 KB; a file beyond this is no genome, and looking into it would hold up the brain. */
const GENOME_BYTES = 64 << 20;

type LoadInput = ({ path: string } | { text: string; name: string }) & { dynamics: Dynamics; b18Ids: boolean };

export function createGenomeService(
  state: LabState,
  checkpointer: Checkpointer,
  editor: Editor,
): ServiceOf<(typeof commandGroups)["genome"]> {
  const { ports, announcer } = state;

  const announceParsing = () =>
    announcer.announce({ type: "growth.progress", progress: { stage: "parse", done: 0, areas: 0, neurons: 0, synapses: 0 } });

  /** What could not be read last, until something can. */
  let refused: { name: string; text: string; dynamics: Dynamics } | null = null;

  const grown = async (
    text: string,
    name: string,
    path: string | null,
    dynamics: Dynamics,
    isCancelled: () => boolean,
  ): Promise<BrainStart & { engine: NetworkImage }> => {
    const announce = (progress: Parameters<Parameters<typeof drive>[1]["announce"]>[0]) =>
      announcer.announce({ type: "growth.progress", progress });
    announceParsing();
    await ports.clock.breathe();
    refused = { name, text, dynamics };
    const genome = readGenome(text, name);
    refused = null;
    announce({ stage: "parse", done: 1, areas: genome.areas.size, neurons: 0, synapses: 0 });
    const { image, switchOn, ...connectome } = await drive(grow(genome, { dynamics, memory: new GrowthMemory(ports.availableMemory()) }), {
      clock: ports.clock,
      announce,
      isCancelled,
    });
    return { id: ports.createId(), title: genome.title || name, genomePath: path, connectome, engine: image, switchOn };
  };

  /** Grows the genome of a connectome file and puts its state on what grew. */
  const restored = async (body: ConnectomeBody, name: string, path: string | null, dynamics: Dynamics, isCancelled: () => boolean) => {
    const start = await grown(genomeOfConnectome(body), name, path, dynamics, isCancelled);
    const { snapshot, holes, memory, leftOut } = stateOfConnectome(body, { ...start.connectome, image: start.engine });
    const message = `Not taken over from ${name}: ${leftOut.join(", ")}.`;
    if (leftOut.length > 0) announcer.announce({ type: "notice", severity: "warning", message });
    return { ...start, connectome: { ...start.connectome, holes }, engine: snapshot, memory };
  };

  /** A network that says less than a brain needs: what was taken instead is told, and kept among the problems of the brain. */
  const imported = async (network: ForeignNetwork, name: string, path: string | null, dynamics: Dynamics, isCancelled: () => boolean) => {
    const { body, notes } = brainOfNetwork(network);
    const start = await restored(body, name, path, dynamics, isCancelled);
    const message = `${name} came in from ${network.format}; ${notes.length} things it does not say, or has no place for, are among the problems.`;
    announcer.announce({ type: "notice", severity: "info", message });
    return { ...start, connectome: { ...start.connectome, problems: [...notes, ...start.connectome.problems] } };
  };

  const opened = async (input: LoadInput, name: string, isCancelled: () => boolean): Promise<BrainStart> => {
    announceParsing();
    const tick = () => {
      if (isCancelled()) throw new LabError("E_CANCELLED", "The growth was cancelled", {});
    };
    const foreign = await ports.files.foreign(input, { limitBytes: ports.availableMemory(), tick });
    if (foreign) return imported(foreign, name, "path" in input ? input.path : null, input.dynamics, isCancelled);
    const inTodaysForm = (text: string) => (input.b18Ids ? fromB18(text) : text);
    if ("text" in input) return grown(inTodaysForm(input.text), name, null, input.dynamics, isCancelled);
    const isBrain = /\.(brain|connectome|gyrusrec)$/.test(input.path);
    const bytes = await ports.files.read(input.path, isBrain ? BRAIN_BYTES : GENOME_BYTES);
    if (isConnectomeFile(bytes)) return restored(decodeConnectomeFile(bytes).body, name, input.path, input.dynamics, isCancelled);
    if (isRecordingFile(bytes)) return startOfRecording(bytes, input.path, ports.recordings);
    if (!isBrain && !isBrainFile(bytes)) return grown(inTodaysForm(textOf(bytes, name)), name, input.path, input.dynamics, isCancelled);
    return startOfBrainFile(bytes, input.path);
  };

  const load = async (input: LoadInput, { signal, source }: CallContext) => {
    if (state.growing) throw new LabError("E_CONFLICT", `${state.growing.name} is still growing`, {}, "Wait for it, or cancel it.");
    const name = "text" in input ? input.name : fileName(input.path);
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const job = { name, cancelled: false, settled: false, ended };
    state.growing = job;
    state.announceStatus();
    try {
      const isCancelled = () => job.cancelled || signal.aborted;
      const start = await opened(input, name, isCancelled);
      const brain = await state.install(start, isCancelled);
      const { dynamics, genome, areas } = brain.connectome;
      await state.record("genome.loaded", source, {
        brainId: brain.id,
        title: brain.title,
        path: brain.genomePath ?? brain.kept?.path ?? null,
        signatures: signaturesOf(genome.source),
        dynamics,
        burst: brain.runner.burst,
        areas: areas.size,
        neurons: neuronsOf(brain.connectome),
        synapses: brain.runner.engine.synapseCount,
      });
      rememberGenome(state, brain.title, brain.genomePath ?? brain.kept?.path ?? null);
      if (brain.kept) await goTo({ state, editor, checkpointer }, brain.kept.last, { source, signal });
      checkpointer.write({ hurry: false }).catch((error) => ports.log.warn("a checkpoint failed", { reason: String(error) }));
    } catch (error) {
      if (error instanceof LabError && error.code === "E_CANCELLED") announcer.announce({ type: "growth.cancelled" });
      else announcer.announce({ type: "growth.failed", name, problems: problemsOf(error) });
      throw error;
    } finally {
      state.growing = null;
      end();
      state.announceStatus();
      state.announceRollout();
    }
    return state.status();
  };

  /** They come with the product and do not change while it runs. */
  let samples: ReturnType<typeof readSamples> | null = null;

  const textAndName = async (input: { path: string } | { text: string }): Promise<[text: string, name: string]> => {
    if ("text" in input) return [input.text, "The genome"];
    const name = fileName(input.path);
    return [textOf(await ports.files.read(input.path, GENOME_BYTES), name), name];
  };

  const genomeFrom = async (source: GenomeSource): Promise<Genome> => {
    if (source === "living") return state.living.connectome.genome;
    return source === "opened" ? state.living.opened : readGenome(...(await textAndName(source)));
  };

  /** Grows a genome to look at it; the loaded brain and the window do not notice. */
  const grownBeside = async (input: { path: string } | { text: string }, signal: AbortSignalLike): Promise<GrownConnectome> => {
    const genome = readGenome(...(await textAndName(input)));
    return drive(grow(genome, { memory: new GrowthMemory(ports.availableMemory()) }), {
      clock: ports.clock,
      announce() {},
      isCancelled: () => signal.aborted,
    });
  };

  return {
    ...createGenomeDiff(genomeFrom, createRequests(editor)),
    ...createGenomeText(state, editor),
    async validate(input) {
      const source = "text" in input ? { ...input, name: "The text" } : input;
      const foreign = await ports.files.foreign(source, { limitBytes: ports.availableMemory() });
      if (foreign) return reportOnNetwork(foreign);
      const [text] = await textAndName(input);
      return validateGenome(text);
    },
    async estimate(input) {
      const estimate = estimateGrowth(readGenome(...(await textAndName(input))));
      const availableBytes = ports.availableMemory();
      return { ...estimate, availableBytes, fits: estimate.peakBytes <= availableBytes };
    },
    load,
    refused: async () => refused && { name: refused.name, text: refused.text },
    async loadMended({ fixes }, context) {
      if (refused === null) throw new LabError("E_NOT_FOUND", "No genome was refused", {}, "Open one first.");
      const { name, text, dynamics } = refused;
      return load({ text: mended(text, fixes), name, dynamics, b18Ids: false }, context);
    },
    async cancel() {
      const { growing } = state;
      if (growing && !growing.settled) growing.cancelled = true;
      return { cancelled: growing?.cancelled ?? false };
    },
    samples: () => {
      samples ??= readSamples(state);
      return samples;
    },
    async templates() {
      return (await readTemplates(state)).map(({ name, genome }) => {
        const { areas, neurons } = statisticsOf(genome);
        return { name, title: genome.title, description: genome.description, areas, neurons };
      });
    },
    async create({ template, title, units, dialect, path }) {
      const templates = await readTemplates(state);
      const found = templates.find(({ name }) => name === template);
      if (!found) {
        const names = templates.map(({ name }) => name).join(", ");
        throw new LabError("E_NOT_FOUND", `There is no template ${template}`, { template }, `The templates are ${names}.`);
      }
      const timestamp = Math.floor(Date.parse(ports.clock.time()) / 1000);
      const wanted = { id: ports.createId(), title: title ?? found.genome.title, timestamp, units, dialect };
      const text = createGenome(found.genome, wanted);
      const { areas, neurons } = statisticsOf(readGenome(text, template));
      if (path !== undefined) await ports.files.write(path, [{ name: "", pieces: [text] }]);
      return { text, path: path ?? null, areas, neurons };
    },
    async statistics({ path, text }, { signal }) {
      const named = text !== undefined ? { text } : path !== undefined ? { path } : null;
      const beside = named ? await grownBeside(named, signal) : null;
      const { genome } = beside ?? state.living.connectome;
      const { neurons, synapses } = beside
        ? { neurons: beside.image.neurons.count, synapses: beside.image.synapses.count }
        : state.status();
      const imageBytes = neurons * NEURON_BYTES + synapses * SYNAPSE_BYTES;
      const warnings = staleStats(genome, synapses);
      return { title: genome.title, ...statisticsOf(genome), neurons, synapses, imageBytes, warnings };
    },
  };
}

function readGenome(text: string, name: string): Genome {
  const parsed = parseGenome(text);
  if (!parsed.ok) throw refusal(name, parsed.problems);
  return parsed.genome;
}

async function readTemplates({ ports }: LabState): Promise<{ name: string; genome: Genome }[]> {
  const files = await ports.files.templates();
  return files.map(({ name, bytes }) => ({ name, genome: readGenome(textOf(bytes, name), name) }));
}

const RECENT = "genomes.recent";
const KEPT_RECENT = 10;

function rememberGenome({ ports }: LabState, title: string, path: string | null): void {
  if (path === null) return;
  const before = ports.settings.get(RECENT);
  const others = (Array.isArray(before) ? before : []).filter((one: { path?: unknown }) => one.path !== path);
  ports.settings.set(RECENT, [{ title, path }, ...others].slice(0, KEPT_RECENT));
}

async function readSamples({ ports }: LabState) {
  const samples: z.infer<typeof Sample>[] = [];
  for (const { name, path, bytes } of await ports.files.samples()) {
    const parsed = parseGenome(new TextDecoder().decode(bytes));
    const [title, areas] = parsed.ok ? [parsed.genome.title, parsed.genome.areas.size] : ["", 0];
    samples.push({ name, title: title || name, path, areas, bytes: bytes.length });
    await ports.clock.breathe();
  }
  return samples;
}

function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const problem = { path: "", code: "NOT_TEXT", message: "The file is not text", expected: "JSON text in UTF-8", found: "other bytes" };
    throw refusal(name, [{ ...problem, fix: "Choose a genome (.json), a brain file (.brain), GraphML or a folder of SONATA." }]);
  }
}

function refusal(name: string, problems: GenomeProblem[]): LabError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  return new LabError("E_GENOME", `${name} was refused: ${first?.message ?? "unknown"}${more}`, { problems }, first?.fix);
}

/** Every problem behind a failed load, in the one form the window lists. */
function problemsOf(error: unknown): GenomeProblem[] {
  if (error instanceof LabError && Array.isArray(error.details.problems)) return error.details.problems as GenomeProblem[];
  const { code = "E_ENGINE", advice, message } = error instanceof LabError ? error : { message: String(error) };
  return [
    { path: "", code, message, expected: "a file that can be opened", found: message, ...(advice === undefined ? {} : { fix: advice }) },
  ];
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
