import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Vec3 } from "#contracts/connectome.ts";
import {
  addSchedule,
  cleared,
  dueEntries,
  endSchedule,
  noSchedules,
  type ScheduleEntry,
  type Schedules,
  withoutAreas,
} from "./schedule.ts";

type GoldenEntry = { burst: number; areas: [area: string, voxels: [number, number, number, number][]][] };
interface GoldenStep {
  op: "add" | "burst" | "list" | "cancel" | "clear_area" | "clear_all";
  entries?: GoldenEntry[];
  repeat_period?: number;
  burst?: number;
  area?: string;
  schedule_id?: number;
  result: unknown;
}
const golden: { steps: GoldenStep[] } = JSON.parse(readFileSync(new URL("golden/stimulus_schedule.json", import.meta.url), "utf8"));

const entryOf = ({ burst, areas }: GoldenEntry): ScheduleEntry => ({
  burst,
  areas: areas.map(([area, voxels]) => ({ area, voxels: voxels.map(([x, y, z]): Vec3 => [x, y, z]) })),
});
const goldenEntry = ({ burst, areas }: ScheduleEntry): GoldenEntry => ({
  burst,
  areas: areas.map(({ area, voxels }) => [area, voxels.map(([x, y, z]) => [x, y, z, 100])]),
});

test("schedules are accepted, refused, fired, repeated and cleared as recorded", () => {
  let schedules: Schedules = noSchedules;
  const attempt = (step: GoldenStep): unknown => {
    try {
      const added = addSchedule(schedules, step.entries!.map(entryOf), step.repeat_period ?? null);
      schedules = added.schedules;
      const { id, start, end } = added.schedule;
      return { schedule_id: id, start_burst: start, end_burst: end };
    } catch {
      return null;
    }
  };
  const run = (step: GoldenStep): unknown => {
    switch (step.op) {
      case "add":
        return attempt(step);
      case "burst": {
        const fired = dueEntries(schedules, step.burst!);
        schedules = fired.schedules;
        return fired.due.map(goldenEntry);
      }
      case "list":
        return schedules.list.map(({ id, start, end, period, entries }) => ({
          schedule_id: id,
          start_burst: start,
          end_burst: end,
          remaining_entries: entries.length,
          next_burst: entries[0]!.burst,
          repeat_period: period,
        }));
      case "cancel": {
        const ended = endSchedule(schedules, step.schedule_id!, -1);
        schedules = ended ?? schedules;
        return ended !== undefined;
      }
      case "clear_area":
        schedules = withoutAreas(schedules, (area) => area === step.area);
        return null;
      case "clear_all":
        schedules = cleared(schedules);
        return null;
    }
  };
  for (const [i, step] of golden.steps.entries()) expect({ i, result: run(step) }).toEqual({ i, result: step.result });
});

const at = (burst: number, area = "a"): ScheduleEntry => ({ burst, areas: [{ area, voxels: [[0, 0, 0]] }] });

test("a request without entries, or with an entry of no voxel, is refused and changes nothing", () => {
  expect(() => addSchedule(noSchedules, [], null)).toThrow("entries must hold at least one");
  expect(() => addSchedule(noSchedules, [at(1), { burst: 2, areas: [{ area: "a", voxels: [] }] }], null)).toThrow(
    "entries.1 stimulates no voxel",
  );
  expect(() => addSchedule(noSchedules, [at(4), at(9)], 5)).toThrow("period must be longer than the 6 bursts");
  expect(noSchedules).toEqual({ nextId: 1, list: [] });
});

test("entries of one burst keep their order, and schedules theirs", () => {
  const first = addSchedule(noSchedules, [at(2, "a"), at(1, "b"), at(2, "c")], null).schedules;
  const both = addSchedule(first, [at(1, "d")], null).schedules;
  expect(dueEntries(both, 5).due.map(({ areas }) => areas[0]!.area)).toEqual(["b", "a", "c", "d"]);
});

test("run burst by burst, every entry fires in exactly its slots, whatever the schedule", () => {
  const request = fc.record({
    bursts: fc.array(fc.nat(6), { minLength: 1, maxLength: 5 }),
    extra: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
  });
  fc.assert(
    fc.property(request, ({ bursts, extra }) => {
      const period = extra === null ? null : Math.max(...bursts) - Math.min(...bursts) + extra;
      let { schedules } = addSchedule(
        noSchedules,
        bursts.map((burst) => at(burst)),
        period,
      );
      for (let burst = 0; burst < 40; burst++) {
        const fired = dueEntries(schedules, burst);
        schedules = fired.schedules;
        const expected = bursts.filter((first) => burst === first || (period !== null && burst > first && (burst - first) % period === 0));
        expect(fired.due.map((entry) => entry.burst)).toEqual(expected.map(() => burst));
      }
      expect(schedules.list.length).toBe(period === null ? 0 : 1);
    }),
  );
});

test("one told to end fires up to that burst and is gone", () => {
  const { schedules } = addSchedule(noSchedules, [at(1), at(2)], 2);
  let ended = endSchedule(schedules, 1, 4)!;
  const fired: number[] = [];
  for (let burst = 1; burst < 9; burst++) {
    const due = dueEntries(ended, burst);
    ended = due.schedules;
    fired.push(...due.due.map((entry) => entry.burst));
  }
  expect([fired, ended.list]).toEqual([[1, 2, 3, 4], []]);
});
