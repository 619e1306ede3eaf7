import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { firedIds, frameWord } from "#contracts/frame.ts";
import { patchOp } from "#contracts/patch.ts";
import { framePrefixWords } from "#contracts/wire.ts";
import { grown } from "#core/development/grow.ts";
import { endingHash } from "#core/engine/snapshot-sections.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { addSchedule, noSchedules } from "#core/stimulation/schedule.ts";
import { Stimuli } from "./stimuli.ts";
import { closeTestLabs, inputArea, labWith, sample, type TestLab, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

const step = (lab: TestLab, bursts: number) => lab.call("brain", "step", { bursts });
const schedules = (lab: TestLab) => lab.call("stimulus", "schedules", {});

async function stateHash(lab: TestLab): Promise<bigint> {
  await lab.call("brain", "checkpoint", {});
  return endingHash(lab.ports.checkpoints.newest()!.parts.engine);
}

/** In which of the coming bursts a neuron fires. */
async function firesOf(lab: TestLab, neuron: number, bursts: number): Promise<number[]> {
  const fired = new Set<number>();
  const { burst: from } = await lab.call("brain", "status", {});
  const feed = lab.lab.openFrames((message) => {
    const frame = new Uint32Array(message).subarray(framePrefixWords);
    if (firedIds(frame).includes(neuron)) fired.add(frame[frameWord.burst]!);
  });
  for (let i = 0; i < bursts; i++) {
    // One for a frame that waited.
    feed.credit(2);
    await step(lab, 1);
  }
  feed.close();
  return [...fired].filter((burst) => burst > from);
}

async function scheduled(offsets: number[], periodBursts: number | null = null) {
  const lab = await labWith("essential");
  const area = await inputArea(lab);
  await step(lab, 5);
  const entries = offsets.map((burstOffset) => ({
    burstOffset,
    areas: [{ area: area.id, voxels: [[0, 0, 0] as [number, number, number]] }],
  }));
  const accepted = await lab.call("stimulus", "schedule", { entries, periodBursts });
  return { lab, area, accepted, neuron: area.firstNeuron + area.neuronsPerVoxel - 1, entries };
}

test("scheduled voxels are forced to fire in their bursts, counted from the next", async () => {
  const { lab, neuron, accepted } = await scheduled([0, 3]);
  expect(accepted).toEqual({ id: 1, startBurst: 6, endBurst: 9 });
  expect(await schedules(lab)).toEqual([{ ...accepted, remaining: 2, nextBurst: 6, periodBursts: null }]);
  expect(await firesOf(lab, neuron, 6)).toEqual([6, 9]);
  expect(await schedules(lab)).toEqual([]);
});

test("one that repeats fires until it is removed", async () => {
  const { lab, neuron, accepted } = await scheduled([1], 4);
  expect(accepted.endBurst).toBeNull();
  expect(await firesOf(lab, neuron, 10)).toEqual([7, 11, 15]);
  expect(await lab.call("stimulus", "unschedule", { id: 1 })).toEqual([]);
  expect(await firesOf(lab, neuron, 10)).toEqual([]);
  await expect(lab.call("stimulus", "unschedule", { id: 1 })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
});

test("a schedule tells all it fires, and one that replaces it ends it with the same burst", async () => {
  const { lab, area, neuron, entries } = await scheduled([0, 2], 5);
  await step(lab, 1);
  const at = [{ area: area.id, voxels: [[0, 0, 0]] }];
  expect((await lab.call("stimulus", "getSchedule", { id: 1 })).entries).toEqual([
    { burst: 8, areas: at },
    { burst: 11, areas: at },
  ]);
  const refused = lab.call("stimulus", "schedule", { entries, periodBursts: 1, replaces: 1 });
  await expect(refused).rejects.toMatchObject({ code: "E_INVALID" });
  await expect(lab.call("stimulus", "schedule", { entries, replaces: 7 })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  expect((await schedules(lab)).map(({ id }) => id)).toEqual([1]);
  expect(await lab.call("stimulus", "schedule", { entries, replaces: 1 })).toMatchObject({ id: 2, startBurst: 7 });
  expect((await schedules(lab)).map(({ id }) => id)).toEqual([2]);
  expect(await firesOf(lab, neuron, 8)).toEqual([7, 9]);
  await expect(lab.call("stimulus", "getSchedule", { id: 1 })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
});

test("what cannot be scheduled is refused with its place, and nothing of it is kept", async () => {
  const { lab, area } = await scheduled([0]);
  const attempt = (entries: unknown, periodBursts: number | null = null) =>
    lab.call("stimulus", "schedule", { entries, periodBursts } as never);
  const at = (id: string, voxel: number[]) => [{ burstOffset: 2, areas: [{ area: id, voxels: [voxel] }] }];
  for (const [given, path] of [
    [[[]], "entries"],
    [[at(Buffer.from("cnobody_").toString("base64"), [0, 0, 0])], "entries.0.areas.0.area"],
    [[at(area.id, [0, -1, 0])], "entries.0.areas.0.voxels.0.1"],
    [[at(area.id, [0, 0])], "entries.0.areas.0.voxels.0"],
    [[[{ burstOffset: 0, areas: [{ area: area.id, voxels: [] }] }]], "entries.0"],
    [[at(area.id, [0, 0, 0]), 0], "periodBursts"],
    [[at(area.id, [0, 0, 0]), 2], "periodBursts"],
  ] as const) {
    await expect(attempt(given[0], given[1] ?? null)).rejects.toMatchObject({ code: "E_INVALID", details: { issues: [{ path }] } });
  }
  expect(await schedules(lab)).toHaveLength(1);
});

test("a new brain has no schedules, and ids go on", async () => {
  const { lab, entries } = await scheduled([3]);
  await lab.call("genome", "load", { path: sample("essential") });
  expect(await schedules(lab)).toEqual([]);
  expect(await lab.call("stimulus", "schedule", { entries, periodBursts: null })).toMatchObject({ id: 2, startBurst: 4 });
});

test("going back in time brings the schedule back as it stood after that burst", async () => {
  const { lab, neuron } = await scheduled([0, 2], 5);
  await step(lab, 3);
  const later = await stateHash(lab);
  expect(await firesOf(lab, neuron, 6)).toEqual([11, 13]);
  await lab.call("time", "goTo", { burst: 6 });
  expect(await schedules(lab)).toMatchObject([{ nextBurst: 8 }]);
  await step(lab, 2);
  expect(await stateHash(lab)).toBe(later);
  await lab.call("time", "goTo", { burst: 5 });
  expect(await firesOf(lab, neuron, 3)).toEqual([]);
});

test("after a crash the schedules of the checkpoint and those begun and ended after it fire in the same bursts again", async () => {
  const { lab, entries, neuron } = await scheduled([0, 1], 4);
  await step(lab, 1);
  await lab.call("brain", "checkpoint", {});
  await step(lab, 2);
  await lab.call("stimulus", "schedule", { entries, periodBursts: 2 });
  const fires = await firesOf(lab, neuron, 6);
  await lab.call("stimulus", "unschedule", { id: 2 });
  fires.push(...(await firesOf(lab, neuron, 8)));
  const left = await schedules(lab);
  lab.kill();
  const again = await testLab({ folder: lab.folder });
  await again.lab.recover();
  await step(again, 2);
  expect(await firesOf(again, neuron, 14)).toEqual(fires);
  expect(fires).toEqual([9, 10, 11, 12, 13, 14, 15, 18, 19, 22]);
  expect(await schedules(again)).toEqual(left);
});

test("what was meant for an area that is gone is gone too, and the rest of its schedule stays", () => {
  const parsed = parseGenome(readFileSync(sample("essential"), "utf8"));
  if (!parsed.ok) throw new Error("the sample does not parse");
  const connectome = grown(parsed.genome);
  const [kept, gone] = [...connectome.areas.keys()].slice(-2) as [string, string];
  const at = (area: string) => ({ area, voxels: [[0, 0, 0]] as [number, number, number][] });
  const added = addSchedule(
    noSchedules,
    [
      { burst: 1, areas: [at(gone), at(kept)] },
      { burst: 2, areas: [at(gone)] },
    ],
    null,
  );
  const stimuli = new Stimuli({ schedules: added.schedules });
  const areas = new Map([...connectome.areas].filter(([id]) => id !== gone));
  const patch = stimuli.patchOf(1, { ...connectome, areas });
  expect(Array.from(patch.subarray(0, 6))).toEqual([patchOp.forceFire, 5, areas.get(kept)!.index, 0, 0, 0]);
  expect([patch.length, stimuli.input.schedules.list]).toEqual([7, []]);
});
