/** The past of the living brain: what is recorded, going back to it, looking into one burst of it. */
import type { ServiceOf } from "#contracts/command.ts";
import type { Recording } from "#contracts/commands/time.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { LabError } from "#contracts/errors.ts";
import { phasesOf } from "#core/recording/phases.ts";
import type { Checkpointer } from "./checkpointer.ts";
import type { Editor } from "./editor.ts";
import type { LabState } from "./lab-state.ts";
import { goTo } from "./time-travel.ts";

/** Setting that holds the limits of the recording, in bytes. */
export const RECORDING_LIMITS = "recording.limits";

export function createTimeService(state: LabState, editor: Editor, checkpointer: Checkpointer): ServiceOf<(typeof commandGroups)["time"]> {
  const parts = { state, editor, checkpointer };
  const { recorder } = state.recording;
  const recording = (): Recording => {
    const { keyframes, limits, ...summary } = recorder.summary();
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

  return {
    recording: async () => recording(),
    async setLimits({ ramMegabytes, diskMegabytes }, { source }) {
      const limits = { ramBytes: ramMegabytes * 2 ** 20, diskBytes: diskMegabytes * 2 ** 20 };
      state.ports.settings.set(RECORDING_LIMITS, limits);
      state.note({ type: "time.limits", source, data: limits });
      recorder.setLimits(limits);
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
    async verify({ from, to }, { signal }) {
      void state.living;
      const first = from ?? recorder.first;
      const last = to ?? recorder.last;
      if (last < first) return { from: first, to: last, bursts: 0, divergence: null };
      try {
        return { from: first, to: last, bursts: await recorder.verify(first, last, signal), divergence: null };
      } catch (error) {
        if (!(error instanceof LabError) || error.code !== "E_DIVERGED") throw error;
        const { burst, what } = error.details as { burst: number; what: string };
        state.note({ type: "time.diverged", source: "time", data: { brainId: state.brain?.id, burst, what } });
        return { from: first, to: last, bursts: burst - first, divergence: { burst, what } };
      }
    },
    async phases({ burst, limit }, { signal }) {
      void state.living;
      const { inject, integrate, fire, propagate, arrivals, learn } = await phasesOf(recorder, burst, signal);
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
          rows: rows(learn.slot.length, (at) => ({ slot: learn.slot[at]!, before: learn.before[at]!, after: learn.weight[at]! })),
        },
      };
    },
  };
}
