import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { encodeId } from "../genome/cortical-id.ts";
import type { SensoryFrame } from "./sensory-frame.ts";
import { isHeld, SensoryHold } from "./sensory-hold.ts";
import { SensoryIntake } from "./sensory-intake.ts";
import { SequentialIngest } from "./sequential-ingest.ts";

type GoldenFrame = [area: string, voxels: SensoryFrame["voxels"]];
const readGolden = (name: string) => JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), "utf8"));
const frameOf = ([area, voxels]: GoldenFrame): SensoryFrame => ({ area, voxels });
const golden = ({ area, voxels }: SensoryFrame): GoldenFrame => [area, voxels];

test("frames of ordered areas are queued, released, dropped and forgotten as recorded", () => {
  interface Burst {
    payloads: { source: string | null; areas: GoldenFrame[] }[];
    source_known_before: boolean[];
    left_in_payload: GoldenFrame[][];
    dropped: number;
    injected: GoldenFrame[];
    queued_after: number;
    clear?: boolean;
  }
  const { max_frames, bursts }: { max_frames: number; bursts: Burst[] } = readGolden("sequential_ingest");
  const ingest = new SequentialIngest(max_frames);
  for (const { payloads, clear, ...recorded } of bursts) {
    const droppedBefore = ingest.dropped;
    const known: boolean[] = [];
    const left = payloads.map(({ source, areas }) => {
      known.push(ingest.isOrdered(source));
      return ingest.queue(source, areas.map(frameOf)).map(golden);
    });
    const injected = ingest.release().map(golden);
    if (clear) ingest.clear();
    expect({
      source_known_before: known,
      left_in_payload: left,
      dropped: ingest.dropped - droppedBefore,
      injected,
      queued_after: ingest.queued,
    }).toEqual(recorded);
  }
});

test("held areas bridge a gap of one burst as recorded", () => {
  interface Burst {
    burst: number;
    enable?: string[];
    batches: GoldenFrame[][];
    held: GoldenFrame[];
    held_count: number;
  }
  const { bursts }: { bursts: Burst[] } = readGolden("sensory_hold");
  const hold = new SensoryHold();
  for (const { burst, enable, batches, held } of bursts) {
    if (enable) hold.hold(enable);
    const again = hold.step(
      burst,
      batches.map((batch) => batch.map(frameOf)),
    );
    expect({ burst, held: again.map(golden) }).toEqual({ burst, held });
  }
});

const idOf = (unit: string) => encodeId(`i${unit}\n\0\0\0\0`.slice(0, 8));

describe("which areas are held", () => {
  const says = (unit: string, properties = {}) => isHeld({ id: idOf(unit), properties });

  test("continuous sensors are by default, switches, text, vision and audio are not", () => {
    const continuous = ["inf", "pro", "shk", "bat", "svm", "agp", "cnt", "cpo", "rim", "sim", "mis"];
    expect(continuous.filter((unit) => !says(unit))).toEqual([]);
    expect(["dgp", "ten", "img", "svi", "dpt", "seg", "aud"].filter((unit) => says(unit))).toEqual([]);
  });

  test("an area says otherwise by its property, under either name; what is not yes or no counts as nothing said", () => {
    expect([says("img", { sensory_hold_last_frame: true }), says("bat", { snhold: false }), says("bat", { snhold: 0 })]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test("an area that is no input never is", () => {
    expect(isHeld({ id: encodeId("obat\n\0\0\0"), properties: { snhold: true } })).toBe(false);
  });
});

describe("intake", () => {
  const battery = (level: number): SensoryFrame => ({ area: idOf("bat"), voxels: [[0, 0, level, 1]] });
  const audio = (n: number): SensoryFrame => ({ area: idOf("aud"), voxels: [[n, 0, 0, 1]] });
  const at = { nowMs: 1000, periodMs: 50 };
  const sent = (source: string | null, receivedMs: number, ...frames: SensoryFrame[]) => ({ source, receivedMs, frames });

  test("of each source, and of those without a name together, the newest acts", () => {
    const intake = new SensoryIntake(10);
    const batches = intake.collect(
      [
        sent("a", 990, battery(1)),
        sent(null, 991, battery(2)),
        sent("b", 992, battery(3)),
        sent(null, 993, battery(4)),
        sent("a", 994, battery(5)),
      ],
      at,
    );
    expect(batches).toEqual([[battery(5)], [battery(4)], [battery(3)]]);
  });

  test("what is older than a period does not act, and does not stand in for something younger", () => {
    const intake = new SensoryIntake(10);
    expect(intake.collect([sent("a", 950, battery(1)), sent("a", 949, battery(2)), sent("b", 949, battery(3))], at)).toEqual([
      [battery(1)],
    ]);
  });

  test("a source is newest-wins until its first ordered frame was decoded, then every payload counts, however old", () => {
    const intake = new SensoryIntake(10);
    expect(intake.collect([sent("a", 990, audio(1)), sent("a", 991, audio(2))], at)).toEqual([[audio(2)]]);
    const later = [sent("a", 10, audio(3), battery(3)), sent("a", 11, audio(4), battery(4)), sent("a", 12, audio(5))];
    expect(intake.collect(later, at)).toEqual([[battery(4)], [audio(3)]]);
    expect(intake.collect([], at)).toEqual([[audio(4)]]);
    intake.clear();
    expect(intake.collect([sent("a", 10, audio(6))], at)).toEqual([]);
  });

  test("without queues audio is like any other input; queues of no frames are refused", () => {
    expect(new SensoryIntake(null).collect([sent("a", 990, audio(1)), sent("a", 991, audio(2), battery(1))], at)).toEqual([
      [audio(2), battery(1)],
    ]);
    expect(() => new SensoryIntake(0)).toThrow("sequential_ingest_max_frames must be a whole number above 0");
  });

  test("what is taken in and what is held act in that order: a sensor at half the rate acts in every burst", () => {
    const [intake, hold] = [new SensoryIntake(null), new SensoryHold()];
    hold.hold([idOf("bat")]);
    const acts = [1, 2, 3, 4].map((burst) => {
      const batches = intake.collect(burst % 2 === 1 ? [sent("a", 1000, battery(burst))] : [], at);
      return [...batches, hold.step(burst, batches)].flat();
    });
    expect(acts).toEqual([[battery(1)], [battery(1)], [battery(3)], [battery(3)]]);
  });
});
