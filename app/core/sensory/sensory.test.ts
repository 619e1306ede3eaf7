import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { encodeId } from "../genome/cortical-id.ts";
import { type Hold, hold, noSensory, release, type Sensory, sense, spent, withoutSenses } from "./sensory.ts";
import type { SensoryFrame } from "./sensory-frame.ts";
import { isHeld, type LastFrame, repeatLast } from "./sensory-hold.ts";
import { collect, isStale } from "./sensory-intake.ts";
import { isOrdered, noQueues, QUEUED_FRAMES, queueFrames, releaseFrames } from "./sequential-ingest.ts";

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
  let queues = noQueues;
  for (const { payloads, clear, ...recorded } of bursts) {
    const droppedBefore = queues.dropped;
    const known: boolean[] = [];
    const left = payloads.map(({ source, areas }) => {
      known.push(isOrdered(queues, source));
      const queued = queueFrames(queues, source, areas.map(frameOf), max_frames);
      queues = queued.queues;
      return queued.rest.map(golden);
    });
    const released = releaseFrames(queues);
    queues = clear ? noQueues : released.queues;
    expect({
      source_known_before: known,
      left_in_payload: left,
      dropped: released.queues.dropped - droppedBefore,
      injected: released.frames.map(golden),
      queued_after: queues.list.reduce((sum, { frames }) => sum + frames.length, 0),
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
  let held: ReadonlySet<string> = new Set();
  let last: LastFrame[] = [];
  for (const { burst, enable, batches, held: recorded } of bursts) {
    if (enable) held = new Set(enable);
    const repeated = repeatLast(last, { burst, frames: batches.flat().map(frameOf), held });
    last = repeated.last;
    expect({ burst, held: repeated.again.map(({ frame }) => golden(frame)) }).toEqual({ burst, held: recorded });
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

const battery = (level: number): SensoryFrame => ({ area: idOf("bat"), voxels: [[0, 0, level, 1]] });
const camera = (level: number): SensoryFrame => ({
  area: idOf("img"),
  voxels: [
    [level, 0, 0, 1],
    [level, 1, 0, 1],
  ],
});
const audio = (n: number): SensoryFrame => ({ area: idOf("aud"), voxels: [[n, 0, 0, 1]] });

describe("intake", () => {
  const sent = (source: string | null, ...frames: SensoryFrame[]) => ({ source, burst: 1, frames });

  test("of each source, and of those without a name together, the newest acts", () => {
    const payloads = [
      ...[sent("a", battery(1)), sent(null, battery(2)), sent("b", battery(3))],
      ...[sent(null, battery(4)), sent("a", battery(5))],
    ];
    expect(collect(payloads, noQueues).batches).toEqual([[battery(5)], [battery(4)], [battery(3)]]);
  });

  test("a source is newest-wins until its first ordered frame was decoded, then every payload counts, however old", () => {
    const first = collect([sent("a", audio(1)), sent("a", audio(2))], noQueues);
    expect(first.batches).toEqual([[audio(2)]]);
    expect(["a", "b"].map((source) => isStale({ source, ageMs: 1000 }, first.queues, 50))).toEqual([false, true]);
    expect(isStale({ source: "b", ageMs: 50 }, first.queues, 50)).toBe(false);
    const later = collect([sent("a", audio(3), battery(3)), sent("a", audio(4), battery(4)), sent("a", audio(5))], first.queues);
    expect(later.batches).toEqual([[battery(4)], [audio(3)]]);
    expect(collect([], later.queues).batches).toEqual([[audio(4)]]);
  });

  test("a queue never holds more than it may", () => {
    const many = Array.from({ length: 3 * QUEUED_FRAMES }, (_, n) => audio(n));
    const { queues } = queueFrames(noQueues, null, many);
    expect([queues.list[0]!.frames.length, queues.dropped]).toEqual([QUEUED_FRAMES, 2 * QUEUED_FRAMES]);
  });
});

describe("what acts in a burst", () => {
  const lastHeld = new Set([idOf("bat")]);
  const run = (start: Sensory, bursts: number, from = 1) => {
    let sensory = start;
    const acts: SensoryFrame[][] = [];
    for (let burst = from; burst < from + bursts; burst++) {
      const sensed = sense(sensory, burst, lastHeld);
      sensory = sensed.sensory;
      acts.push(sensed.acting.map(({ frame }) => frame));
    }
    return { acts, sensory };
  };
  const sent = (burst: number, ...frames: SensoryFrame[]) => ({ source: "a", burst, frames });
  const holding = (frame: SensoryFrame, from: number, until: Hold["until"] = null) => hold(noSensory, { frame, from, until });

  test("is what came and, over a gap of one burst, the last frame: a sensor at half the rate acts in every burst", () => {
    const waiting = [sent(1, battery(1), camera(1)), sent(3, battery(3))];
    const { acts, sensory } = run({ ...noSensory, waiting }, 6);
    expect(acts).toEqual([[battery(1), camera(1)], [battery(1)], [battery(3)], [battery(3)], [], []]);
    expect(sensory).toEqual(noSensory);
  });

  test("is what somebody holds, from its burst to its last, or until it is released", () => {
    expect(run(holding(camera(1), 2, 3), 5).acts).toEqual([[], [camera(1)], [camera(1)], [], []]);
    const held = run(holding(camera(1), 1), 2).sensory;
    expect(run(release(held, camera(1).area, 3), 3, 3).acts).toEqual([[camera(1)], [], []]);
  });

  test("a held frame gives way to the next that is held or sent for its area, not to an empty one nor to another area's", () => {
    const twice = hold(holding(camera(1), 1), { frame: camera(2), from: 3, until: null });
    expect(run(twice, 4).acts).toEqual([[camera(1)], [camera(1)], [camera(2)], [camera(2)]]);
    const empty = { ...camera(9), voxels: [] };
    const waiting = [sent(1, empty, audio(1)), sent(3, camera(3))];
    expect(run({ ...holding(camera(1), 1), waiting }, 4).acts).toEqual([[empty, audio(1), camera(1)], [camera(1)], [camera(3)], []]);
  });

  test("of a hold and a frame for the same burst the later one counts", () => {
    const sentFirst = hold({ ...noSensory, waiting: [sent(1, camera(1), battery(1))] }, { frame: camera(2), from: 1, until: null });
    expect(run(sentFirst, 2).acts).toEqual([
      [battery(1), camera(2)],
      [battery(1), camera(2)],
    ]);
    const heldFirst = { ...holding(camera(2), 1), waiting: [sent(1, camera(1))] };
    expect(run(heldFirst, 2).acts).toEqual([[camera(1)], []]);
  });

  test("an area with a held frame does not repeat its last one too", () => {
    const waiting = [sent(1, battery(1))];
    expect(run({ ...holding(battery(7), 2), waiting }, 3).acts).toEqual([[battery(1)], [battery(7)], [battery(7)]]);
  });

  test("nothing new leaves the very same state, so that a recording keeps it once", () => {
    const held = holding(camera(1), 1);
    expect(sense(held, 5, lastHeld).sensory).toBe(held);
    expect(sense(noSensory, 5, lastHeld).sensory).toBe(noSensory);
  });

  test("of areas that are gone everything is forgotten", () => {
    const { queues } = queueFrames(noQueues, null, [audio(1), audio(2)]);
    const all: Sensory = { ...holding(camera(1), 1), last: [{ burst: 1, frame: battery(1) }], queues };
    const left = withoutSenses(all, (area) => area !== idOf("bat"));
    expect([left.holds, left.queues.list, left.last.length]).toEqual([[], [], 1]);
    expect(withoutSenses(all, () => false)).toBe(all);
  });

  test("what is kept of a burst that has run leaves the same for later, with less in it", () => {
    const waiting = [sent(1, camera(1), battery(1), audio(1), audio(2)), sent(4, camera(4))];
    const before: Sensory = { ...holding(camera(7), 1), waiting };
    const kept = spent(before, 1, lastHeld);
    expect(sense(kept, 1, lastHeld).sensory).toEqual(sense(before, 1, lastHeld).sensory);
    expect([kept.waiting[0]!.frames[0]!.voxels.length, kept.waiting[1]]).toEqual([1, waiting[1]]);
  });
});
