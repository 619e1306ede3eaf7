/** Rules of the port: what is refused and changes nothing, frames, snapshots. */
import { expect, test } from "vitest";
import { FRAME_MAGIC, frameWord, readFrameHeader, readFrameSections } from "#contracts/frame.ts";
import { patchOp } from "#contracts/patch.ts";
import { SNAPSHOT_VERSION } from "#contracts/snapshot.ts";
import type { Engine } from "../engine.ts";
import { xxHash64 } from "../hash.ts";
import type { MakeEngine } from "./conformance.ts";
import { resealed, sectionOffset } from "./resealed.ts";
import { burst, patchOf, potentialOf, stage, tinyNetwork } from "./tiny-network.ts";

export function borderRules(make: MakeEngine): void {
  const loaded = async (...network: Parameters<typeof tinyNetwork>): Promise<Engine> => {
    const engine = await make();
    engine.load(tinyNetwork(...network));
    return engine;
  };
  const busy = async () => {
    const engine = await loaded(
      [{}, {}, { area: 1 }],
      [
        { from: 0, to: 1, delay: 2 },
        { from: 2, to: 0 },
      ],
    );
    burst(engine);
    stage(engine, [1, 0.5]);
    return engine;
  };

  const malformed: [string, number[]][] = [
    ["an unknown operation", [999, 0]],
    ["a missing argument count", [patchOp.rebuildSynapseIndex]],
    ["arguments past the end", [patchOp.resetAreaRuntime, 3, 7]],
    ["too few arguments", [patchOp.areaLeak, 1, 7]],
    ["a part of a pair", [patchOp.stageInput, 3, 0, 0, 0]],
    ["delay 0", [patchOp.addSynapses, 5, 0, 1, 0, 0, 0]],
    ["a flag that is neither 0 nor 1", [patchOp.areaPspUniform, 2, 7, 2]],
    ["a part of a move", [patchOp.moveNeurons, 3, 0, 1, 0]],
    ["a part of a neuron's settings", [patchOp.neuronSettings, 6, 0, 0, 0, 0, 0, 0]],
    ["a part of a neuron's state", [patchOp.neuronStates, 2, 0, 0]],
    ["a slot without a weight", [patchOp.synapseWeights, 1, 0]],
    ["more sources than ids", [patchOp.removeSynapsesFromTo, 2, 2, 0]],
    ["a window of no bursts", [patchOp.trackFiring, 3, 7, 0, 0]],
    ["an unknown learning mode", [patchOp.registerMapping, 12, 7, 7, 3, 1, 1, 1, 0, 0, 0, 0, 0, 1 << 8]],
    ["a trace step beyond a byte", [patchOp.registerMapping, 12, 7, 7, 1, 1, 256, 1, 0, 0, 0, 0, 0, 1 << 8]],
    ["a memory neuron among the others", [patchOp.mapMemoryNeurons, 2, 49_999_999, 20]],
    ["a replay frame past its end", [patchOp.replayFrames, 7, 50_000_000, 0, 7, 2, 0, 0, 0]],
    ["a number that is not finite", [patchOp.stageInput, 2, 0, 0x7fc00000]],
  ];
  for (const [what, words] of malformed) {
    test(`a patch with ${what} is refused and changes nothing`, async () => {
      const engine = await busy();
      const before = engine.stateHash();
      const good = patchOf("neuronMembranePotential", [0, 0.25], [1]);
      expect(() => engine.apply(Uint32Array.from([...good, ...words]))).toThrow(expect.objectContaining({ code: "E_INVALID" }));
      expect(engine.stateHash()).toBe(before);
    });
  }

  test("strict takes input that is not finite, and ignores it", async () => {
    const engine = await loaded([{}], [], { dynamics: "feagi-strict" });
    stage(engine, [0, Number.NaN]);
    expect(burst(engine)).toEqual([]);
    expect(potentialOf(engine, 0)).toBe(0);
  });

  test("an image whose columns disagree is refused and the loaded network stays", async () => {
    const engine = await busy();
    const before = engine.stateHash();
    const short = tinyNetwork([{}, {}]);
    short.neurons.leak = new Float32Array(1);
    const poisoned = tinyNetwork([{}], [{ from: 0, to: 0, weight: Number.NaN }]);
    const undelayed = tinyNetwork([{}], [{ from: 0, to: 0, delay: 0 }]);
    for (const image of [short, poisoned, undelayed]) {
      expect(() => engine.load(image)).toThrow(expect.objectContaining({ code: "E_NETWORK" }));
    }
    expect(engine.stateHash()).toBe(before);
  });

  test("one value for all synapses is worth a column of it", async () => {
    const full = tinyNetwork(
      [{}, {}, {}],
      [0, 1, 2].map((from) => ({ from, to: (from + 1) % 3, weight: 2, psp: 0.5, delay: 2 })),
    );
    const [columns, values] = [await make(), await make()];
    columns.load(full);
    const one = <T extends Float32Array | Uint8Array>(column: T) => column.slice(0, 1) as T;
    const { weight, psp, kind, delay, flags } = full.synapses;
    const synapses = { ...full.synapses, weight: one(weight), psp: one(psp), kind: one(kind), delay: one(delay), flags: one(flags) };
    values.load({ ...full, synapses });
    expect(values.stateHash()).toBe(columns.stateHash());
    expect(values.synapses()).toEqual(columns.synapses());
    const short = { ...full, synapses: { ...full.synapses, weight: weight.slice(0, 2) } };
    expect(() => values.load(short)).toThrow(expect.objectContaining({ code: "E_NETWORK" }));
  });

  test("an engine tells the memory of its neurons, synapses and sums", async () => {
    const [small, large] = [await loaded([{}]), await loaded(Array.from({ length: 500 }, () => ({})))];
    const { neurons, synapses, ring, shared, total } = large.memoryBytes();
    expect(neurons).toBeGreaterThan(small.memoryBytes().neurons);
    expect([shared, total]).toEqual([0, neurons + synapses + ring]);
  });

  test("the engine copies the image it is given", async () => {
    const image = tinyNetwork([{}, { threshold: 9 }], [{ from: 0, to: 1 }]);
    const engine = await make();
    engine.load(image);
    image.synapses.weight[0] = 100;
    stage(engine, [0, 1]);
    burst(engine);
    burst(engine);
    expect(potentialOf(engine, 1)).toBe(1);
  });

  test("a frame tells the burst and its fired neurons, area by area", async () => {
    const engine = await loaded([{ area: 9 }, { area: 7 }, { area: 9 }, { area: 7 }], [{ from: 0, to: 1 }]);
    stage(engine, [0, 1], [2, 1], [3, 1]);
    const frame = new Uint32Array(engine.frameWords);
    expect(engine.burstIntoSync(frame)).toBe(frame[frameWord.totalWords]);
    expect(frame[frameWord.magic]).toBe(FRAME_MAGIC);
    expect(readFrameHeader(frame)).toMatchObject({ burst: 1, fired: 3, processed: 3, synaptic: 0, power: 0, engine: engine.kind });
    const sections = [...readFrameSections(frame)].map(({ area, ids }) => [area, Array.from(ids)]);
    expect(sections).toEqual([
      [7, [3]],
      [9, [0, 2]],
    ]);
  });

  test("burstInto gives what burstIntoSync gives", async () => {
    const [a, b] = [await busy(), await busy()];
    const frames = [new Uint32Array(a.frameWords), new Uint32Array(b.frameWords)] as const;
    expect(await a.burstInto(frames[0])).toBe(b.burstIntoSync(frames[1]));
    for (const frame of frames) frame[frameWord.engineNanos] = 0;
    expect(frames[0]).toEqual(frames[1]);
    expect(a.stateHash()).toBe(b.stateHash());
  });

  test("an engine that nothing was loaded into runs empty bursts", async () => {
    const engine = await make();
    expect([burst(engine), burst(engine), engine.burst]).toEqual([[], [], 2]);
    engine.dispose();
    expect(burst(engine)).toEqual([]);
  });

  test("a frame that is too small is refused before the burst", async () => {
    const engine = await busy();
    const before = engine.burst;
    expect(() => engine.burstIntoSync(new Uint32Array(engine.frameWords - 1))).toThrow(RangeError);
    expect(engine.burst).toBe(before);
  });

  test("a restored snapshot goes on as if nothing had happened", async () => {
    const [engine, other] = [await busy(), await make()];
    other.restore(engine.snapshot());
    expect(other.stateHash()).toBe(engine.stateHash());
    for (let n = 0; n < 6; n++) {
      stage(engine, [1, 0.5]);
      stage(other, [1, 0.5]);
      expect(burst(other)).toEqual(burst(engine));
      expect(other.stateHash()).toBe(engine.stateHash());
    }
  });

  test("the state hash ends the snapshot and covers it", async () => {
    const snapshot = (await busy()).snapshot();
    const hash = new DataView(snapshot.buffer, snapshot.byteOffset).getBigUint64(snapshot.length - 8, true);
    expect(hash).toBe(xxHash64(snapshot.subarray(0, -8)));
  });

  test("a damaged snapshot is refused with its reason and changes nothing", async () => {
    const engine = await busy();
    const before = engine.stateHash();
    const good = engine.snapshot();
    const damages: [string, (bytes: Uint8Array) => Uint8Array][] = [
      ["empty", () => new Uint8Array(0)],
      ["truncated", (bytes) => bytes.slice(0, -9)],
      ["one byte flipped", (bytes) => bytes.with(bytes.length >> 1, bytes[bytes.length >> 1]! ^ 4)],
      ["another kind of file", (bytes) => resealed(bytes, (view) => view.setUint32(0, 1, true))],
      ["another version", (bytes) => resealed(bytes, (view) => view.setUint32(4, SNAPSHOT_VERSION - 1, true))],
      ["an unknown mode", (bytes) => resealed(bytes, (view) => view.setUint32(12, 4, true))],
      ["a section elsewhere", (bytes) => resealed(bytes, (view) => view.setUint32(24 + 8, 4096, true))],
      ["a section beyond the end", (bytes) => resealed(bytes, (view) => view.setUint32(24 + 24 + 16, 1 << 30, true))],
      ["two columns of unequal length", (bytes) => resealed(bytes, (view) => view.setUint32(24 + 24 + 16, 8, true))],
      [
        "a power neuron that does not exist",
        (bytes) => resealed(bytes, (view) => view.setUint32(sectionOffset(view, "globals") + 8, 77, true)),
      ],
      ["a synapse of delay 0", (bytes) => resealed(bytes, (view) => view.setUint8(sectionOffset(view, "delay"), 0))],
      [
        "a weight that is not a number",
        (bytes) => resealed(bytes, (view) => view.setUint32(sectionOffset(view, "weight"), 0x7fc00000, true)),
      ],
      ["an arrival in the past", (bytes) => resealed(bytes, (view) => view.setUint32(sectionOffset(view, "arrivalBurst"), 0, true))],
    ];
    for (const [what, damage] of damages) {
      expect(() => engine.restore(damage(good)), what).toThrow(expect.objectContaining({ code: "E_NETWORK" }));
      expect(engine.stateHash(), what).toBe(before);
    }
  });
}
