import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { PatchWriter } from "#contracts/patch.ts";
import type { GrownConnectome } from "../connectome/connectome.ts";
import { grown } from "../development/grow.ts";
import type { Engine } from "../engine/engine.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { parseGenome } from "../genome/parse.ts";
import { decodeConnectomeFile } from "./connectome-file.ts";
import { exportParts } from "./exchange.ts";
import { planFor } from "./formats.ts";
import { type ExportSource, networkIn, neuronsOfEngine } from "./network.ts";

let engine: Engine;
let connectome: GrownConnectome;

/** The brain as it stands, by way of a file. */
function exported() {
  const meta = { brainId: "b", title: "A brain", burst: engine.burst, rateHz: 30, savedAt: "2026-11-26T00:00:00Z" };
  const source: ExportSource = {
    connectome,
    synapses: engine.synapses(),
    neurons: neuronsOfEngine(engine),
    snapshot: engine.snapshot(),
    meta,
  };
  const [part] = exportParts("connectome", source, () => networkIn(source, {}));
  const [file] = [...part!.pieces] as Uint8Array[];
  return { body: decodeConnectomeFile(file!).body, lost: planFor({ format: "connectome", scope: {} }, source).lost };
}

/** Byte by byte; the comparison of the test runner takes seconds on a million elements. */
const isSame = (a: Column, b: Column) => Buffer.compare(bytesOf(a), bytesOf(b)) === 0;
const bytesOf = ({ buffer, byteOffset, byteLength }: Column) => new Uint8Array(buffer, byteOffset, byteLength);
type Column = Float32Array | Uint32Array | Uint8Array;

beforeAll(() => {
  const parsed = parseGenome(readFileSync(new URL("../../../resources/genomes/learning.json", import.meta.url), "utf8"));
  if (!parsed.ok) throw new Error("the sample does not parse");
  connectome = grown(parsed.genome);
  engine = createReferenceEngine();
  engine.load(connectome.image);
});

test("at rest a connectome file holds every neuron, synapse, area and mapping of a brain, and nothing is lost", () => {
  const { body, lost } = exported();
  const { neurons, synapses } = connectome.image;
  expect(lost).toEqual([]);
  expect(body.neurons.count).toBe(neurons.count);
  expect(isSame(body.neurons.threshold, neurons.threshold)).toBe(true);
  expect(isSame(body.neurons.accumulates, neurons.accumulates)).toBe(true);
  expect(Array.from(body.neurons.coordinates.subarray(3 * 70, 3 * 71))).toEqual([neurons.x[70], neurons.y[70], neurons.z[70]]);
  expect(body.synapses.count).toBe(synapses.count);
  expect(isSame(body.synapses.source, synapses.source)).toBe(true);
  expect(isSame(body.synapses.weight, synapses.weight)).toBe(true);
  expect(isSame(body.synapses.delay, synapses.delay)).toBe(true);
  expect(body.areaIds).toEqual(new Map([...connectome.areas.values()].map(({ index, id }) => [index, id])));
  expect(body).toMatchObject({ burst: 0, mode: "full", metadata: { time: 1795651200, description: "A brain", source: "gyrus" } });
  const plastic = connectome.mappings.filter(({ rules }) => rules.some((rule) => rule.plastic));
  expect(body.plasticMappings).toEqual(plastic.map(({ src, dst }) => [src, dst]));
  expect(plastic.length).toBeGreaterThan(0);
});

test("the genome inside it reads as the same genome", () => {
  const parsed = parseGenome(exported().body.genome!);
  if (!parsed.ok) throw new Error("the genome inside the file does not parse");
  expect([...parsed.genome.areas.keys()].sort()).toEqual([...connectome.genome.areas.keys()].sort());
});

test("potentials are those of now, and a living brain says what the file has no place for", () => {
  const [slow, other] = [70, 71];
  engine.apply(
    new PatchWriter()
      .op("neuronLeak", [slow, 0.5], [1])
      .op("neuronMembranePotential", [slow, 0.75], [1])
      .op("removeSynapse", [connectome.image.synapses.source[5]!, connectome.image.synapses.target[5]!])
      .op("mapMemoryNeurons", [50_000_000, 20])
      .take(),
  );
  const frame = new Uint32Array(engine.frameWords);
  for (let i = 0; i < 2; i++) engine.burstIntoSync(frame);
  engine.apply(new PatchWriter().op("stageInput", [other, 4], [1]).take());
  const { body, lost } = exported();
  expect(body.burst).toBe(2);
  expect(body.neurons.potential[slow]).toBe(0.75 / 4);
  expect(body.synapses.count).toBe(engine.synapses().slot.length);
  expect(lost.map((loss) => loss.replace(/\d+/, "n"))).toEqual(
    expect.arrayContaining(["n inputs staged for the next burst", "n short-term memories with what they replay"]),
  );
  expect(lost.some((loss) => loss.includes("deliveries under way"))).toBe(true);
});
