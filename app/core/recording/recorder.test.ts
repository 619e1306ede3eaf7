import { describe, expect, test } from "vitest";
import { frameWord } from "#contracts/frame.ts";
import { patchOp } from "#contracts/patch.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { tinyNetwork } from "../engine/testing/tiny-network.ts";
import { KEYFRAME_BURSTS, type Recorder } from "./recorder.ts";
import { type Life, life } from "./testing/lives.ts";
import { memoryVault } from "./testing/memory-vault.ts";

const BURSTS = 2 * KEYFRAME_BURSTS + 60;

async function hashAt(recorder: Recorder, burst: number): Promise<bigint> {
  const engine = await recorder.engineAt(burst);
  const hash = engine.stateHash();
  engine.dispose();
  return hash;
}

async function expectPast({ recorder, hashes }: Life, bursts: number[], when: string): Promise<void> {
  for (const burst of bursts) expect(await hashAt(recorder, burst), `burst ${burst}, ${when}`).toBe(hashes.get(burst));
}

const some = (recorder: Recorder): number[] => {
  const { first, last } = recorder;
  return [first - 1, first, first + 7, KEYFRAME_BURSTS, KEYFRAME_BURSTS + 1, last - 31, last].filter((b) => b >= first - 1 && b <= last);
};

describe("seeking", () => {
  test("gives the state of the run that never stopped, with edits, learning and memory neurons", async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const brain = life(seed);
      brain.live(BURSTS, 0.08);
      await expectPast(brain, some(brain.recorder), `seed ${seed}`);
      expect(await brain.recorder.verify(1, BURSTS)).toBe(BURSTS);
      await brain.recorder.settled();
      await expectPast(brain, some(brain.recorder), `packed, seed ${seed}`);
    }
  });

  test("gives it of a brain with modulators, homeostats, trains, watches and associative memory", async () => {
    for (let seed = 1; seed <= 3; seed++) {
      const brain = life(seed, {}, createReferenceEngine, "extended");
      brain.live(BURSTS, 0.08);
      await expectPast(brain, some(brain.recorder), `seed ${seed}`);
    }
  });

  test("again and again, in any order, gives it too, and from then on replays a few bursts only", async () => {
    let replayed = 0;
    const follower = { begin() {}, ran: () => void replayed++, save: () => new Uint8Array(0) };
    for (const editShare of [0, 0.01]) {
      const brain = life(3, {}, createReferenceEngine, "extended");
      brain.live(KEYFRAME_BURSTS - 1, editShare);
      const at = async (burst: number) => {
        const before = replayed;
        const engine = await brain.recorder.engineAt(burst, undefined, follower);
        expect(engine.stateHash(), `burst ${burst}, edits ${editShare}`).toBe(brain.hashes.get(burst));
        engine.dispose();
        return replayed - before;
      };
      const wide = await at(250);
      const again: number[] = [];
      for (const burst of [249, 31, 33, 250, 128, 100, 249]) again.push(await at(burst));
      if (editShare > 0) continue;
      expect(wide).toBe(250);
      expect(Math.max(...again)).toBeLessThan(32);
    }
  });

  test("after a future was given up, nothing of it is left to step on", async () => {
    const brain = life(6);
    brain.live(200, 0);
    await hashAt(brain.recorder, 200);
    const engine = await brain.recorder.engineAt(70);
    brain.recorder.standAt(engine);
    const frame = new Uint32Array(engine.frameWords);
    for (let n = 0; n < 100; n++) brain.recorder.burst(engine, frame.subarray(0, engine.burstIntoSync(frame)));
    expect(await hashAt(brain.recorder, 170)).toBe(engine.stateHash());
  });

  test("gives it of a brain whose synapses and memory neurons come and go all the time", async () => {
    for (let seed = 1; seed <= 3; seed++) {
      const brain = life(seed, {}, createReferenceEngine, "churned");
      const before = brain.engine.synapseSlots;
      brain.live(BURSTS);
      expect(brain.engine.synapseSlots - before).toBeLessThan(BURSTS / 2);
      await expectPast(brain, some(brain.recorder), `seed ${seed}`);
      expect(await brain.recorder.verify(1, BURSTS)).toBe(BURSTS);
    }
  });

  test("gives it from disk too", async () => {
    const vault = memoryVault();
    const brain = life(2, { vault, limits: { ramBytes: 150_000, diskBytes: 1 << 30 } });
    for (let n = 0; n < 6 * 8; n++) {
      brain.live(KEYFRAME_BURSTS / 8, 0.01);
      await brain.recorder.settled();
    }
    expect(brain.recorder.first).toBe(1);
    expect(vault.files.size).toBeGreaterThan(2);
    expect(brain.recorder.summary().diskBytes).toBe([...vault.files.values()].reduce((sum, { length }) => sum + length, 0));
    await expectPast(brain, [0, 1, 100, KEYFRAME_BURSTS + 3, 2 * KEYFRAME_BURSTS, 6 * KEYFRAME_BURSTS], "from disk");
    const { memoryFirst, keyframes, last } = brain.recorder.summary();
    expect(keyframes).toContain(memoryFirst - 1);
    expect(memoryFirst).toBeGreaterThan(1);
    expect(memoryFirst).toBeLessThanOrEqual(last);
    expect((await brain.recorder.recorded(40)).burst).toBe(40);
    expect(await brain.recorder.verify(1, brain.recorder.last)).toBe(6 * KEYFRAME_BURSTS);
  });

  test("keeps the bursts as they were: patches in order, and the frame", async () => {
    const brain = life(5);
    brain.live(20);
    const [a, b] = [Uint32Array.of(patchOp.setPowerAmount, 1, 0x3f000000), Uint32Array.of(patchOp.setFatigueActive, 1, 1)];
    brain.apply(a);
    brain.apply(b);
    brain.live(1, 0);
    const { burst, patches, frame } = await brain.recorder.recorded(21);
    expect(burst).toBe(21);
    expect(patches.slice(0, 2)).toEqual([a, b]);
    expect(frame[frameWord.burst]).toBe(21);
    expect(frame[frameWord.totalWords]).toBe(frame.length);
  });

  test("outside of what is recorded is not found", async () => {
    const brain = life(2);
    expect(brain.recorder.last).toBeLessThan(brain.recorder.first);
    expect(await hashAt(brain.recorder, 0)).toBe(brain.hashes.get(0));
    brain.live(3);
    await expect(brain.recorder.engineAt(4)).rejects.toMatchObject({ code: "E_NOT_FOUND", details: { first: 1, last: 3 } });
    expect(() => brain.recorder.recorded(0)).toThrow("Burst 0 is not recorded; bursts 1 to 3 are");
  });

  test("can be cancelled", async () => {
    const brain = life(2);
    brain.live(30);
    await expect(brain.recorder.engineAt(20, { aborted: true })).rejects.toMatchObject({ code: "E_CANCELLED" });
  });

  test("gives the event loop its turns", async () => {
    let breaths = 0;
    const brain = life(4, { breathe: async () => void breaths++ });
    brain.live(200, 0);
    await hashAt(brain.recorder, 200);
    expect(breaths).toBeGreaterThan(5);
  });
});

