/** Senses: frames that bodies send, and frames that are held for an area; recorded so that a run can be repeated. */
import type { ServiceOf } from "#contracts/command.ts";
import type { HeldInput } from "#contracts/commands/sensory.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { LabError } from "#contracts/errors.ts";
import { neuronAt } from "#core/engine/stimulus.ts";
import { type Hold, hold, release, type Sensory } from "#core/sensory/sensory.ts";
import type { SensoryFrame, SensoryPayload } from "#core/sensory/sensory-frame.ts";
import { isStale } from "#core/sensory/sensory-intake.ts";
import { lastHeldIn, livingSenses } from "#core/sensory/sensory-patch.ts";
import { QUEUED_FRAMES } from "#core/sensory/sequential-ingest.ts";
import type { LabState } from "./lab-state.ts";

export function createSensoryService(state: LabState): ServiceOf<(typeof commandGroups)["sensory"]> {
  const { ports, clock } = state;
  /** Changes the senses between two bursts, once it is recorded. */
  const change = async <T>(
    made: (sensory: Sensory, next: number) => { type: string; data: object; sensory: Sensory; told: T },
    source: string,
  ) => {
    const told = await state.turns.take(async () => {
      const { id: brainId, stimuli, runner, connectome } = state.living;
      const { type, data, sensory, told: answer } = made(livingSenses(stimuli.input.sensory, connectome), runner.burst + 1);
      await state.record(type, source, { brainId, ...data });
      stimuli.update({ sensory });
      return answer;
    });
    state.announceHeld();
    return told;
  };

  const checked = ({ area: id, voxels }: SensoryFrame, path: string) => {
    const area = state.living.connectome.areas.get(id);
    if (!area) throw new LabError("E_NOT_FOUND", "No such cortical area", { id }, "connectome.listAreas lists the areas.");
    if (area.kind !== "input")
      throw new LabError(
        "E_INVALID",
        `${area.name} is no input area`,
        issue(`${path}area`, "is no input area"),
        "stimulus.paint stimulates any area.",
      );
    const wrong = voxels.findIndex(
      ([x, y, z, potential]) => neuronAt(area, [x, y, z]) === null || !Number.isFinite(Math.fround(potential)),
    );
    if (wrong < 0) return;
    const what = `is no voxel of ${area.name}, which is ${area.dimensions.join(" × ")}, with a potential of 32 bits`;
    throw new LabError("E_INVALID", `${path}voxels.${wrong} ${what}`, issue(`${path}voxels.${wrong}`, what));
  };

  return {
    async send({ source: from, frames }, { source }) {
      for (const [i, frame] of frames.entries()) checked(frame, `frames.${i}.`);
      const receivedMs = ports.clock.nowMs();
      return state.turns.take(async () => {
        const { id: brainId, stimuli, runner } = state.living;
        const { sensory } = stimuli.input;
        const ageMs = ports.clock.nowMs() - receivedMs;
        if (clock.running && isStale({ source: from, ageMs }, sensory.queues, 1000 / clock.rateHz)) return { burst: null };
        const payload: SensoryPayload = { source: from, burst: runner.burst + 1, frames };
        await state.record("sensory.frames", source, { brainId, ...payload });
        stimuli.update({ sensory: { ...sensory, waiting: [...sensory.waiting, payload] } });
        return { burst: payload.burst };
      });
    },
    async hold({ bursts, ...frame }, { source }) {
      checked(frame, "");
      return change((sensory, from) => {
        const data: Hold = { frame, from, until: bursts === null ? null : from + bursts - 1 };
        const told: HeldInput = { area: frame.area, by: "hold", since: from, until: data.until, voxels: frame.voxels.length };
        return { type: "sensory.held", data, sensory: hold(sensory, data), told };
      }, source);
    },
    held: async () => state.held(),
    async release({ area }, { source }) {
      await change((sensory, next) => {
        if (!sensory.holds.some(({ frame }) => frame.area === area))
          throw new LabError("E_NOT_FOUND", "Nothing is held for this area", { area }, "sensory.held lists what is.");
        const data = { area, afterBurst: next - 1 };
        return { type: "sensory.released", data, sensory: release(sensory, area, data.afterBurst), told: null };
      }, source);
      return state.held();
    },
    async intake() {
      const { connectome, stimuli } = state.living;
      const { queues } = livingSenses(stimuli.input.sensory, connectome);
      return {
        lastHeld: [...lastHeldIn(connectome)],
        orderedSources: [...queues.sources],
        queues: queues.list.map(({ source, area, frames }) => ({ source, area, frames: frames.length })),
        queueFrames: QUEUED_FRAMES,
        dropped: queues.dropped,
      };
    },
  };
}

function issue(path: string, message: string) {
  return { issues: [{ path, message }] };
}
