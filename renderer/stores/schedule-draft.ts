/**
 * A schedule of forced firing as a person writes it: pulses of one area's voxels, each for some bursts, all of it once or again and again.
 * Offsets count from the burst after it is accepted. To and from the entries of the lab, which are bursts with what fires in them.
 */
import type { CorticalArea, CorticalId, Vec3 } from "#contracts/connectome.ts";
import { t } from "../ui/messages.ts";

export interface Pulse {
  /** Tells pulses of a draft apart. */
  key: number;
  area: CorticalId;
  /** Voxels in writing, see `parseVoxels`. */
  voxels: string;
  /** Bursts after the next one. */
  start: number;
  /** Bursts it lasts, and how often it fires within: in every burst, in every second … */
  duration: number;
  every: number;
}

export interface Draft {
  /** The schedule that is edited; null: a new one. */
  replaces: number | null;
  pulses: readonly Pulse[];
  /** Bursts after which all of it begins again; null: once. */
  period: number | null;
}

export interface Entry {
  burst: number;
  areas: readonly { area: CorticalId; voxels: readonly Vec3[] }[];
}

export const mostVoxels = 100_000;
const mostEntries = 100_000;

/** `1,0,2 4,0-3,*`: places apart by blanks or semicolons, of each x, y and z; a range from its first to its last, a star for all. */
export function parseVoxels(text: string, area: Pick<CorticalArea, "name" | "dimensions">): Vec3[] | { problem: string } {
  const size = area.dimensions.join(" × ");
  const voxels = new Map<string, Vec3>();
  const words = text.split(/[\s;]+/).filter(Boolean);
  if (words.length === 0) return { problem: t("schedules.voxelsNone") };
  for (const word of words) {
    const parts = word.replace(/^\((.*)\)$/, "$1").split(",");
    const ranges = parts.map((part, axis) => rangeOf(part, area.dimensions[axis] ?? 0));
    const [xs, ys, zs] = ranges;
    if (parts.length !== 3 || !xs || !ys || !zs) return { problem: t("schedules.voxelsUnread", { word }) };
    if ([xs, ys, zs].some(([, last], axis) => last >= (area.dimensions[axis] as number)))
      return { problem: t("schedules.voxelsOutside", { word, name: area.name, size }) };
    const count = [xs, ys, zs].reduce((product, [first, last]) => product * (last - first + 1), 1);
    if (voxels.size + count > mostVoxels) return { problem: t("schedules.voxelsMany", { most: mostVoxels }) };
    for (let x = xs[0]; x <= xs[1]; x++)
      for (let y = ys[0]; y <= ys[1]; y++) for (let z = zs[0]; z <= zs[1]; z++) voxels.set(`${x} ${y} ${z}`, [x, y, z]);
  }
  return [...voxels.values()];
}

export function writeVoxels(voxels: readonly Vec3[], { dimensions }: Pick<CorticalArea, "dimensions">): string {
  const [width, height, depth] = dimensions;
  if (voxels.length > 1 && voxels.length === width * height * depth) return "*,*,*";
  return voxels.map((voxel) => voxel.join(",")).join(" ");
}

function rangeOf(part: string, size: number): [number, number] | null {
  if (part.trim() === "*") return [0, size - 1];
  const found = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part);
  if (!found) return null;
  const first = Number(found[1]);
  const last = Number(found[2] ?? found[1]);
  return last < first ? null : [first, last];
}

/** The bursts a pulse fires in, as offsets. */
export function offsetsOf({ start, duration, every }: Pick<Pulse, "start" | "duration" | "every">): number[] {
  return Array.from({ length: Math.ceil(duration / every) }, (_, i) => start + i * every);
}

export interface Checked {
  /** What is wrong with the voxels of a pulse, by its key. */
  voxels: ReadonlyMap<number, string>;
  /** What is wrong with the repetition, or with all of it. */
  period: string | null;
  whole: string | null;
  /** Null while anything is wrong. */
  entries: { burstOffset: number; areas: { area: CorticalId; voxels: Vec3[] }[] }[] | null;
}