describe("what does not repeat", () => {
  test("a patch that was tampered with shows as a divergence at its burst", async () => {
    const brain = life(7);
    brain.live(40, 0);
    const record = await brain.recorder.recorded(25);
    const patch = record.patches.find((words) => words[0] === patchOp.stageInput && words.length > 4)!;
    patch[1] = 2;
    await expect(hashAt(brain.recorder, 24)).resolves.toBe(brain.hashes.get(24));
    await expect(brain.recorder.engineAt(40)).rejects.toMatchObject({ code: "E_DIVERGED", details: { burst: 25 } });
  });

  test("a spike that was not so shows as a divergence that names the neuron", async () => {
    const brain = life(7);
    brain.live(40, 0);
    const burst = [...Array(40).keys()]
      .map((n) => n + 1)
      .find((n) => (brain.recorder.recorded(n) as { frame: Uint32Array }).frame[frameWord.fired]! > 0)!;
    const { frame } = await brain.recorder.recorded(burst);
    // Another base of the first area's section: all its ids move by one.
    frame[15]!++;
    await expect(brain.recorder.engineAt(burst)).rejects.toThrow(new RegExp(`^Replay diverged at burst ${burst}: neuron \\d+ fired`));
  });

  test("a weight that was learned otherwise shows", async () => {
    const brain = [...Array(30).keys()].map((seed) => life(seed + 1)).find(learner)!;
    const { recorder } = brain;
    const burst = [...Array(recorder.last).keys()].map((n) => n + 1).find((n) => learned(recorder, n))!;
    (recorder.recorded(burst) as { weights: { weight: Float32Array } }).weights.weight[0]! += 0.5;
    await expect(recorder.engineAt(burst)).rejects.toThrow(/the weight/);
  });
});

