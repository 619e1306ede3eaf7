/** The rollout as a person steers it. Each change reaches the running brain before its next burst. */

import type { ServiceOf } from "#contracts/command.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { LabError } from "#contracts/errors.ts";
import { engineMs } from "#contracts/frame.ts";
import { type Engine, roomyFrame } from "#core/engine/engine.ts";
import { divergence } from "#core/engine/shadow-engine.ts";
import { inTurn } from "./both-engines.ts";
import { mismatchOf } from "./engine-mismatch.ts";
import type { LabState } from "./lab-state.ts";
import { Stimuli } from "./stimuli.ts";

export function createRolloutService(state: LabState): ServiceOf<(typeof commandGroups)["rollout"]> {
  const { rollout } = state;
  const burst = () => state.brain?.runner.burst ?? 0;
  return {
    status: async () => state.rolloutStatus(),
    async set({ percent, reason }) {
      if (percent !== rollout.percent) rollout.set(percent, reason, burst());
      return state.rolloutStatus();
    },
    async advance({ early, reason }) {
      rollout.advance(early, reason, burst());
      return state.rolloutStatus();
    },
    async rollback({ reason }) {
      rollout.rollback(reason, burst());
      return state.rolloutStatus();
    },
    async enable({ reason }) {
      rollout.enable(reason, burst());
      return state.rolloutStatus();
    },
    async selftest({ bursts }, { signal }) {
      await compareEngines(state, bursts, () => signal.aborted);
      return state.rolloutStatus();
    },
  };
}

/** Runs both engines from the brain's present state with its present stimuli, beside the brain, and compares every burst. */
async function compareEngines(state: LabState, bursts: number, isCancelled: () => boolean): Promise<void> {
  const { ports, rollout } = state;
  const native = rollout.native();
  if (!native.available)
    throw new LabError(
      "E_NATIVE_NOT_FOUND",
      `There is no native engine to compare with: ${native.error}`,
      {},
      "`npm start` builds it where Rust is installed.",
    );
  const { snapshot, stimuli, connectome } = await state.turns.take(() => {
    const { runner, stimuli: present, connectome: current } = state.living;
    return { snapshot: runner.snapshot(), stimuli: new Stimuli(present.input), connectome: current };
  });
  const engines: Engine[] = [];
  try {
    for (const make of [ports.engines.reference, native.create]) {
      const engine = make();
      engines.push(engine);
      engine.restore(snapshot);
    }
    const [reference, twin] = engines as [Engine, Engine];
    const frames = { reference: new Uint32Array(0), native: new Uint32Array(0) };
    const run = (engine: Engine, patch: Uint32Array) => {
      if (patch.length > 0) engine.apply(patch);
      frames[engine.kind] = roomyFrame(engine, frames[engine.kind]);
      const frame = frames[engine.kind];
      const words = engine.burstIntoSync(frame);
      return frame.subarray(0, words);
    };
    for (let done = 1; done <= bursts; done++) {
      if (isCancelled()) throw new LabError("E_CANCELLED", "The comparison was cancelled", {});
      const patch = stimuli.patchOf(reference.burst + 1, connectome);
      const ran = inTurn(done, { native: () => run(twin, patch), reference: () => run(reference, patch) });
      rollout.ranBoth({ reference: engineMs(ran.reference), native: engineMs(ran.native) });
      const what = divergence(ran.reference, ran.native);
      if (what !== null) return rollout.compared(done, mismatchOf(reference.burst, what, ran));
      await ports.clock.breathe();
    }
    const isSame = reference.stateHash() === twin.stateHash();
    rollout.compared(bursts, isSame ? null : mismatchOf(reference.burst, "the state hash", null));
  } catch (error) {
    const isNative = error instanceof LabError && error.details.engine === "native";
    if (isNative) rollout.failed(error, { threw: true, fellBack: false });
    throw error;
  } finally {
    for (const engine of engines) engine.dispose();
  }
}
