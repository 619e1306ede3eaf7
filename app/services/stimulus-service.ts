/** Input to the brain: painted voxels, seeded Poisson and schedules of forced firing, recorded so that a run can be repeated. */

import type { ServiceOf } from "#contracts/command.ts";
import type { commandGroups } from "#contracts/commands.ts";
import type { Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { neuronAt, type StimulusDefinition } from "#core/engine/stimulus.ts";
import { addSchedule, endSchedule } from "#core/stimulation/schedule.ts";
import { livingSchedules } from "#core/stimulation/schedule-patch.ts";
import type { LabState } from "./lab-state.ts";

export function createStimulusService(state: LabState): ServiceOf<(typeof commandGroups)["stimulus"]> {
  const list = () => state.living.stimuli.list(state.living.runner.burst);
  const listSchedules = () => {
    const { stimuli, connectome } = state.living;
    return livingSchedules(stimuli.schedules, connectome).list.map(({ id, start, end, period, entries }) => ({
      id,
      startBurst: start,
      endBurst: end,
      remaining: entries.length,
      nextBurst: entries[0]!.burst,
      periodBursts: period,
    }));
  };

  /** Starts it with the next burst that has not begun. */
  const begin = async (definition: Omit<StimulusDefinition, "id" | "from">, source: string) => {
    if (!Number.isFinite(Math.fround(definition.amplitude))) throw invalid("amplitude", "is beyond a 32-bit number");
    const started = await state.turns.take(async () => {
      const { id: brainId, stimuli, runner } = state.living;
      const stimulus = { ...definition, id: state.ports.createId(), from: runner.burst + 1 };
      await state.record("sensory.inject", source, { brainId, ...stimulus });
      stimuli.add(stimulus);
      return stimulus;
    });
    state.announceStimuli();
    const { from: _from, bursts, ...stimulus } = started;
    return { ...stimulus, remaining: bursts };
  };

  const areaOf = (id: string) => {
    const area = state.living.connectome.areas.get(id);
    if (!area) throw new LabError("E_NOT_FOUND", "No such cortical area", { id }, "connectome.listAreas lists the areas.");
    return area;
  };

  return {
    paint({ area: id, voxels, amplitude, bursts, every }, { source }) {
      const area = areaOf(id);
      const outside = voxels.findIndex((voxel: Vec3) => neuronAt(area, voxel) === null);
      if (outside >= 0) throw invalid(`voxels.${outside}`, `is no voxel of ${area.name}, which is ${area.dimensions.join(" × ")}`);
      return begin({ area: id, kind: "voxels", voxels, amplitude, bursts, every, probability: 0, seed: 0 }, source);
    },
    poisson({ area: id, probability, amplitude, seed, bursts }, { source }) {
      areaOf(id);
      return begin({ area: id, kind: "poisson", voxels: [], amplitude, bursts, every: 1, probability, seed }, source);
    },
    async schedule({ entries, periodBursts: period }, { source }) {
      const { areas } = state.living.connectome;
      for (const [i, entry] of entries.entries()) {
        const unknown = entry.areas.findIndex(({ area }) => !areas.has(area));
        if (unknown >= 0) throw invalid(`entries.${i}.areas.${unknown}.area`, "is no cortical area of this brain");
      }
      const largest = Math.max(...entries.map(({ burstOffset }) => burstOffset));
      if (period !== null && period <= largest) throw invalid("periodBursts", `must be longer than the largest offset, ${largest}`);
      return state.turns.take(async () => {
        const { id: brainId, stimuli, runner } = state.living;
        const absolute = entries.map(({ burstOffset, areas }) => ({ burst: runner.burst + 1 + burstOffset, areas }));
        const { schedules, schedule } = addSchedule(stimuli.schedules, absolute, period);
        await state.record("sensory.schedule", source, { brainId, id: schedule.id, entries: absolute, period });
        stimuli.schedules = schedules;
        return { id: schedule.id, startBurst: schedule.start, endBurst: schedule.end };
      });
    },
    schedules: async () => listSchedules(),
    async unschedule({ id }, { source }) {
      await state.turns.take(async () => {
        const { id: brainId, stimuli, runner } = state.living;
        const ended = endSchedule(stimuli.schedules, id, runner.burst);
        if (!ended)
          throw new LabError("E_NOT_FOUND", "No such schedule", { id }, "It may be over; stimulus.schedules shows those that wait.");
        await state.record("sensory.unschedule", source, { id, brainId, afterBurst: runner.burst });
        stimuli.schedules = ended;
      });
      return listSchedules();
    },
    list: async () => list(),
    async remove({ id }, { source }) {
      await state.turns.take(async () => {
        const { id: brainId, stimuli, runner } = state.living;
        if (!stimuli.remove(id))
          throw new LabError("E_NOT_FOUND", "No such stimulus", { id }, "It may have ended; stimulus.list shows those that run.");
        await state.record("sensory.end", source, { id, brainId, afterBurst: runner.burst });
      });
      state.announceStimuli();
      return list();
    },
  };
}

function invalid(path: string, message: string): LabError {
  return new LabError("E_INVALID", `${path} ${message}`, { issues: [{ path, message }] });
}