function learned(recorder: Recorder, burst: number): boolean {
  const record = recorder.recorded(burst) as { weights: { slot: Uint32Array } | null };
  return (record.weights?.slot.length ?? 0) > 0;
}

function learner(brain: Life): boolean {
  brain.live(20, 0.1);
  return [...Array(20).keys()].some((n) => learned(brain.recorder, n + 1));
}

describe("keyframes", () => {
  test("come every 256 bursts where their bytes allow it, later where they do not", () => {
    const brain = life(8);
    brain.live(3 * KEYFRAME_BURSTS, 0);
    expect(brain.recorder.summary().keyframes).toEqual([0, 1, 2, 3].map((n) => n * KEYFRAME_BURSTS));
  });

  test("are no rarer for a build that stays as it is, and are while it changes", () => {
    for (const [isEdited, keyframes] of [
      [false, [0, KEYFRAME_BURSTS, 2 * KEYFRAME_BURSTS]],
      [true, [0, 457]],
    ] as const) {
      const brain = life(8);
      const engine = createReferenceEngine();
      engine.load(
        tinyNetwork(
          Array.from({ length: 120_000 }, () => ({})),
          [],
        ),
      );
      const { recorder } = brain;
      recorder.begin(engine);
      const frame = new Uint32Array(engine.frameWords);
      const edit = Uint32Array.of(patchOp.areaRefractory, 2, 7, 1);
      for (let burst = 1; burst <= 2 * KEYFRAME_BURSTS; burst++) {
        if (isEdited) {
          engine.apply(edit);
          recorder.patched(edit);
        }
        const words = engine.burstIntoSync(frame);
        frame[frameWord.engineNanos] = 4_000_000_000;
        recorder.burst(engine, frame.subarray(0, words));
      }
      expect(recorder.summary().keyframes).toEqual(keyframes);
    }
  });

  test("come sooner where the bursts between them would fill the ring", () => {
    const brain = life(8, { limits: { ramBytes: 1 << 16, diskBytes: 0 } });
    brain.live(KEYFRAME_BURSTS, 0);
    expect(brain.recorder.summary().keyframes.length).toBeGreaterThan(2);
  });

  test("wait while taking them would cost more than their share of the engine's time", () => {
    let ms = 0;
    const brain = life(8, { nowMs: () => (ms += 1e6) });
    brain.live(3 * KEYFRAME_BURSTS, 0);
    expect(brain.recorder.summary().keyframes).toEqual([0]);
  });

  test("come with a state that was put in place of another; the one before it can be had still", async () => {
    const brain = life(11);
    brain.live(30);
    const before = brain.engine.stateHash();
    const other = life(12);
    other.live(30);
    brain.engine.restore(other.engine.snapshot());
    brain.recorder.replaced(brain.engine);
    brain.live(5, 0);
    expect(brain.recorder.summary().keyframes).toEqual([0, 30]);
    expect(await hashAt(brain.recorder, 30)).toBe(before);
    expect(await hashAt(brain.recorder, 35)).toBe(brain.hashes.get(35));
    expect(await brain.recorder.verify(1, 35)).toBe(35);
  });
});

