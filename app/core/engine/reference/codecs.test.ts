import fc from "fast-check";
import { expect, test } from "vitest";
import {
  encodingBitset,
  encodingVarint,
  firedIds,
  frameCapacityWords,
  frameWord,
  readFrameHeader,
  readFrameSections,
} from "#contracts/frame.ts";
import { NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { burst, patchOf, stage, tinyNetwork } from "../testing/tiny-network.ts";
import { FrameWriter } from "./frame-writer.ts";
import { NetworkState } from "./network-state.ts";
import { checkPatch } from "./patch-check.ts";
import { createReferenceEngine } from "./reference-engine.ts";
import { decodeSnapshot, encodeSnapshot } from "./snapshot-codec.ts";

/** A state of `areaOf.length` neurons in which the given ids fired. */
function stateThatFired(areaOf: number[], ids: number[]): NetworkState {
  const state = new NetworkState(false, false);
  state.neurons.reserve(areaOf.length);
  state.neurons.count = areaOf.length;
  state.neurons.area.set(areaOf);
  state.fitToNeurons();
  for (const id of ids) state.fired.push(id, 1);
  return state;
}

const counts = { processed: 5, refractory: 4, synaptic: 3, power: 1 };

/** Areas in runs of ids or strewn, and any subset of them fired. */
const firing = fc
  .tuple(
    fc.boolean(),
    fc.integer({ min: 1, max: 3000 }),
    fc.infiniteStream(fc.integer({ min: 0, max: 6 })),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer(),
  )
  .map(([strewn, neurons, areas, share, seed]) => {
    const areaOf = Array.from({ length: neurons }, (_, id) => (strewn ? areas.next().value! : Math.floor((id * 5) / neurons)) * 1_000_000);
    let state = seed | 1;
    const ids = areaOf
      .map((_, id) => id)
      .filter(() => {
        state = Math.imul(state, 1103515245) + 12345;
        return (state >>> 8) / (1 << 24) < share ** 3;
      });
    return { areaOf, ids };
  });

test("a frame reads back as what was written, every section in its smaller encoding", () => {
  const writer = new FrameWriter();
  fc.assert(
    fc.property(firing, ({ areaOf, ids }) => {
      const state = stateThatFired(areaOf, ids);
      const frame = new Uint32Array(frameCapacityWords(areaOf.length, state.areas.indexes.length)).fill(0xdeadbeef);
      const words = writer.write(state, counts, frame);
      expect(frame[frameWord.totalWords]).toBe(words);
      expect(Array.from(firedIds(frame))).toEqual(ids);
      expect(readFrameHeader(frame)).toMatchObject({ fired: ids.length, ...counts, engineNanos: 0 });
      let at = 12;
      let lastArea = -1;
      for (const section of readFrameSections(frame)) {
        expect(section.area).toBeGreaterThan(lastArea);
        lastArea = section.area;
        expect(Array.from(section.ids)).toEqual(ids.filter((id) => areaOf[id] === section.area));
        const bitset = Math.floor((section.ids.at(-1)! - section.ids[0]!) / 32) + 1;
        const varint = Math.ceil(section.ids.reduce((bytes, id, i) => bytes + varintLength(i === 0 ? 0 : id - section.ids[i - 1]!), 0) / 4);
        expect(frame[at + 2]).toBe(bitset <= varint ? encodingBitset : encodingVarint);
        expect(frame[at + 3]).toBe(section.ids[0]);
        expect(frame[at + 4]).toBe(Math.min(bitset, varint));
        at += 5 + Math.min(bitset, varint);
      }
      expect(at).toBe(words);
    }),
  );
});

function varintLength(gap: number): number {
  return gap < 128 ? 1 : 1 + varintLength(Math.floor(gap / 128));
}

test("snapshot bytes decode to the columns they were made of, and encode to the same bytes again", () => {
  const engine = createReferenceEngine();
  fc.assert(
    fc.property(fc.array(fc.float(), { maxLength: 40 }), fc.boolean(), (reals, strict) => {
      const neurons = reals.map((real) => ({ threshold: Number.isFinite(real) ? real : 1, area: 7 }));
      engine.load(tinyNetwork(neurons, [{ from: 0, to: 0, delay: 9 }], { dynamics: strict ? "feagi-strict" : "standard" }));
      stage(engine, ...reals.filter(Number.isFinite).map((real, id): [number, number] => [id, real]));
      burst(engine);
      const bytes = engine.snapshot();
      expect(encodeSnapshot(decodeSnapshot(bytes))).toEqual(bytes);
      const restored = createReferenceEngine();
      restored.restore(bytes);
      expect(restored.snapshot()).toEqual(bytes);
    }),
  );
});

test("a snapshot with any one byte changed is refused", () => {
  const engine = createReferenceEngine();
  engine.load(tinyNetwork([{}, {}], [{ from: 0, to: 1 }]));
  stage(engine, [0, 1]);
  burst(engine);
  const bytes = engine.snapshot();
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = bytes.slice();
      damaged[at]! ^= flip;
      expect(() => engine.restore(damaged)).toThrow(expect.objectContaining({ code: "E_NETWORK" }));
    }),
  );
});

