import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { firedIds } from "#contracts/frame.ts";
import { PatchWriter } from "#contracts/patch.ts";
import type { GrownConnectome } from "../connectome/connectome.ts";
import { grown } from "../development/grow.ts";
import { A, B, C, DRIVER, idOf, MEMORY, MEMORY_2, modulator, plastic, Switched, switchedGenome } from "../development/testing/switched.ts";
import type { Engine } from "../engine/engine.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { parseGenome } from "../genome/parse.ts";
import { MemoryRunner } from "../plasticity/memory-runner.ts";
import { genomeOfConnectome, stateOfConnectome } from "./brain-of-connectome.ts";
import type { ConnectomeBody } from "./connectome-body.ts";
import { connectomeBodyOf } from "./connectome-of-brain.ts";

let connectome: GrownConnectome;
beforeAll(() => {
  const parsed = parseGenome(readFileSync(new URL("../../../resources/templates/reflex.json", import.meta.url), "utf8"));
  if (!parsed.ok) throw new Error("the sample does not parse");
  connectome = grown(parsed.genome);
});

const newEngine = (): Engine => {
  const engine = createReferenceEngine();
  engine.load(connectome.image);
  engine.apply(connectome.switchOn);
  return engine;
};
const bodyOf = (engine: Engine): ConnectomeBody =>
  connectomeBodyOf({ connectome, snapshot: engine.snapshot(), meta: { title: "", savedAt: "2026-11-26T00:00:00Z" } });
const restoredFrom = (body: ConnectomeBody) => {
  const { snapshot, leftOut } = stateOfConnectome(body, connectome);
  const engine = createReferenceEngine();
  engine.restore(snapshot);
  return { engine, leftOut };
};
function run(engine: Engine, bursts: number): Engine {
  const frame = new Uint32Array(engine.frameWords);
  for (let i = 0; i < bursts; i++) engine.burstIntoSync(frame);
  return engine;
}
/** A brain with state: charged and refractory neurons, a weight that was learned, one neuron gone. */
function livedIn(): Engine {
  const engine = newEngine();
  const { source, target } = connectome.image.synapses;
  const patch = new PatchWriter()
    .op("neuronMembranePotential", [9, 0.25], [1])
    .op("neuronRefractory", [11, 7])
    .op("updateSynapseWeight", [source[3]!, target[3]!, 2.5], [2])
    .op("deleteNeurons", [12])
    .op("setPowerAmount", [0], [0]);
  engine.apply(patch.take());
  return run(engine, 5);
}

test("what was saved where nothing is under way comes back equal to the hash", () => {
  expect(restoredFrom(bodyOf(newEngine())).engine.stateHash()).toBe(newEngine().stateHash());
});

test("potentials, countdowns, weights, deletions and the burst come back", () => {
  const lived = livedIn();
  const { engine, leftOut } = restoredFrom(bodyOf(lived));
  expect(leftOut).toEqual([]);
  expect(engine.burst).toBe(5);
  expect(bodyOf(engine)).toEqual(bodyOf(lived));
  expect(bodyOf(engine).neurons.valid[12]).toBe(0);
  expect(bodyOf(engine).neurons.countdown[11]).toBeGreaterThan(0);
});

test("areas are matched by id, whatever their index in the file, and neurons by their place", () => {
  const lived = livedIn();
  const body = bodyOf(lived);
  const last = body.neurons.count - 1;
  // As another program numbers: the areas from 100 on, the neurons backwards.
  const other = structuredClone(body);
  other.areaIds = new Map([...body.areaIds].map(([index, id]) => [index + 100, id]));
  for (const [name, column] of Object.entries(body.neurons)) {
    if (typeof column === "number" || name === "coordinates") continue;
    const backwards = column.slice().reverse();
    Object.assign(other.neurons, { [name]: name === "area" ? backwards.map((area) => area + 100) : backwards });
  }
  for (let row = 0; row <= last; row++) {
    other.neurons.coordinates.set(body.neurons.coordinates.subarray(3 * (last - row), 3 * (last - row) + 3), 3 * row);
  }
  other.synapses.source = body.synapses.source.map((id) => last - id);
  other.synapses.target = body.synapses.target.map((id) => last - id);
  const { engine, leftOut } = restoredFrom(other);
  expect(leftOut).toEqual([]);
  expect(bodyOf(engine)).toEqual(body);
});

