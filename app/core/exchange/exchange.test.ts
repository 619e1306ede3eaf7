/** Exports are read back by readers that are not ours, where there is one; brain files byte by byte. */
import { readFileSync } from "node:fs";
import { MultiDirectedGraph } from "graphology";
import graphmlReader from "graphology-graphml";
import { beforeAll, describe, expect, test } from "vitest";
import type { CorticalMapping } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { GrownConnectome } from "../connectome/connectome.ts";
import { grown } from "../development/grow.ts";
import type { Engine } from "../engine/engine.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { parseGenome } from "../genome/parse.ts";
import { decodeBrain, encodeBrain, imageOfSnapshot } from "./brain-file.ts";
import { quoted } from "./csv.ts";
import { exportParts } from "./exchange.ts";
import { graphml } from "./graphml.ts";
import { type ExportSource, networkIn, neuronsOfEngine } from "./network.ts";

let source: ExportSource & { connectome: GrownConnectome };
let engine: Engine;

beforeAll(() => {
  const parsed = parseGenome(readFileSync(new URL("../../../resources/genomes/learning.json", import.meta.url), "utf8"));
  if (!parsed.ok) throw new Error("the sample does not parse");
  const connectome = grown(parsed.genome);
  engine = createReferenceEngine();
  engine.load(connectome.image);
  const frame = new Uint32Array(engine.frameWords);
  for (let i = 0; i < 40; i++) engine.burstIntoSync(frame);
  const meta = { brainId: "b", title: parsed.genome.title, burst: engine.burst, rateHz: 30, savedAt: "2026-11-21T00:00:00Z" };
  source = { connectome, synapses: engine.synapses(), neurons: neuronsOfEngine(engine), snapshot: engine.snapshot(), meta };
});

function textOf(format: "csv", part = ""): string {
  const found = exportParts(format, source, () => networkIn(source, {})).find(({ name }) => name === part);
  return [...(found?.pieces ?? [])].join("");
}

describe("GraphML", () => {
  test("graphology reads every neuron and every synapse with its weight, psp, type and delay", () => {
    const [{ src, dst }] = source.connectome.mappings.filter(({ src, dst, synapses }) => src !== dst && synapses > 100) as [
      CorticalMapping,
    ];
    const network = networkIn(source, { areas: [src, dst] });
    const graph = graphmlReader.parse(MultiDirectedGraph, [...graphml(network)].join(""));
    const { synapses, ids } = network;
    expect(graph.nodes()).toEqual(Array.from(ids, (id) => `n${id}`));
    expect(graph.size).toBe(synapses.slot.length);
    expect(graph.size).toBeGreaterThan(100);
    for (let i = 0; i < synapses.slot.length; i += 7) {
      const edge = `s${synapses.slot[i]}`;
      expect(graph.extremities(edge)).toEqual([`n${synapses.source[i]}`, `n${synapses.target[i]}`]);
      expect(graph.getEdgeAttributes(edge)).toEqual({
        weight: synapses.weight[i],
        psp: synapses.psp[i],
        type: synapses.kind[i] === 0 ? "excitatory" : "inhibitory",
        delay: synapses.delay[i],
      });
    }
  });

  test("a title with line breaks and signs of XML stays one attribute on one line", () => {
    const pieces = graphml({ ...networkIn(source, { synapses: { minWeight: 1e9 } }), title: 'a <"b">\n& c' });
    expect([...pieces]).toContain('<graph id="a &lt;&quot;b&quot;&gt;&#10;&amp; c" edgedefault="directed">\n');
  });
});

describe("CSV", () => {
  test("1,000 sampled synapses equal what the engine holds", () => {
    const rows = textOf("csv").trimEnd().split("\n").slice(1);
    const { synapses, connectome } = source;
    expect(rows).toHaveLength(synapses.slot.length);
    const { x, y, z } = connectome.image.neurons;
    for (let n = 0; n < 1000; n++) {
      const i = Math.floor((n * rows.length) / 1000);
      const cells = (rows[i] as string).split(",");
      const [from, to] = [synapses.source[i] as number, synapses.target[i] as number];
      expect(cells.slice(0, 2).map(Number)).toEqual([synapses.slot[i], from]);
      expect(cells.slice(3, 7).map(Number)).toEqual([x[from], y[from], z[from], to]);
      expect(cells.slice(8, 13).map(Number)).toEqual([x[to], y[to], z[to], synapses.weight[i], synapses.psp[i]]);
      expect(cells.slice(13)).toEqual([synapses.kind[i] === 0 ? "excitatory" : "inhibitory", String(synapses.delay[i])]);
    }
  });

  test("a name with commas, quotes or line breaks stays one cell", () => {
    expect(quoted('a "b", c\nd')).toBe('"a ""b"", c\nd"');
    expect(quoted("plain")).toBe("plain");
  });

  test("the neuron table has a row for each neuron, the area table for each area", () => {
    expect(textOf("csv", "neurons").trimEnd().split("\n")).toHaveLength(source.connectome.image.neurons.count + 1);
    expect(textOf("csv", "areas").trimEnd().split("\n")).toHaveLength(source.connectome.areas.size + 1);
  });
});

describe("brain file", () => {
  test("a brain that was saved goes on exactly as the one that was not", () => {
    const { connectome, snapshot, meta } = decodeBrain(encodeBrain(source));
    expect(meta).toEqual(source.meta);
    expect([...connectome.areas.values()]).toEqual([...source.connectome.areas.values()]);
    expect(connectome.mappings).toEqual(source.connectome.mappings);
    const other = createReferenceEngine();
    other.load(connectome.image);
    other.restore(snapshot);
    const frame = new Uint32Array(engine.frameWords);
    for (let i = 0; i < 20; i++) {
      engine.burstIntoSync(frame);
      other.burstIntoSync(frame);
    }
    expect(other.stateHash()).toBe(engine.stateHash());
  });

  test("the network of a snapshot is the network that was loaded", () => {
    const fresh = createReferenceEngine();
    fresh.load(source.connectome.image);
    const { image } = source.connectome;
    const inSingles = image.areas.map((area) => ({ ...area, degeneration: Math.fround(area.degeneration) }));
    expect(imageOfSnapshot(fresh.snapshot())).toEqual({ ...image, areas: inSingles });
  });

  test.each([
    ["truncated", (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 100), "truncated"],
    ["damaged", (bytes: Uint8Array) => bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] as number) ^ 1), "checksum"],
    ["something else", () => new Uint8Array(64), "does not begin"],
    ["of a later version", (bytes: Uint8Array) => bytes.with(8, 99), "version"],
  ])("a file that is %s is refused with its reason", (_, spoil, reason) => {
    expect(() => decodeBrain(spoil(encodeBrain(source)))).toThrow(LabError);
    expect(() => decodeBrain(spoil(encodeBrain(source)))).toThrow(reason);
  });
});
