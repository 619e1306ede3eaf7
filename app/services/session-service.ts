/** What leaves the lab: exports, the event log, and what is available on this machine. */

import type { AbortSignalLike, ServiceOf } from "#contracts/command.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { LabError } from "#contracts/errors.ts";
import { type BurstRange, type ExportFormat, type ExportOptions, formatTakes } from "#contracts/exports.ts";
import { firedIds } from "#contracts/frame.ts";
import { formatFacts, formatOf, planFor } from "#core/exchange/formats.ts";
import {
  type ExportedSpikes,
  type ExportedTraces,
  type ExportSource,
  neuronsOfEngine,
  SpikeGatherer,
  TraceGatherer,
} from "#core/exchange/network.ts";
import { walk } from "#core/recording/walk.ts";
import { fileStem } from "./file-stem.ts";
import type { LabState, LivingBrain } from "./lab-state.ts";
import type { BrainRecording } from "./recording.ts";
import { readWorkspace, workspaceText } from "./workspace-file.ts";

/** A list of areas and breakpoints has far less. */
const WORKSPACE_BYTES = 64 << 20;
/** Announcements of progress. */
const PROGRESS_MS = 200;

export function createSessionService(state: LabState): ServiceOf<(typeof commandGroups)["session"]> {
  const { ports, clock } = state;
  return {
    async export({ path, ...options }, { source: caller, signal }) {
      if (path === "-") throw new LabError("E_INVALID", "A brain host has no standard output", {}, "Name a file.");
      const started = ports.clock.nowMs();
      const { format } = options;
      formatOf(options, clock.rateHz);
      const { brain, from, done } = await sourceOf(state, format);
      const { recorder } = state.recording;
      const target = path ?? defaultTarget(state, options, from.meta.burst);
      const range = options.bursts ?? recorder;
      const isActive = formatTakes[format].bursts === "always" || options.bursts !== undefined;
      const source: ExportSource = options.probes
        ? { ...from, traces: await recordedTraces(state, options.probes, range, signal) }
        : isActive
          ? { ...from, spikes: await recordedSpikes(recorder, range, signal) }
          : from;
      let toldMs = started;
      const { files, plan, verified } = await ports.files.exportBrain({
        target,
        source,
        options,
        engine: brain.runner.kind,
        signal,
        progress: (phase, bytes, expected) => {
          const now = ports.clock.nowMs();
          if (phase === "write" && now - toldMs < PROGRESS_MS) return;
          toldMs = now;
          state.announcer.announce({ type: "export.progress", format, phase, bytes, expected });
        },
      });
      if (format === "genome" || format === "brain") {
        brain.saved = done;
        brain.changedByHand = false;
      }
      await state.record("session.exported", caller, { brainId: brain.id, burst: from.meta.burst, format, files });
      state.announceStatus();
      const { neurons, synapses, lost } = plan;
      return { format, files, neurons, synapses, lost, verified, ms: ports.clock.nowMs() - started };
    },
    async exportPlan({ path, ...options }) {
      const { format, bursts } = options;
      const { first, last } = state.recording.recorder;
      const recorded = formatTakes[format].bursts && last >= first ? { first, last } : null;
      const { from } = await sourceOf(state, format);
      const target = path ?? defaultTarget(state, options, from.meta.burst);
      const range = bursts ?? { first, last };
      const plan = planFor(options, from, Math.max(0, range.last - range.first + 1));
      return { ...plan, recorded, target, ...(await ports.files.room(target)) };
    },
    verifyExport: ({ path }, { signal }) => ports.files.verifyExport(path, signal),
    async saveWorkspace({ workspace, path }, { source }) {
      const named = path ?? `${ports.options.exportFolder}/${fileStem(workspace.genome?.title ?? "workspace")}.gyrus`;
      const target = named.endsWith(".gyrus") ? named : `${named}.gyrus`;
      const [file] = await ports.files.write(target, [{ name: "", pieces: [workspaceText(workspace, target)] }]);
      state.note({ type: "session.workspaceSaved", source, data: { path: target } });
      return file as NonNullable<typeof file>;
    },
    async openWorkspace({ path }) {
      return readWorkspace(new TextDecoder().decode(await ports.files.read(path, WORKSPACE_BYTES)), path);
    },
    events: async ({ after, limit, newest }) => ports.events.read({ after, limit, newest }),
    async system() {
      const use = ports.system();
      if (!state.brain) return use;
      const { ramBytes, diskBytes } = state.recording.recorder.summary();
      const kept = [
        { name: "recording", bytes: ramBytes, where: "memory" as const },
        { name: "recording", bytes: diskBytes, where: "disk" as const },
        ...state.shelf.map(({ timeline: { name }, recording }) => ({
          name,
          bytes: recording.recorder.summary().ramBytes,
          where: "memory" as const,
        })),
      ];
      return { ...use, stores: [...use.stores, ...kept.filter(({ bytes }) => bytes > 0)] };
    },
    async doctor() {
      const { verify, store } = { verify: ports.events.verify(), store: ports.events.durable };
      return {
        checks: [
          ...(await ports.doctor()),
          { name: "event store", ok: store, detail: store ? "events are persisted" : "events are in memory only" },
          {
            name: "event log",
            ok: verify.firstBroken === null,
            detail:
              verify.firstBroken === null ? `${verify.events} events, the hash chain holds` : `changed at event ${verify.firstBroken}`,
          },
        ],
      };
    },
  };
}

