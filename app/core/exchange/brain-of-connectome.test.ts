import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { PatchWriter } from "#contracts/patch.ts";
import type { GrownConnectome } from "../connectome/connectome.ts";
import { grown } from "../development/grow.ts";
import { A, B, C, DRIVER, modulator, plastic, Switched, switchedGenome } from "../development/testing/switched.ts";
import type { Engine } from "../engine/engine.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { parseGenome } from "../genome/parse.ts";
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

test("a file of an unknown area, without a genome or in lite mode is refused", () => {
  const body = bodyOf(newEngine());
  expect(() => stateOfConnectome({ ...body, areaIds: new Map([[7, "Y25vYm9keV8="]]) }, connectome)).toThrow(
    "its genome grows no area Y25vYm9keV8=",
  );
  expect(() => genomeOfConnectome({ ...body, genome: null })).toThrow("it has no genome");
  expect(() => genomeOfConnectome({ ...body, mode: "lite" })).toThrow("The file is a lite one");
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