export function check({ pulses, period }: Draft, areaById: ReadonlyMap<CorticalId, CorticalArea>): Checked {
  const voxels = new Map<number, string>();
  const byOffset = new Map<number, Map<CorticalId, Map<string, Vec3>>>();
  let last = 0;
  let fires = 0;
  for (const pulse of pulses) {
    const area = areaById.get(pulse.area);
    const parsed = area ? parseVoxels(pulse.voxels, area) : { problem: t("schedules.areaNone") };
    if ("problem" in parsed) {
      voxels.set(pulse.key, parsed.problem);
      continue;
    }
    fires += Math.ceil(pulse.duration / pulse.every);
    last = Math.max(last, pulse.start + pulse.duration - 1);
    if (fires > mostEntries) break;
    for (const offset of offsetsOf(pulse)) {
      const areas = byOffset.get(offset) ?? new Map<CorticalId, Map<string, Vec3>>();
      const of = areas.get(pulse.area) ?? new Map<string, Vec3>();
      for (const voxel of parsed) of.set(voxel.join(), voxel);
      byOffset.set(offset, areas.set(pulse.area, of));
    }
  }
  const whole =
    pulses.length === 0 ? t("schedules.pulsesNone") : fires > mostEntries ? t("schedules.tooLong", { most: mostEntries }) : null;
  const tooShort = period !== null && period <= last ? t("schedules.periodShort", { last, least: last + 1 }) : null;
  const isRight = voxels.size === 0 && whole === null && tooShort === null;
  const entries = [...byOffset]
    .sort(([a], [b]) => a - b)
    .map(([burstOffset, areas]) => ({ burstOffset, areas: [...areas].map(([area, of]) => ({ area, voxels: [...of.values()] })) }));
  return { voxels, period: tooShort, whole, entries: isRight ? entries : null };
}

/** A schedule as pulses: what fires in bursts of equal distance is one. `burst`: the last that ran. */
export function draftOf(
  schedule: { id: number; periodBursts: number | null; entries: readonly Entry[] },
  burst: number,
  areaById: ReadonlyMap<CorticalId, CorticalArea>,
): Draft {
  const bursts = new Map<string, { area: CorticalId; voxels: string; at: number[] }>();
  for (const { burst: at, areas } of schedule.entries) {
    for (const { area: id, voxels: fired } of areas) {
      const area = areaById.get(id);
      const voxels = area ? writeVoxels(fired, area) : fired.map((voxel) => voxel.join(",")).join(" ");
      const same = bursts.get(`${id} ${voxels}`) ?? { area: id, voxels, at: [] };
      same.at.push(Math.max(0, at - burst - 1));
      bursts.set(`${id} ${voxels}`, same);
    }
  }
  const pulses = [...bursts.values()].flatMap(({ area, voxels, at }) => steady(at).map((timing) => ({ area, voxels, ...timing })));
  return {
    replaces: schedule.id,
    pulses: pulses.sort((a, b) => a.start - b.start).map((pulse, key) => ({ key, ...pulse })),
    period: schedule.periodBursts,
  };
}

/** Ascending offsets as stretches of equal steps. */
function steady(offsets: readonly number[]): Pick<Pulse, "start" | "duration" | "every">[] {
  const stretches: Pick<Pulse, "start" | "duration" | "every">[] = [];
  let from = 0;
  while (from < offsets.length) {
    const start = offsets[from] as number;
    const every = Math.max(1, (offsets[from + 1] ?? start + 1) - start);
    let to = from;
    while (offsets[to + 1] === (offsets[to] as number) + every) to++;
    stretches.push({ start, duration: (offsets[to] as number) - start + 1, every: to === from ? 1 : every });
    from = to + 1;
  }
  return stretches;
}

/** The bursts from `from` to `to` in which something fires that fires in `bursts` and again after each period. */
export function firings(bursts: readonly number[], period: number | null, from: number, to: number): number[] {
  if (period === null) return bursts.filter((burst) => burst >= from && burst <= to);
  return bursts
    .flatMap((burst) => {
      const first = burst + Math.max(0, Math.ceil((from - burst) / period)) * period;
      return first > to ? [] : Array.from({ length: Math.floor((to - first) / period) + 1 }, (_, i) => first + i * period);
    })
    .sort((a, b) => a - b);
}

/** Ascending bursts as stretches without a gap. */
export function runsOf(bursts: readonly number[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const burst of bursts) {
    const last = runs.at(-1);
    if (last && burst <= last.to + 1) last.to = burst;
    else runs.push({ from: burst, to: burst });
  }
  return runs;
}