describe("the ring", () => {
  test("stays within its memory and drops the oldest whole, from a keyframe on", async () => {
    const limits = { ramBytes: 150_000, diskBytes: 0 };
    const brain = life(2, { vault: memoryVault({ hasDisk: false }), limits });
    for (let n = 0; n < 40; n++) {
      brain.live(64, 0.01);
      await brain.recorder.settled();
      const { ramBytes, first, last, keyframes } = brain.recorder.summary();
      if (keyframes.length > 1) expect(ramBytes).toBeLessThanOrEqual(limits.ramBytes);
      expect(first).toBe(keyframes[0]! + 1);
      expect(last).toBe((n + 1) * 64);
    }
    expect(brain.recorder.first).toBeGreaterThan(1);
    await expectPast(brain, some(brain.recorder), "after drops");
  });

  test("stays within its disk, and removes the files of what it drops", async () => {
    const vault = memoryVault();
    const limits = { ramBytes: 150_000, diskBytes: 150_000 };
    const brain = life(2, { vault, limits });
    for (let n = 0; n < 80; n++) {
      brain.live(32, 0.01);
      await brain.recorder.settled();
      expect(brain.recorder.summary().diskBytes).toBeLessThanOrEqual(limits.diskBytes);
      expect([...vault.files.values()].reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(limits.diskBytes);
    }
    expect(brain.recorder.first).toBeGreaterThan(1);
    await expectPast(brain, some(brain.recorder), "after drops");
    await brain.recorder.drop();
    expect(vault.files.size).toBe(0);
  });

  test("goes on in memory when the disk refuses, and says so once", async () => {
    const vault = memoryVault();
    vault.disk!.write = () => Promise.reject(new Error("disk full"));
    const lost: unknown[] = [];
    const brain = life(2, { vault, limits: { ramBytes: 150_000, diskBytes: 1 << 20 }, onDiskLost: (error) => lost.push(error) });
    for (let n = 0; n < 40; n++) {
      brain.live(32, 0.01);
      await brain.recorder.settled();
    }
    expect(lost).toHaveLength(1);
    await expectPast(brain, some(brain.recorder), "without a disk");
    expect(brain.recorder.summary().memoryFirst).toBe(brain.recorder.first);
  });
});

describe("going back", () => {
  test("later bursts stay until the brain runs on; then they are another future", async () => {
    const brain = life(9);
    brain.live(300, 0.02);
    const back = await brain.recorder.engineAt(120);
    brain.engine.restore(back.snapshot());
    back.dispose();
    brain.recorder.standAt(brain.engine);
    expect(brain.recorder).toMatchObject({ last: 300, at: 120 });
    await expectPast(brain, [119, 120, 121, 300], "standing at 120");
    const old = brain.hashes.get(300);
    brain.live(40, 0.5);
    expect(brain.recorder.last).toBe(160);
    await expectPast(brain, [0, 60, 119, 120, 121, 150, 160], "in the new future");
    brain.live(140, 0.1);
    expect(brain.hashes.get(300)).not.toBe(old);
    expect(await brain.recorder.verify(1, 300)).toBe(300);
  });

  test("before the first recorded burst and at a keyframe works as anywhere", async () => {
    for (const burst of [0, KEYFRAME_BURSTS]) {
      const brain = life(9);
      brain.live(KEYFRAME_BURSTS + 20, 0.02);
      const back = await brain.recorder.engineAt(burst);
      brain.engine.restore(back.snapshot());
      brain.recorder.standAt(brain.engine);
      brain.live(10, 0.3);
      await expectPast(brain, [burst, burst + 1, burst + 10], `after ${burst}`);
      expect(brain.recorder.last).toBe(burst + 10);
    }
  });
});

describe("keeping", () => {
  test("a stretch that was kept is told and repeated in another recorder, from its keyframes too", async () => {
    for (const editShare of [0, 0.02]) {
      const brain = life(4, {}, createReferenceEngine, "extended");
      brain.live(BURSTS, editShare);
      const [first, last] = [31, BURSTS - 5];
      const kept = await brain.recorder.keep(first, last, 1 << 30);
      // Edits give later keyframes another wiring; those are told again by a replay.
      if (editShare === 0) expect(kept.keyframes.map(({ start }) => start)).toEqual([KEYFRAME_BURSTS, 2 * KEYFRAME_BURSTS]);
      const { recorder } = life(9);
      recorder.open(await brain.recorder.engineAt(first - 1), kept);
      expect([recorder.first, recorder.last, recorder.at]).toEqual([first, last, first - 1]);
      for (const burst of [first - 1, first, 200, KEYFRAME_BURSTS, 2 * KEYFRAME_BURSTS + 9, last])
        expect(await hashAt(recorder, burst), `burst ${burst}`).toBe(brain.hashes.get(burst));
      expect(await recorder.verify(first, last)).toBe(last - first + 1);
    }
  });

  test("what has no room in a file is refused with what would have", async () => {
    const brain = life(4);
    brain.live(60, 0);
    await expect(brain.recorder.keep(1, 60, 2000)).rejects.toMatchObject({
      code: "E_CONFLICT",
      advice: expect.stringMatching(/1 to \d+ fit/),
    });
    await expect(brain.recorder.keep(1, 61, 1 << 30)).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });
});
