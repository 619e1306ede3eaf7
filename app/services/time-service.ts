/** The past of the living brain: what is recorded, going back to it, looking into one burst of it. */
import type { ServiceOf } from "#contracts/command.ts";
import type { NeuronTrace, Recording } from "#contracts/commands/time.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { real } from "#contracts/debug.ts";
import { LabError } from "#contracts/errors.ts";
import { frameWord } from "#contracts/frame.ts";
import { type TracedBurst, traceThrough } from "#core/debug/causes/trace.ts";
import { bindCondition, bindSynapses } from "#core/debug/conditions/bind.ts";
import { parseCondition } from "#core/debug/conditions/parse.ts";
import { watchThrough } from "#core/debug/conditions/search.ts";
import { conditionText } from "#core/debug/conditions/text.ts";
import { Watch } from "#core/debug/conditions/watch.ts";
import { encodeBrain } from "#core/exchange/brain-file.ts";
import { decodeRecording, encodeRecording } from "#core/exchange/recording-file.ts";
import { phasesOf } from "#core/recording/phases.ts";
import { hostTerms, namesOf } from "./breakpoints.ts";
import type { Checkpointer } from "./checkpointer.ts";
import type { Editor } from "./editor.ts";
import { fileStem } from "./file-stem.ts";
import type { LabState } from "./lab-state.ts";
import { goTo } from "./time-travel.ts";

/** Setting that holds the limits of the recording, in bytes. */
export const RECORDING_LIMITS = "recording.limits";

/** Bursts read to draw a recording; a longer one is read at even distances. */
const MOST_READ = 8192;
/** Bursts in one trace. */
const MOST_TRACED = 2000;
/** What one buffer can hold. */
const MOST_KEPT_BYTES = 2 ** 30;
/** Bursts without a turn of the event loop. */
const BREATH = 64;