/** In the export folder of the lab, named after brain and burst. */
function defaultTarget(
  { ports, living }: LabState,
  { format, probes, compression }: Pick<ExportOptions, "format" | "probes" | "compression">,
  burst: number,
): string {
  const { extension, seeks } = formatFacts[format];
  const stem = `${ports.options.exportFolder}/${fileStem(living.title)}-${burst}${probes ? "-probes" : ""}`;
  if (extension === "") return `${stem}-${format}`;
  return `${stem}.${extension}${compression === "gzip" && !seeks ? ".gz" : ""}`;
}

/** The brain as it stands between two bursts, copied: encoding and writing go on beside it. */
function sourceOf(state: LabState, format: ExportFormat): Promise<{ brain: LivingBrain; from: ExportSource; done: readonly string[] }> {
  const { ports, clock, turns } = state;
  return turns.take(() => {
    const brain = state.living;
    const { id: brainId, title, connectome, runner } = brain;
    const { engine } = runner;
    const meta = { brainId, title, burst: runner.burst, rateHz: clock.rateHz, savedAt: ports.clock.time() };
    const snapshot = formatFacts[format].holdsState ? runner.snapshot() : new Uint8Array(0);
    const { input } = brain.stimuli;
    const memory = brain.memory.save();
    const from = { connectome, synapses: engine.synapses(), neurons: neuronsOfEngine(engine), snapshot, memory, meta, input };
    return { brain, from, done: brain.undo.map(({ id }) => id) };
  });
}

/** The spikes of recorded bursts. */
async function recordedSpikes(
  recorder: BrainRecording["recorder"],
  { first, last }: BurstRange,
  signal: AbortSignalLike,
): Promise<ExportedSpikes> {
  const spikes = new SpikeGatherer();
  for (let at = first; at <= last && !signal.aborted; at++) spikes.take(at, firedIds((await recorder.recorded(at)).frame));
  return spikes.finish(first, last);
}

/** Potentials are in no frame: a private engine goes through these bursts again. */
async function recordedTraces(
  state: LabState,
  probes: readonly number[],
  range: BurstRange,
  signal: AbortSignalLike,
): Promise<ExportedTraces> {
  const { recorder } = state.recording;
  const { first, last } = range;
  if (last < first || first < recorder.first || last > recorder.last) {
    const has = recorder.last < recorder.first ? "none is" : `bursts ${recorder.first} to ${recorder.last} are`;
    throw new LabError("E_NOT_FOUND", `These bursts are not recorded; ${has}`, { first, last }, "Let the brain run, or choose others.");
  }
  const traces = new TraceGatherer(probes, { first, last });
  const bursts = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  for await (const engine of walk(recorder, bursts, { signal, breathe: () => state.ports.clock.breathe() })) traces.take(engine);
  return traces.finish();
}