test("a snapshot at an odd place of a larger buffer is read", () => {
  const engine = createReferenceEngine();
  engine.load(tinyNetwork([{}]));
  const bytes = engine.snapshot();
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  engine.restore(shifted.subarray(3));
  expect(engine.snapshot()).toEqual(bytes);
});

test("NaN has one form in a snapshot", () => {
  const nans = new Uint32Array([0xffc00001, 0x7f800001]);
  const engine = createReferenceEngine();
  engine.load(tinyNetwork([{}], [], { dynamics: "feagi-strict" }));
  const { columns, ...head } = decodeSnapshot(engine.snapshot());
  const written = encodeSnapshot({
    ...head,
    columns: { ...columns, stagedId: new Uint32Array(2), stagedPotential: new Float32Array(nans.buffer) },
  });
  const read = decodeSnapshot(written).columns.stagedPotential;
  expect(Array.from(new Uint32Array(read.buffer, read.byteOffset, 2))).toEqual([0x7fc00000, 0x7fc00000]);
});

test("words that are no patch are refused or applied, never half of them", () => {
  const engine = createReferenceEngine();
  engine.load(tinyNetwork([{}, {}], [{ from: 0, to: 1 }]));
  const before = engine.snapshot();
  const word = fc.oneof(fc.integer({ min: 0, max: 45 }), fc.integer({ min: 0, max: 0xffffffff }));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const patch = Uint32Array.from([...patchOf("setFatigueActive", [1]), ...words]);
      let refused = false;
      try {
        checkPatch(patch, true, 2);
      } catch (error) {
        expect(error).toMatchObject({ code: "E_INVALID" });
        refused = true;
      }
      engine.restore(before);
      if (!refused) return engine.apply(patch);
      expect(() => engine.apply(patch)).toThrow();
      expect(engine.snapshot()).toEqual(before);
    }),
    { numRuns: 500 },
  );
});

test("a patch longer than the writer's first room keeps every word", () => {
  const pairs = Array.from({ length: 300 }, (_, i): [number, number] => [i, Math.fround(i * 0.1)]);
  const writer = new PatchWriter().begin("stageInput", pairs.length * 2);
  for (const [id, potential] of pairs) writer.u32(id).f32(potential);
  const engine = createReferenceEngine();
  engine.load(tinyNetwork(Array.from({ length: 300 }, () => ({ thresholdLimit: NO_THRESHOLD_LIMIT, fireLimit: NO_FIRE_LIMIT }))));
  engine.apply(writer.take());
  burst(engine);
  expect(Array.from(engine.candidates().sums)).toEqual(pairs.map(([, potential]) => potential));
});
