/** What leaves the lab: exports, the event log, and what is available on this machine. */

import type { AbortSignalLike, ServiceOf } from "#contracts/command.ts";
import type { BurstRange, ExportFormat } from "#contracts/commands/session.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { LabError } from "#contracts/errors.ts";
import { firedIds } from "#contracts/frame.ts";
import { formatFacts, formatOf, planFor } from "#core/exchange/formats.ts";
import { type ExportedSpikes, type ExportSource, neuronsOfEngine, SpikeGatherer } from "#core/exchange/network.ts";
import type { LabState, LivingBrain } from "./lab-state.ts";
import type { BrainRecording } from "./recording.ts";

/** Announcements of progress. */
const PROGRESS_MS = 200;

export function createSessionService(state: LabState): ServiceOf<(typeof commandGroups)["session"]> {
  const { ports, clock } = state;
  return {
    async export({ path, ...options }, { source: caller, signal }) {
      if (path === "-") throw new LabError("E_INVALID", "A brain host has no standard output", {}, "Name a file.");
      const started = ports.clock.nowMs();
      const { format } = options;
      const { holdsSpikes } = formatOf(options, clock.rateHz);
      const { brain, from } = await sourceOf(state, format);
      const { recorder } = state.recording;
      const isActive = holdsSpikes === "always" || options.bursts !== undefined;
      const source = isActive ? { ...from, spikes: await recordedSpikes(recorder, options.bursts ?? recorder, signal) } : from;
      const target = path ?? defaultTarget(state, format, from.meta.burst);
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
      if (format === "genome" || format === "brain") brain.unsaved = false;
      await state.record("session.exported", caller, { brainId: brain.id, burst: from.meta.burst, format, files });
      state.announceStatus();
      const { neurons, synapses, lost } = plan;
      return { format, files, neurons, synapses, lost, verified, ms: ports.clock.nowMs() - started };
    },
    async exportPlan({ format, scope, path }) {
      const { first, last } = state.recording.recorder;
      const recorded = formatFacts[format].holdsSpikes && last >= first ? { first, last } : null;
      const { from } = await sourceOf(state, format);
      const target = path ?? defaultTarget(state, format, from.meta.burst);
      return { ...planFor(format, from, scope), recorded, target, ...(await ports.files.room(target)) };
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
function defaultTarget({ ports, living }: LabState, format: ExportFormat, burst: number): string {
  const { extension } = formatFacts[format];
  const stem = `${ports.options.exportFolder}/${fileStem(living.title)}-${burst}`;
  return extension === "" ? `${stem}-${format}` : `${stem}.${extension}`;
}

/** The brain as it stands between two bursts, copied: encoding and writing go on beside it. */
function sourceOf(state: LabState, format: ExportFormat): Promise<{ brain: LivingBrain; from: ExportSource }> {
  const { ports, clock, turns } = state;
  return turns.take(() => {
    const brain = state.living;
    const { id: brainId, title, connectome, runner } = brain;
    const { engine } = runner;
    const meta = { brainId, title, burst: runner.burst, rateHz: clock.rateHz, savedAt: ports.clock.time() };
    const snapshot = formatFacts[format].holdsState ? runner.snapshot() : new Uint8Array(0);
    const { input } = brain.stimuli;
    const memory = brain.memory.save();
    return { brain, from: { connectome, synapses: engine.synapses(), neurons: neuronsOfEngine(engine), snapshot, memory, meta, input } };
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

/** A title as a file name that every system takes. */
function fileStem(title: string): string {
  return (
    title
      .replace(/[^\p{L}\p{N}_-]+/gu, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 60) || "brain"
  );
}
