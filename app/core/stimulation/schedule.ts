/**
 * Stimulus schedules: what is forced to fire in which burst to come, once or again and again.
 *
 * Plain data, replaced as a whole. Before each burst `dueEntries` takes everything due by then: an entry that is late fires in the
 * next burst and is never dropped; of a repeating one the slots it missed are not made up for. Source: spec/burst-engine-extensions.md 3.
 */
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";

/** Potential of each firing. */
export const SCHEDULED_POTENTIAL = 100;

export interface ScheduleEntry {
  burst: number;
  areas: { area: CorticalId; voxels: Vec3[] }[];
}

export interface Schedule {
  id: number;
  start: number;
  /** Burst of its last entry, null where it repeats. */
  end: number | null;
  /** Bursts after which each entry fires again. */
  period: number | null;
  /** Last burst it may fire in, where it was told to end. */
  until: number | null;
  /** Still to fire, ascending by burst. */
  entries: readonly ScheduleEntry[];
}

export interface Schedules {
  nextId: number;
  /** In order of creation. */
  list: readonly Schedule[];
}

export const noSchedules: Schedules = { nextId: 1, list: [] };

interface Added {
  schedules: Schedules;
  schedule: Schedule;
}

/** Adds one. Refuses with E_INVALID where there is nothing to fire or it would repeat before it ended. */
export function addSchedule({ nextId: id, list }: Schedules, given: readonly ScheduleEntry[], period: number | null): Added {
  if (given.length === 0) throw invalid("entries", "must hold at least one");
  given.forEach(({ areas }, i) => {
    if (areas.every(({ voxels }) => voxels.length === 0)) throw invalid(`entries.${i}`, "stimulates no voxel");
  });
  const entries = given.toSorted((a, b) => a.burst - b.burst);
  const [start, last] = [entries[0]!.burst, entries.at(-1)!.burst];
  if (period !== null && (period < 1 || period <= last - start))
    throw invalid("period", `must be longer than the ${last - start + 1} bursts it repeats, it is ${period}`);
  const schedule: Schedule = { id, start, end: period === null ? last : null, period, until: null, entries };
  return { schedules: { nextId: id + 1, list: [...list, schedule] }, schedule };
}

/** What fires in `burst`, schedule by schedule, and what is left for later. */
export function dueEntries(schedules: Schedules, burst: number): { due: ScheduleEntry[]; schedules: Schedules } {
  const due: ScheduleEntry[] = [];
  const list = schedules.list.flatMap((schedule) => {
    const fires = schedule.entries.filter((entry) => entry.burst <= burst);
    if (fires.length === 0) return schedule;
    due.push(...fires);
    const waiting = schedule.entries.filter((entry) => entry.burst > burst);
    return left({ ...schedule, entries: [...waiting, ...fires.flatMap((entry) => again(entry, schedule.period, burst))] });
  });
  return due.length === 0 ? { due, schedules } : { due, schedules: { ...schedules, list } };
}

/** Lets a schedule fire no longer than `burst`; undefined where there is none of that id. */
export function endSchedule(schedules: Schedules, id: number, burst: number): Schedules | undefined {
  if (schedules.list.every((schedule) => schedule.id !== id)) return undefined;
  return {
    ...schedules,
    list: schedules.list.flatMap((schedule) => (schedule.id === id ? left({ ...schedule, until: burst }) : schedule)),
  };
}

/** Drops the voxels of areas that are gone, and what is then empty. */
export function withoutAreas(schedules: Schedules, isGone: (area: CorticalId) => boolean): Schedules {
  const isTouched = schedules.list.some(({ entries }) => entries.some(({ areas }) => areas.some(({ area }) => isGone(area))));
  if (!isTouched) return schedules;
  const list = schedules.list.flatMap((schedule) => {
    const entries = schedule.entries.map((entry) => ({ ...entry, areas: entry.areas.filter(({ area }) => !isGone(area)) }));
    return left({ ...schedule, entries: entries.filter(({ areas }) => areas.length > 0) });
  });
  return { ...schedules, list };
}

/** None, without giving an id a second time. */
export function cleared({ nextId }: Schedules): Schedules {
  return { nextId, list: [] };
}

/** The entry in its first slot after `burst`. */
function again(entry: ScheduleEntry, period: number | null, burst: number): ScheduleEntry[] {
  if (period === null) return [];
  const periods = Math.floor((burst - entry.burst) / period) + 1;
  return [{ ...entry, burst: entry.burst + periods * period }];
}

/** The schedule in order, or nothing when it is over. */
function left(schedule: Schedule): Schedule[] {
  const entries = schedule.entries.filter(({ burst }) => schedule.until === null || burst <= schedule.until);
  return entries.length === 0 ? [] : [{ ...schedule, entries: entries.sort((a, b) => a.burst - b.burst) }];
}

function invalid(path: string, message: string): LabError {
  return new LabError("E_INVALID", `${path} ${message}`, { issues: [{ path, message }] });
}