test("neurons without a place are left out with their synapses, and it is said", () => {
  const body = bodyOf(newEngine());
  const row = body.synapses.source[0]!;
  body.neurons.coordinates[3 * row] = 999;
  const touching = (id: number, i: number) => id === row || body.synapses.target[i] === row;
  const count = body.synapses.source.filter(touching).length;
  const { engine, leftOut } = restoredFrom(body);
  expect(leftOut).toEqual(["1 neurons whose voxel its genome does not grow", `${count} synapses from or to neurons that are not there`]);
  expect(engine.synapseCount).toBe(body.synapses.count - count);
});

test("a file of an unknown area or without a genome is refused", () => {
  const body = bodyOf(newEngine());
  expect(() => stateOfConnectome({ ...body, areaIds: new Map([[7, "Y25vYm9keV8="]]) }, connectome)).toThrow(
    "its genome grows no area Y25vYm9keV8=",
  );
  expect(() => genomeOfConnectome({ ...body, genome: null })).toThrow("it has no genome");
});

test("what the genome switches on is on again: it learns, and gates keep their synapses", () => {
  const gate = { modulators: { gate: modulator("synaptic.gate", DRIVER) } };
  const rule = { ...plastic, modulators: ["gate"] };
  const living = new Switched(
    switchedGenome({ [A]: { to: { [B]: [rule], [C]: [{}] } }, [B]: {}, [C]: {}, [DRIVER]: { size: [1, 1, 1] } }, gate),
  );
  const atRest = {
    connectome: living.connectome,
    snapshot: living.engine.snapshot(),
    meta: { title: "", savedAt: "2026-11-26T00:00:00Z" },
  };
  const body = connectomeBodyOf(atRest);
  expect(body.metadata.tags.get("synapse_modulation_groups_v1")).toBe('[{"index":0,"group":1},{"index":2,"group":1}]');
  const { snapshot, leftOut } = stateOfConnectome(body, grown(living.connectome.genome));
  const { engine } = living;
  expect(leftOut).toEqual([]);
  const restored = createReferenceEngine();
  restored.restore(snapshot);
  expect(restored.stateHash()).toBe(engine.stateHash());
});