export function createTimeService(state: LabState, editor: Editor, checkpointer: Checkpointer): ServiceOf<(typeof commandGroups)["time"]> {
  const parts = { state, editor, checkpointer };
  const recorder = () => state.recording.recorder;
  const recording = (): Recording => {
    const { keyframes, limits, ...summary } = recorder().summary();
    const megabytesPerSecond = (summary.bytesPerBurst * state.clock.rateHz) / 1e6;
    return {
      ...summary,
      at: state.living.runner.burst,
      keyframes: keyframes.length,
      ramLimitBytes: limits.ramBytes,
      diskLimitBytes: limits.diskBytes,
      megabytesPerSecond,
    };
  };

  /** The part of the recording that is meant, cut into at most `points` parts. */
  const stretch = ({ from, to, points }: { from?: number | undefined; to?: number | undefined; points: number }) => {
    void state.living;
    const [first, last] = [Math.max(recorder().first, from ?? recorder().first), Math.min(recorder().last, to ?? recorder().last)];
    const every = Math.max(1, Math.ceil((last - first + 1) / points));
    return { from: first, to: last, every, parts: Math.max(0, Math.ceil((last - first + 1) / every)) };
  };

  return {
    recording: async () => recording(),
    async activity(input, { signal }) {
      const { parts, ...range } = stretch(input);
      const { from, to, every } = range;
      const tape = recorder();
      const stride = Math.max(1, Math.ceil((to - from + 1) / MOST_READ));
      const sums = new Array<number>(parts).fill(0);
      const counts = new Array<number>(parts).fill(0);
      const most = new Array<number>(parts).fill(0);
      let read = 0;
      for (let burst = from; burst <= to; burst += stride) {
        if (signal.aborted) throw new LabError("E_CANCELLED", "Reading the recording was cancelled", { burst });
        const fired = (await tape.recorded(burst)).frame[frameWord.fired]!;
        const part = Math.floor((burst - from) / every);
        sums[part]! += fired;
        counts[part]!++;
        most[part] = Math.max(most[part]!, fired);
        if (++read % BREATH === 0) await state.ports.clock.breathe();
      }
      const within = (burst: number) => burst >= from - 1 && burst <= to;
      return {
        ...range,
        read,
        mean: sums.map((sum, part) => (counts[part] === 0 ? 0 : sum / counts[part]!)),
        most,
        keyframes: tape.summary().keyframes.filter(within),
        changes: state.recording.changes().filter(({ burst }) => within(burst)),
      };
    },
    async series({ condition: input, ...wanted }, { signal }) {
      const { parts, ...range } = stretch(wanted);
      const { from, to, every } = range;
      const names = namesOf(state.living.connectome);
      const named = bindCondition(typeof input === "string" ? parseCondition(input) : input, names);
      const condition = await state.turns.take(async () => bindSynapses(named, state.living.runner.engine));
      const text = conditionText(condition, (area) => names.area(area)?.name ?? area);
      const low = new Array<number>(parts).fill(Number.NaN);
      const high = new Array<number>(parts).fill(Number.NaN);
      if (parts > 0) {
        const watch = new Watch([condition], names, hostTerms(state));
        const take = (burst: number) => {
          const part = Math.floor((burst - from) / every);
          const value = watch.value(0);
          if (!(low[part]! <= value)) low[part] = Number.isNaN(value) ? low[part]! : value;
          if (!(high[part]! >= value)) high[part] = Number.isNaN(value) ? high[part]! : value;
        };
        await watchThrough(watch, recorder(), [from, to], take, { signal, breathe: () => state.ports.clock.breathe() });
      }
      return { ...range, text, low: low.map((value) => knownOf(value)), high: high.map((value) => knownOf(value)) };
    },
    async trace({ neurons, ...wanted }, { signal }) {
      const { from: first, to } = stretch({ ...wanted, points: 1 });
      const from = wanted.from === undefined ? Math.max(first, to - MOST_TRACED + 1) : first;
      if (to - from >= MOST_TRACED)
        throw new LabError(
          "E_INVALID",
          `${to - from + 1} bursts are more than the ${MOST_TRACED} of one trace`,
          { from, to },
          "Ask for fewer.",
        );
      const traces = neurons.map(emptyTrace);
      const take = (_: number, rows: ReadonlyMap<number, TracedBurst>) => {
        for (const trace of traces) addBurst(trace, rows.get(trace.neuron));
      };
      if (from <= to) await traceThrough(recorder(), neurons, [from, to], take, { signal, breathe: () => state.ports.clock.breathe() });
      return { from, to, traces };
    },
    async setLimits({ ramMegabytes, diskMegabytes }, { source }) {
      const limits = { ramBytes: ramMegabytes * 2 ** 20, diskBytes: diskMegabytes * 2 ** 20 };
      state.ports.settings.set(RECORDING_LIMITS, limits);
      state.note({ type: "time.limits", source, data: limits });
      recorder().setLimits(limits);
      return recording();
    },
    async goTo({ burst }, context) {
      return { ...(await goTo(parts, burst, context)), status: state.status() };
    },
    async stepBack({ bursts }, context) {
      await state.clock.pause();
      const { burst } = state.living.runner;
      return { ...(await goTo(parts, burst - bursts, context)), status: state.status() };
    },
    async keep(wanted, { source, signal }) {
      const brain = state.living;
      const first = wanted.first ?? recorder().first;
      const last = wanted.last ?? recorder().last;
      const edit = state.recording.changes().find(({ kind, burst }) => kind === "edit" && burst > first && burst <= last);
      if (edit) {
        const advice = `Keep bursts ${first} to ${edit.burst - 1}, or from ${edit.burst} on.`;
        throw new LabError("E_CONFLICT", `The brain was edited before burst ${edit.burst}`, { burst: edit.burst, what: edit.what }, advice);
      }
      const { ports } = state;
      const { connectome, ...kept } = await state.recording.keep(first, last, MOST_KEPT_BYTES);
      const { engine, memory } = await state.recording.stateAt(first - 1, signal);
      const meta = { brainId: brain.id, title: brain.title, burst: first - 1, rateHz: state.clock.rateHz, savedAt: ports.clock.time() };
      const [{ input }] = kept.inputs as [(typeof kept.inputs)[number]];
      const whole = encodeBrain({ connectome, snapshot: engine.snapshot(), meta, memory: memory.save(), input });
      engine.dispose();
      const bytes = await encodeRecording({ ...kept, brain: whole }, ports.recordings);
      const path = wanted.path ?? `${ports.options.exportFolder}/${fileStem(brain.title)}-${first}-${last}.gyrusrec`;
      const files = await ports.files.write(path, [{ name: "", pieces: [bytes] }]);
      // Read back as it lies on the disk: what is kept is kept to be found again.
      for (const file of files) await decodeRecording(await ports.files.read(file.path, MOST_KEPT_BYTES), ports.recordings);
      await state.record("time.kept", source, { brainId: brain.id, first, last, files });
      return { first, last, files };
    },
    async verify({ from, to }, { signal }) {
      void state.living;
      const first = from ?? recorder().first;
      const last = to ?? recorder().last;
      if (last < first) return { from: first, to: last, bursts: 0, divergence: null };
      try {
        return { from: first, to: last, bursts: await recorder().verify(first, last, signal), divergence: null };
      } catch (error) {
        if (!(error instanceof LabError) || error.code !== "E_DIVERGED") throw error;
        const { burst, what } = error.details as { burst: number; what: string };
        state.note({ type: "time.diverged", source: "time", data: { brainId: state.brain?.id, burst, what } });
        return { from: first, to: last, bursts: burst - first, divergence: { burst, what } };
      }
    },
    async phases({ burst, limit }, { signal }) {
      void state.living;
      const { inject, integrate, fire, propagate, arrivals, learn } = await phasesOf(recorder(), burst, signal);
      const rows = <T>(count: number, row: (at: number) => T): T[] => Array.from({ length: Math.min(count, limit) }, (_, at) => row(at));
      return {
        burst,
        inject: {
          candidates: inject.ids.length,
          synaptic: inject.synaptic,
          power: inject.power,
          rows: rows(inject.ids.length, (at) => ({ neuron: inject.ids[at]!, sum: inject.sums[at]! })),
        },
        integrate: {
          refractory: integrate.refractory,
          rows: rows(inject.ids.length, (at) => ({
            neuron: inject.ids[at]!,
            membranePotential: integrate.potential[at]!,
            refractoryCountdown: integrate.countdown[at]!,
          })),
        },
        fire: {
          fired: fire.ids.length,
          rows: rows(fire.ids.length, (at) => ({ neuron: fire.ids[at]!, membranePotential: fire.potentials[at]! })),
        },
        propagate: {
          synapses: propagate.slot.length,
          arrivals,
          rows: rows(propagate.slot.length, (at) => ({
            slot: propagate.slot[at]!,
            source: propagate.source[at]!,
            target: propagate.target[at]!,
            weight: propagate.weight[at]!,
            psp: propagate.psp[at]!,
            inhibitory: propagate.kind[at] !== 0,
            delay: propagate.delay[at]!,
          })),
        },
        learn: {
          changed: learn.slot.length,
          created: learn.created,
          rows: rows(learn.slot.length, (at) => ({
            slot: learn.slot[at]!,
            source: learn.source[at]!,
            target: learn.target[at]!,
            before: learn.before[at]!,
            after: learn.weight[at]!,
          })),
        },
      };
    },
  };
}

function emptyTrace(neuron: number): NeuronTrace {
  return { neuron, potential: [], threshold: [], fired: [], psp: [], external: [], carried: [], refractory: [], exact: true };
}

/** `burst`: undefined where the neuron was not there. */
function addBurst(trace: NeuronTrace, burst: TracedBurst | undefined): void {
  for (const name of ["potential", "threshold", "psp", "external", "carried"] as const) trace[name].push(knownOf(burst?.[name]));
  trace.fired.push(burst?.fired ?? false);
  trace.refractory.push(burst?.refractory ?? 0);
  trace.exact &&= burst?.exact ?? true;
}

function knownOf(value = Number.NaN) {
  return Number.isNaN(value) ? null : real(value);
}
