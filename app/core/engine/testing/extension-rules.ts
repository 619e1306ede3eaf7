/** Rules of spike trains, classifier watches, scheduled replay and memory neurons under associative input; what is refused; snapshots. */
import { expect, test } from "vitest";
import { patchOp } from "#contracts/patch.ts";
import { NO_AREA } from "#contracts/patch-extensions.ts";
import { snapshotEntryBytes, snapshotHeaderBytes } from "#contracts/snapshot.ts";
import { extensionSections } from "#contracts/snapshot-extensions.ts";
import type { Engine } from "../engine.ts";
import { sectionPlaces } from "../snapshot-sections.ts";
import type { MakeEngine } from "./conformance.ts";
import { resealed, sectionOffset } from "./resealed.ts";
import { burst, patchOf, stage, type TinyNeuron, tinyNetwork } from "./tiny-network.ts";

const MEMORY = 50_000_000;
const MEMORY_AREA = 30;

export function extensionRules(make: MakeEngine): void {
  const loaded = async (...network: Parameters<typeof tinyNetwork>): Promise<Engine> => {
    const engine = await make();
    engine.load(tinyNetwork(...network));
    return engine;
  };
  /** What fired in each of some bursts, given input before the first. */
  const run = (engine: Engine, bursts: number, ...inputs: [id: number, potential: number][]) => {
    if (inputs.length > 0) stage(engine, ...inputs);
    return Array.from({ length: bursts }, () => burst(engine));
  };

  const driver: TinyNeuron = { area: 60, fireLimit: 3, snooze: 2 };

  test("one spike of a driver becomes a train as long as its limit, at the held potential, and then its rest", async () => {
    const engine = await loaded([driver, { ...driver, area: 61 }]);
    engine.apply(patchOf("spikeTrainAreas", [60]));
    stage(engine, [0, 2.5], [1, 2.5]);
    expect(burst(engine)).toEqual([0, 1]);
    for (let n = 0; n < 2; n++) {
      expect(burst(engine)).toEqual([0]);
      expect(Array.from(engine.firedPotentials())).toEqual([2.5]);
    }
    expect(run(engine, 2, [0, 1])).toEqual([[], []]);
    expect(run(engine, 1, [0, 1])).toEqual([[0]]);
  });

  test("a train runs on after a restore, and without its area it ends", async () => {
    const engine = await loaded([driver]);
    engine.apply(patchOf("spikeTrainAreas", [60]));
    run(engine, 1, [0, 1]);
    const other = await make();
    other.restore(engine.snapshot());
    expect(run(other, 3)).toEqual([[0], [0], []]);
    engine.apply(patchOf("spikeTrainAreas", []));
    expect(run(engine, 3)).toEqual([[0], [], []]);
  });

  /** Inputs 0, 1 in area 82, outputs 2, 3 in area 83, at the same voxels; error neuron 4, correct neuron 5. */
  const watched = async (delay: number, correct: number) => {
    const at = (area: number, x: number): TinyNeuron => ({ area, voxel: [x, 0, 0] });
    const engine = await loaded([at(82, 0), at(82, 1), at(83, 0), at(83, 1), at(80, 0), at(81, 0)]);
    engine.apply(patchOf("setClassifierWatches", [80, correct, delay, 1, 82, 83]));
    return engine;
  };

  test("an answer at the voxels that were asked fires the correct area in the next burst, another one the error area", async () => {
    const engine = await watched(1, 81);
    run(engine, 1, [0, 1]);
    expect(run(engine, 2, [2, 1])).toEqual([[2], [5]]);
    run(engine, 1, [1, 1]);
    expect(run(engine, 2, [2, 1])).toEqual([[2], [4]]);
    expect(run(engine, 2, [2, 1])).toEqual([[2], []]);
    expect(run(engine, 2, [2, 1], [3, 1])).toEqual([[2, 3], [4]]);
  });

  test("without a correct area only errors are told, and a watch looks back only as far as it has seen", async () => {
    const engine = await watched(0, NO_AREA);
    expect(run(engine, 2, [0, 1], [2, 1])).toEqual([[0, 2], []]);
    expect(run(engine, 2, [0, 1])).toEqual([[0], [4]]);
    const late = await watched(2, 81);
    run(late, 1, [0, 1]);
    expect(run(late, 3, [2, 1], [3, 1])).toEqual([[2, 3], [], [4]]);
  });

  test("scheduled replay fires voxels at its burst or stages input for them; what is overdue is dropped", async () => {
    const engine = await loaded([{}, { threshold: 9 }]);
    burst(engine);
    const schedule = (due: number, staged: number, ...voxel: number[]) =>
      engine.apply(patchOf("scheduleReplay", [due, 7, staged, ...voxel], [6]));
    schedule(1, 0, 0, 0, 0, 1);
    schedule(3, 0, 1, 0, 0, -3);
    schedule(4, 1, 0, 0, 0, 2);
    schedule(4, 1, 1, 0, 0, 2);
    schedule(4, 0, 8, 8, 8, 2);
    expect(run(engine, 2)).toEqual([[], [1]]);
    expect(Array.from(engine.firedPotentials())).toEqual([-3]);
    expect(run(engine, 1)).toEqual([[0]]);
    expect(Array.from(engine.candidates().sums)).toEqual([2, 2]);
  });

  test("a frame with potentials replays as input, one without as forced fires; a forgotten twin replays neither", async () => {
    const engine = await loaded([
      { area: 8, threshold: 2 },
      { area: 8, voxel: [1, 0, 0], threshold: 9 },
    ]);
    engine.apply(patchOf("mapMemoryNeurons", [MEMORY, MEMORY_AREA]));
    engine.apply(patchOf("registerTwins", [MEMORY_AREA, 7, 8]));
    const VALUED = 0x80000001;
    engine.apply(patchOf("replayFrames", [MEMORY, 0, 7, VALUED, 0, 0, 0, 2.5, 1, 7, 1, 1, 0, 0], [7]));
    const recall = () => engine.apply(patchOf("memoryInject", [MEMORY, MEMORY_AREA, 1], [2]));
    recall();
    expect(run(engine, 3)).toEqual([[MEMORY], [0], [1]]);
    engine.apply(patchOf("unregisterTwin", [MEMORY_AREA, 7]));
    recall();
    expect(run(engine, 3)).toEqual([[MEMORY], [], []]);
  });

  /** Neuron 0 drives a memory neuron over an associative synapse, neuron 1 over a plain one. */
  const associative = async (settings: number[]) => {
    const engine = await loaded([{}, {}], [], { areas: [] });
    engine.apply(patchOf("mapMemoryNeurons", [MEMORY, MEMORY_AREA]));
    engine.apply(patchOf("sparseMemory", [MEMORY_AREA, ...settings], [1, 2, 3]));
    engine.apply(patchOf("addSynapses", [0, MEMORY, 2, 1, (1 << 8) | (1 << 16), 1, MEMORY, 2, 1, 1 << 8], [2, 3, 7, 8]));
    return engine;
  };
  const PLAIN = [3, 0, 1, 0, 0];

  test("plain input fires a memory neuron at once; after associative input it integrates both without leak", async () => {
    const engine = await associative(PLAIN);
    expect(run(engine, 2, [1, 1])).toEqual([[1], [MEMORY]]);
    expect(run(engine, 2, [0, 1])).toEqual([[0], []]);
    run(engine, 3);
    expect(run(engine, 2, [1, 1])).toEqual([[1], [MEMORY]]);
    expect(Array.from(engine.firedPotentials())).toEqual([4]);
    expect(run(engine, 2, [1, 1])).toEqual([[1], []]);
  });

  test("its refractory period counts the bursts in which it is a candidate", async () => {
    const engine = await associative([1, 0, 1, 1, 0]);
    const asked = () => run(engine, 2, [0, 1])[1];
    expect([asked(), asked(), asked(), asked()]).toEqual([[MEMORY], [], [MEMORY], []]);
  });

  test("an edit of its area is an edit of its memory neurons under associative input", async () => {
    const engine = await associative(PLAIN);
    engine.apply(patchOf("areaThreshold", [MEMORY_AREA, 1], [1]));
    engine.apply(patchOf("areaRefractory", [MEMORY_AREA, 1]));
    const asked = () => run(engine, 2, [0, 1])[1];
    expect([asked(), asked(), asked()]).toEqual([[MEMORY], [], [MEMORY]]);
  });

  test("the state of a memory neuron goes with it and with a reset of its area", async () => {
    for (const forget of [patchOf("resetAreaRuntime", [MEMORY_AREA]), patchOf("removeMemoryNeurons", [MEMORY])]) {
      const engine = await associative(PLAIN);
      run(engine, 2, [0, 1]);
      engine.apply(forget);
      engine.apply(patchOf("mapMemoryNeurons", [MEMORY, MEMORY_AREA]));
      engine.apply(patchOf("removeSynapse", [1, MEMORY]));
      engine.apply(patchOf("addSynapses", [1, MEMORY, 1, 1, 1 << 8], [2, 3]));
      expect(run(engine, 2, [1, 1])).toEqual([[1], [MEMORY]]);
    }
  });

  const refused: [what: string, words: number[]][] = [
    ["an unknown kind of modulator", [patchOp.setModulators, 5, 0, 8, 7, 0, 0]],
    ["a modulator listed twice", [patchOp.setModulators, 10, 3, 0, 7, 0, 0, 3, 1, 8, 0, 0]],
    ["group 0", [patchOp.modulationGroup, 2, 0, 1]],
    ["a stamp beyond 16 bits", [patchOp.groupSynapses, 3, 0, 1, 65_536]],
    ["a kind that scales nothing", [patchOp.rebaseModulated, 2, 7, 3]],
    ["unknown flags of a homeostat", [patchOp.rateModulatedLeak, 13, 7, 4, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0]],
    ["a homeostat without bursts of arming", [patchOp.rateModulatedLeak, 13, 7, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]],
    ["a watch with fewer pairs than it says", [patchOp.setClassifierWatches, 4, 80, 81, 0, 1]],
    ["a watch that looks too far back", [patchOp.setClassifierWatches, 4, 80, 81, 65_536, 0]],
    ["a frame whose potentials are missing", [patchOp.replayFrames, 7, MEMORY, 0, 7, 0x80000001, 0, 0, 0]],
    ["a potential that is not finite", [patchOp.replayFrames, 8, MEMORY, 0, 7, 0x80000001, 0, 0, 0, 0x7fc00000]],
  ];
  test.each(refused)("a patch is refused and changes nothing: %s", async (_, words) => {
    const engine = await loaded([{}]);
    const before = engine.stateHash();
    expect(() => engine.apply(Uint32Array.from(words))).toThrow(expect.objectContaining({ code: "E_INVALID" }));
    expect(engine.stateHash()).toBe(before);
  });

  test("a snapshot holds the sections of subsystems only while they are in use", async () => {
    const engine = await loaded([driver, {}], [{ from: 0, to: 1 }]);
    const optional = new Set<number>(Object.values(extensionSections));
    const held = () => sectionPlaces(engine.snapshot()).filter(({ id }) => optional.has(id)).length;
    const plain = engine.stateHash();
    expect(held()).toBe(0);
    engine.apply(patchOf("groupSynapses", [0, 1, 4]));
    engine.apply(patchOf("spikeTrainAreas", [60]));
    expect(held()).toBe(2);
    engine.apply(patchOf("groupSynapses", [0, 1, 0]));
    engine.apply(patchOf("spikeTrainAreas", []));
    expect([held(), engine.stateHash()]).toEqual([0, plain]);
  });

  test("a section of zeros alone, or one nobody knows, makes a snapshot refused", async () => {
    const engine = await loaded([{}], [{ from: 0, to: 0 }]);
    engine.apply(patchOf("groupSynapses", [0, 1, 4]));
    const snapshot = engine.snapshot();
    const entry = sectionPlaces(snapshot).findIndex(({ id }) => id === extensionSections.synapseGroup);
    const damaged = [
      resealed(snapshot, (view) => view.setUint16(sectionOffset(view, "synapseGroup"), 0, true)),
      resealed(snapshot, (view) => view.setUint32(snapshotHeaderBytes + entry * snapshotEntryBytes, 149, true)),
    ];
    for (const bytes of damaged) expect(() => engine.restore(bytes)).toThrow(expect.objectContaining({ code: "E_NETWORK" }));
    expect(engine.stateHash()).toBe((await restored(snapshot)).stateHash());
  });

  const restored = async (snapshot: Uint8Array) => {
    const engine = await make();
    engine.restore(snapshot);
    return engine;
  };
}