describe("a brain with memories", () => {
  /** A memory of A and B, associated, that has lived until all it met is long-term. */
  function remembering() {
    const areas = {
      [A]: { size: [4, 1, 1] as [number, number, number], to: { [MEMORY]: [{ morphology_id: "episodic_memory" }] } },
      [B]: { size: [4, 1, 1] as [number, number, number], to: { [MEMORY_2]: [{ morphology_id: "episodic_memory" }] } },
      [MEMORY]: { ...keeps, to: { [MEMORY_2]: [{ morphology_id: "associative_memory", ...plastic }] } },
      [MEMORY_2]: keeps,
    };
    const { source } = switchedGenome(areas);
    const parsed = parseGenome(source);
    if (!parsed.ok) throw new Error("it does not parse");
    const brain = grown(parsed.genome);
    const living = new Remembering(brain);
    for (let burst = 0; burst < 30; burst++) living.burst(burst % 3 === 0 ? [A, B] : []);
    return { brain, living };
  }
  const keeps = { size: [1, 1, 1] as [number, number, number], init_lifespan: 9, longterm_mem_threshold: 5, temporal_depth: 1 };

  /** The engine and pattern memory of a brain, stepped as a lab does. */
  class Remembering {
    readonly engine = createReferenceEngine();
    readonly memory = new MemoryRunner();
    readonly #brain: GrownConnectome;

    constructor(brain: GrownConnectome, state?: { snapshot: Uint8Array; memory: Uint8Array }) {
      this.#brain = brain;
      this.engine.load(brain.image);
      if (!state) this.engine.apply(brain.switchOn);
      else {
        this.engine.restore(state.snapshot);
        this.memory.restore(state.memory);
        this.memory.follow(brain, this.engine.burst);
      }
    }

    /** Returns who fired. */
    burst(areas: readonly string[]): number[] {
      const { engine, memory } = this;
      memory.follow(this.#brain, engine.burst);
      engine.apply(memory.take());
      const patch = new PatchWriter();
      for (const letters of areas) patch.op("forceFire", [this.#brain.areas.get(idOf(letters))!.index, 1, 0, 0, 1], [4]);
      engine.apply(patch.take());
      const frame = new Uint32Array(engine.frameWords);
      const written = frame.subarray(0, engine.burstIntoSync(frame));
      memory.step(engine, written);
      return [...firedIds(written)];
    }

    body(): ConnectomeBody {
      const meta = { title: "", savedAt: "2026-11-26T00:00:00Z" };
      return connectomeBodyOf({ connectome: this.#brain, snapshot: this.engine.snapshot(), memory: this.memory.save(), meta });
    }
  }

  test("has its long-term memories again, with their patterns, what they replay and their links", () => {
    const { brain, living } = remembering();
    const body = living.body();
    expect(body.longTermNeurons.length).toBe(2);
    expect(body.synapses.source.some((id) => id >= 50_000_000)).toBe(true);
    const { snapshot, memory, leftOut } = stateOfConnectome(body, brain);
    expect(leftOut).toEqual([]);
    const again = new Remembering(brain, { snapshot, memory });
    expect(again.body()).toEqual(body);
    const ids = body.longTermNeurons.map(({ id }) => id);
    // Met again, they are recognised as who they were, and not formed anew.
    expect([again.burst([A, B]), again.burst([])].flat()).toEqual(expect.arrayContaining(ids));
    expect(again.memory.memory.neurons().map(({ id }) => id)).toEqual(ids);
  });

  test("of a file that numbers neurons otherwise: patterns are worked out from what they looked like", () => {
    const { brain, living } = remembering();
    const body = structuredClone(living.body());
    for (const one of body.longTermNeurons) one.patternHash = 1n;
    // Another program's numbers: two neurons have changed places, so no id says what it says here.
    const { neurons: n } = body;
    const [a, b] = [n.count - 2, n.count - 1];
    const swap = (id: number) => (id === a ? b : id === b ? a : id);
    for (const [name, column] of Object.entries(n)) {
      if (typeof column === "number") continue;
      const width = name === "coordinates" ? 3 : 1;
      const [first, second] = [column.slice(a * width, (a + 1) * width), column.slice(b * width, (b + 1) * width)];
      column.set(second as never, a * width);
      column.set(first as never, b * width);
    }
    body.synapses.source = body.synapses.source.map(swap);
    body.synapses.target = body.synapses.target.map(swap);
    const { snapshot, memory, leftOut } = stateOfConnectome(body, brain);
    expect(leftOut).toEqual([]);
    const again = new Remembering(brain, { snapshot, memory });
    again.burst([A, B]);
    expect(again.memory.memory.neurons()).toHaveLength(2);
  });

  test("a memory whose pattern nothing tells is left out, and said", () => {
    const { brain, living } = remembering();
    const body = structuredClone(living.body());
    body.longTermNeurons[0]!.patternHash = null;
    body.replayFrames = [];
    const { leftOut, memory } = stateOfConnectome(body, brain);
    expect(leftOut).toContain("1 long-term memories");
    expect(memory.length).toBeGreaterThan(0);
  });

  test("a lite file brings what was learned and remembered, on neurons as they grow, at burst 0", () => {
    const { brain, living } = remembering();
    const body = living.body();
    const [one, other] = body.longTermNeurons;
    const voxel = (letters: string, x: number) => ({ kind: "voxel" as const, area: idOf(letters), x, y: 0, z: 0, rank: 0 });
    const memoryEnd = ({ id, areaId }: typeof one & {}) => ({ kind: "memory" as const, neuron: id, area: areaId! });
    const values = { weight: 7, psp: 1.5, kind: 0, delay: 1, flags: 1, trace: 0.25 };
    const placeholder = { source: voxel(MEMORY, 0), target: voxel(MEMORY_2, 0), ...values };
    const lite: ConnectomeBody = {
      ...body,
      mode: "lite",
      neurons: { ...body.neurons, count: 0 },
      liteSynapses: [
        placeholder,
        { source: memoryEnd(one!), target: memoryEnd(other!), ...values },
        { ...placeholder, source: voxel(C, 0) },
      ],
    };
    const { snapshot, memory, leftOut } = stateOfConnectome(lite, brain);
    expect(leftOut).toEqual(["1 synapses from or to neurons that are not there"]);
    const again = new Remembering(brain, { snapshot, memory });
    const { source, target, weight } = again.engine.synapses();
    expect(again.engine.burst).toBe(0);
    const link = Array.from(source, (id, i) => [id, target[i], weight[i]]).filter(([id]) => id! >= 50_000_000);
    expect(link).toEqual([[one!.id, other!.id, 7]]);
    const between = Array.from(source, (id, i) => [id, weight[i]]).filter(([id]) => id === brain.areas.get(idOf(MEMORY))!.firstNeuron);
    expect(between).toEqual([[brain.areas.get(idOf(MEMORY))!.firstNeuron, 7]]);
    again.burst([A, B]);
    expect(again.memory.memory.neurons()).toHaveLength(2);
  });
});
