/** Input to the brain: painted voxels, seeded Poisson and schedules of forced firing, recorded so that a run can be repeated. */

import type { ServiceOf } from "#contracts/command.ts";
import type { commandGroups } from "#contracts/commands.ts";
import type { Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { neuronAt, type StimulusDefinition } from "#core/engine/stimulus.ts";
import { addSchedule, endSchedule, type Schedule } from "#core/stimulation/schedule.ts";
import { livingSchedules } from "#core/stimulation/schedule-patch.ts";
import type { LabState } from "./lab-state.ts";

export function createStimulusService(state: LabState): ServiceOf<(typeof commandGroups)["stimulus"]> {
  const list = () => state.living.stimuli.list(state.living.runner.burst);
  const schedules = () => livingSchedules(state.living.stimuli.input.schedules, state.living.connectome).list;
  const rowOf = ({ id, start, end, period, entries }: Schedule) => ({
    ...{ id, startBurst: start, endBurst: end, remaining: entries.length },
    ...{ nextBurst: entries[0]!.burst, periodBursts: period },
  });
  const listSchedules = () => schedules().map(rowOf);

  /** Lets a schedule fire no more. In turn. */
  const end = async (id: number, source: string) => {
    const { id: brainId, stimuli, runner } = state.living;
    const ended = endSchedule(stimuli.input.schedules, id, runner.burst);
    if (!ended) throw unknownSchedule(id);
    await state.record("sensory.unschedule", source, { id, brainId, afterBurst: runner.burst });
    stimuli.update({ schedules: ended });
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
    async schedule({ entries, periodBursts: period, replaces }, { source }) {
      const { areas } = state.living.connectome;
      for (const [i, entry] of entries.entries()) {
        const unknown = entry.areas.findIndex(({ area }) => !areas.has(area));
        if (unknown >= 0) throw invalid(`entries.${i}.areas.${unknown}.area`, "is no cortical area of this brain");
      }
      const largest = Math.max(...entries.map(({ burstOffset }) => burstOffset));
      if (period !== null && period <= largest) throw invalid("periodBursts", `must be longer than the largest offset, ${largest}`);
      const accepted = await state.turns.take(async () => {
        const { id: brainId, stimuli, runner } = state.living;
        const absolute = entries.map(({ burstOffset, areas }) => ({ burst: runner.burst + 1 + burstOffset, areas }));
        // What cannot be accepted ends nothing.
        addSchedule(stimuli.input.schedules, absolute, period);
        if (replaces !== undefined) await end(replaces, source);
        const { schedules, schedule } = addSchedule(stimuli.input.schedules, absolute, period);
        await state.record("sensory.schedule", source, { brainId, id: schedule.id, entries: absolute, period });
        stimuli.update({ schedules });
        return { id: schedule.id, startBurst: schedule.start, endBurst: schedule.end };
      });
      state.announceStimuli();
      return accepted;
    },
    async getSchedule({ id }) {
      const schedule = schedules().find((one) => one.id === id);
      if (!schedule) throw unknownSchedule(id);
      return { ...rowOf(schedule), entries: schedule.entries.map(({ burst, areas }) => ({ burst, areas })) };
    },
    schedules: async () => listSchedules(),
    async unschedule({ id }, { source }) {
      await state.turns.take(() => end(id, source));
      state.announceStimuli();
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

function unknownSchedule(id: number): LabError {
  return new LabError("E_NOT_FOUND", "No such schedule", { id }, "It may be over; stimulus.schedules shows those that wait.");
}

function invalid(path: string, message: string): LabError {
  return new LabError("E_INVALID", `${path} ${message}`, { issues: [{ path, message }] });
}
