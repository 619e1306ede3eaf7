/** Run, pause, step, rate and checkpoints. */

import type { ServiceOf } from "#contracts/command.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { LabError } from "#contracts/errors.ts";
import { capacityBeside } from "#core/development/grow.ts";
import type { Checkpointer } from "./checkpointer.ts";
import type { LabState } from "./lab-state.ts";

export function createBrainService(state: LabState, checkpointer: Checkpointer): ServiceOf<(typeof commandGroups)["brain"]> {
  const { clock, ports } = state;
  const told = () => {
    state.announceStatus();
    return state.status();
  };
  const record = (type: string, source: string, data: Record<string, unknown> = {}) =>
    state.record(type, source, { brainId: state.living.id, burst: state.living.runner.burst, ...data });

  return {
    status: async () => state.status(),
    async run({ rateHz }, { source }) {
      void state.living;
      if (rateHz !== undefined) clock.rateHz = rateHz;
      state.failure = null;
      if (!clock.running) {
        await record("control.run", source, { rateHz: clock.rateHz });
        clock.start();
      }
      return told();
    },
    async pause(_, { source }) {
      void state.living;
      const wasRunning = clock.running || clock.stepping;
      await clock.pause();
      if (wasRunning) {
        await record("control.pause", source);
        state.announceRollout();
        checkpointer.write({ hurry: false }).catch((error) => ports.log.warn("a checkpoint failed", { reason: String(error) }));
      }
      return told();
    },
    async step({ bursts }, { source, signal }) {
      if (clock.running || clock.stepping) throw new LabError("E_CONFLICT", "The brain is running", {}, "Pause it first.");
      state.failure = null;
      await record("control.step", source, { bursts });
      await clock.step(bursts, signal);
      state.announceRollout();
      return told();
    },
    async runTo({ burst }, { source, signal }) {
      if (clock.running || clock.stepping) throw new LabError("E_CONFLICT", "The brain is running", {}, "Pause it first.");
      const at = state.living.runner.burst;
      if (burst <= at) {
        const advice = "time.goTo goes back to a recorded burst.";
        throw new LabError("E_CONFLICT", `Burst ${burst} has run: the brain stands after burst ${at}`, { burst, at }, advice);
      }
      state.failure = null;
      await record("control.step", source, { bursts: burst - at });
      await clock.step(burst - at, signal);
      state.announceRollout();
      return told();
    },
    async setRate({ rateHz }, { source }) {
      clock.rateHz = rateHz;
      state.note({ type: "control.rate", source, data: { brainId: state.brain?.id, rateHz } });
      return told();
    },
    async capacity() {
      const { neurons, synapses } = state.status();
      const availableBytes = ports.availableMemory();
      return { ...capacityBeside({ neurons, synapses }, availableBytes), availableBytes };
    },
    async checkpoint() {
      void state.living;
      return checkpointer.write({ hurry: true });
    },
  };
}
