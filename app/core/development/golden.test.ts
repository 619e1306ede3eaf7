/** Whole genomes against what the FEAGI server made of them; see golden/NOTICE. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Genome } from "../genome/genome.ts";
import { parseGenome } from "../genome/parse.ts";
import { grown } from "./grow.ts";
import { synapsesBetween } from "./listing.ts";
import { developmentSummary } from "./summary.ts";

interface Golden {
  totals: { neurons: number; synapses: number };
  aborted_sources: { src: string }[];
  areas: {
    id: string;
    name: string;
    type: string;
    dims: number[];
    position: number[];
    neurons_per_voxel: number;
    neuron_count: number;
    outgoing_synapses: number;
  }[];
  mappings: {
    src: string;
    dst: string;
    synapses: number;
    sha256_of_list: string;
    kinds: { weight: number; psp: number; type: number; count: number }[];
  }[];
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const golden = (name: string): Golden => JSON.parse(read(`golden/growth/${name}.json`));

function genomeOf(text: string, strict: boolean): Genome {
  const parsed = parseGenome(text, { strict });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}

const documents: Record<string, string> = {
  "rule-abort": "../genome/golden/probe-rule-abort.json",
  edits: "../genome/golden/probe-edits.json",
};
const genome = (name: string, strict = false) => genomeOf(read(documents[name] ?? `../../../resources/genomes/${name}.json`), strict);

/** Sensors that FEAGI leaves with an id no device can reach; standard makes them custom areas. */
const repairedIds = new Map([["aV9fYWNjX18=", "Y2lfX2FjY18="]]);

const accepted = [
  "barebones",
  "essential",
  "test",
  "tunnel",
  "pong",
  "gesture",
  "learning",
  "mujoco-joints",
  "pioneer2",
  "blender-keyframe",
  "rule-abort",
];

describe.each(accepted)("%s", (name) => {
  const expected = golden(name);

  test("grows in feagi-strict exactly as FEAGI grew it", () => {
    const connectome = grown(genome(name, true), { development: "feagi-strict", dynamics: "feagi-strict" });
    const summary = developmentSummary(connectome, sha256);
    expect(summary).toMatchObject({ neurons: expected.totals.neurons, synapses: expected.totals.synapses });
    expect(
      byId(
        summary.areas.map(({ id, name, dims, position, neuronsPerVoxel, neurons }) => [id, name, dims, position, neuronsPerVoxel, neurons]),
      ),
    ).toEqual(
      byId(expected.areas.map((area) => [area.id, area.name, area.dims, area.position, area.neurons_per_voxel, area.neuron_count])),
    );
    expect(mappingRows(summary.mappings)).toEqual(goldenRows(expected.mappings));
    for (const mapping of expected.mappings) expect(kinds(connectome, mapping)).toEqual(mapping.kinds);
    for (const area of expected.areas) expect(connectome.areas.get(area.id)!.outgoingSynapses).toBe(area.outgoing_synapses);
  });

  test("grows in standard as FEAGI grew it, but for the sources FEAGI gave up", () => {
    const connectome = grown(genome(name));
    const summary = developmentSummary(connectome, sha256);
    const givenUp = new Set(expected.aborted_sources.map(({ src }) => src));
    const kept = <T extends { src: string }>(rows: T[]) => rows.filter(({ src }) => !givenUp.has(src));
    expect(summary.neurons).toBe(expected.totals.neurons);
    expect(mappingRows(kept(summary.mappings))).toEqual(goldenRows(kept(expected.mappings.map(repaired))));
    const inGoldenSources = (rows: { src: string; synapses: number }[]) =>
      rows.filter(({ src }) => givenUp.has(src)).reduce((sum, { synapses }) => sum + synapses, 0);
    if (givenUp.size > 0) expect(inGoldenSources(summary.mappings)).toBeGreaterThan(inGoldenSources(expected.mappings));
    else expect(summary.synapses).toBe(expected.totals.synapses);
  });
});

test.each(["vision", "brightness"])("%s, which FEAGI refuses, grows in standard", (name) => {
  const connectome = grown(genome(name));
  expect(connectome.image.neurons.count).toBeGreaterThan(100);
  expect(connectome.image.synapses.count).toBeGreaterThan(100);
});

test("essential gets the regions FEAGI generates for it", () => {
  const [root, circuit] = [...grown(genome("essential")).regions.values()];
  expect(root).toMatchObject({ name: "Root Brain Region", inputs: ["b21vdAUAAAA="], outputs: ["aXN2aRkAAAA=", "aXN2aXkAAAA="] });
  expect(circuit).toMatchObject({ name: "The Essential Genome", position: [246, 105, -30], inputs: ["Y19fYmFjX18=", "Y19fZm9yX18="] });
});

test("morphologies that a genome redefines hold where FEAGI keeps them", () => {
  const recorded = JSON.parse(read("golden/growth/core-morphologies.json"));
  const document = JSON.parse(read("../genome/golden/probe-edits.json"));
  Object.assign(document.neuron_morphologies, recorded.change);
  const synapses = (strict: boolean) => {
    const connectome = grown(genomeOf(JSON.stringify(document), strict));
    const name = (id: string) => connectome.areas.get(id)!.name;
    return Object.fromEntries(connectome.mappings.map(({ src, dst, synapses }) => [`${name(src)}->${name(dst)}`, synapses]));
  };
  expect(synapses(true)).toMatchObject(recorded.result[0].synapses);
  expect(synapses(false)).toMatchObject(recorded.result[1].synapses);
});

test("resizing B of the edit probe regrows its mappings as recorded", () => {
  const before = genome("edits", false);
  const b = [...before.areas.values()].find(({ name }) => name === "B")!;
  const after = grown({ ...before, areas: new Map(before.areas).set(b.id, { ...b, dimensions: [6, 3, 1] }) });
  const name = (id: string) => after.areas.get(id)!.name;
  const recorded = JSON.parse(read("golden/growth/structural-edits.json")).run_1.find(
    ({ step }: { step: string }) => step === "resize B to 6x3x1",
  );
  expect(Object.fromEntries(after.mappings.map(({ src, dst, synapses }) => [`${name(src)}->${name(dst)}`, synapses]))).toMatchObject(
    recorded.after.synapses,
  );
});

function repaired<T extends { src: string; dst: string }>(row: T): T {
  return { ...row, src: repairedIds.get(row.src) ?? row.src, dst: repairedIds.get(row.dst) ?? row.dst };
}

function byId<T extends unknown[]>(rows: T[]): T[] {
  return rows.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

function mappingRows(rows: { src: string; dst: string; synapses: number; sha256OfList: string }[]) {
  return rows.map(({ src, dst, synapses, sha256OfList }) => `${src} ${dst} ${synapses} ${sha256OfList}`).sort();
}

function goldenRows(rows: Golden["mappings"]) {
  return rows.map(({ src, dst, synapses, sha256_of_list }) => `${src} ${dst} ${synapses} ${sha256_of_list}`).sort();
}

/** How many synapses of each weight, potential and type a mapping has, in the order of the golden file. */
function kinds(connectome: ReturnType<typeof grown>, { src, dst, kinds: recorded }: Golden["mappings"][number]) {
  const counts = new Map<string, number>();
  if (connectome.areas.has(dst)) {
    for (const [, , weight, psp, type] of synapsesBetween(connectome, src, dst, () => "")[0]!.synapses) {
      const kind = `${weight} ${psp} ${type}`;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  return recorded.map((kind) => ({ ...kind, count: counts.get(`${Math.fround(kind.weight)} ${Math.fround(kind.psp)} ${kind.type}`) ?? 0 }));
}
