/**
 * Every format of neurons and synapses is written by the lab, read back by it, and then read by the tool of others that it is meant
 * for. Where Python or a reader of its is not here, the test of that format says so by its name.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { Box3, type Object3D } from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ExportFormat, ExportOptions } from "#contracts/exports.ts";
import { seeded } from "#core/engine/testing/seeded.ts";
import { contribution } from "#core/exchange/matrix-market.ts";
import { type ExportSource, networkIn, spikesFrom } from "#core/exchange/network.ts";
import { neuromlExport } from "#core/exchange/neuroml.ts";
import { synapseType } from "#core/exchange/tables.ts";
import { exportBrain } from "./export-brain.ts";
import { recordedBrain, root } from "./testing/recorded-brain.ts";
import { tallyOf, verifyTally } from "./verify.ts";

const python = path.join(root, "node_modules/.cache/gyrus/venv/bin/python");
const reader = fileURLToPath(new URL("testing/read_exports.py", import.meta.url));
const maker = { version: "1.2.3", engine: "reference" };
const SAMPLE = 1000;

let source: ExportSource;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gyrus-exchange-"));
  const { traces: _, ...brain } = recordedBrain();
  source = brain;
});
afterAll(() => rmSync(folder, { recursive: true }));

function exportAs(format: ExportFormat, options: Partial<ExportOptions> = {}, name = `${format}-${Math.random()}`.replace(".", "")) {
  const target = path.join(folder, format === "sonata" || format === "neo4j-csv" ? name : `${name}.${format}`);
  return exportBrain({ target, source, options: ExportOptions.parse({ format, stepMs: 4, ...options }), maker }).then((made) => ({
    ...made,
    target,
  }));
}

/** The format, and the Python module that reads it. */
const readers = [
  ["graphml", "networkx"],
  ["gexf", "networkx"],
  ["mtx", "scipy"],
  ["csv", "csv"],
  ["arrow", "pyarrow, polars"],
  ["parquet", "pyarrow, duckdb"],
  ["sonata", "libsonata"],
  ["neuroml", "neuroml"],
] as const;

/** What a format says of a synapse. */
function valuesIn(format: ExportFormat, row: number): (number | string)[] {
  const { synapses: s } = source;
  if (format === "mtx") return [contribution(s, row)];
  if (format === "neuroml") return [contribution(s, row), s.delay[row]!];
  return [s.weight[row]!, s.psp[row]!, synapseType(s.kind[row]!), s.delay[row]!];
}

function idsIn(area: number): number[] {
  const { area: areas, valid } = source.neurons;
  return Array.from(areas.keys()).filter((id) => valid[id] === 1 && areas[id] === area);
}

describe("read by others", () => {
  for (const [format, module] of readers) {
    if (!existsSync(python) || spawnSync(python, ["-c", `import ${module}`]).status !== 0) {
      test.skip(`skip ${format}: Python's ${module} is not here (npm pretest installs it)`);
      continue;
    }
    test(`${module} reads ${format}: all neurons, all synapses, and a sample of them value for value`, async () => {
      const { target, verified, plan } = await exportAs(format);
      expect(verified).toBe(true);
      const { synapses, neurons } = source;
      const count = synapses.slot.length;
      const random = seeded(7);
      const pairs = Array.from({ length: SAMPLE }, () => random.int(0, count - 1)).map((row) => [
        synapses.source[row]!,
        synapses.target[row]!,
      ]);
      const ids = Object.fromEntries([...source.connectome.areas.values()].map(({ id, index }) => [id, idsIn(index)]));
      const input = JSON.stringify({ pairs, ids, step: 4 });
      const found = JSON.parse(execFileSync(python, [reader, format, target], { input, encoding: "utf8", maxBuffer: 2 ** 28 }));
      expect(found.neurons).toBe(neurons.valid.reduce((sum, valid) => sum + valid, 0));
      const byPair = new Map<string, (number | string)[][]>();
      for (let row = 0; row < count; row++) {
        const key = `${synapses.source[row]},${synapses.target[row]}`;
        byPair.set(key, [...(byPair.get(key) ?? []), valuesIn(format, row)]);
      }
      expect(found.synapses).toBe(format === "mtx" ? byPair.size : count);
      expect(plan.synapses).toBe(count);
      const sorted = (rows: (number | string)[][]) => rows.sort((a, b) => (String(a) < String(b) ? -1 : 1));
      if (format === "mtx")
        expect(found.rows).toEqual(pairs.map((pair) => [byPair.get(String(pair))!.reduce((sum, [value]) => sum + (value as number), 0)]));
      else expect(found.rows.map(sorted)).toEqual(pairs.map((pair) => sorted(byPair.get(String(pair))!)));
      if (format !== "sonata") return;
      const inhabited = [...source.connectome.areas.values()].filter((area) => area.neurons > 0);
      expect(found.areas).toEqual(inhabited.map(({ id }) => id).sort());
      const { burst, neuron } = source.spikes!;
      expect(burst.length).toBeGreaterThan(500);
      const asText = (spikes: number[][]) => spikes.map(String).sort();
      expect(asText(found.spikes)).toEqual(asText(Array.from(burst, (at, i) => [at, neuron[i]!])));
    });
  }
});

const hasNwb = existsSync(python) && spawnSync(python, ["-c", "import pynwb, nwbinspector"]).status === 0;
test.skipIf(!hasNwb)(
  "pynwb validates NWB and reads every spike; nwbinspector finds nothing critical (skipped where Python lacks them)",
  async () => {
    const { target, verified } = await exportAs("nwb");
    expect(verified).toBe(true);
    const found = JSON.parse(
      execFileSync(python, [reader, "nwb", target], { input: '{"pairs":[]}', encoding: "utf8", maxBuffer: 2 ** 28 }),
    );
    const { burst, neuron } = source.spikes!;
    const expected = Array.from(burst, (at, i) => `${neuron[i]} ${at * 0.004}`);
    expect(found.spikes.map(([time, id]: [number, number]) => `${id} ${time}`).sort()).toEqual(expected.sort());
    const { areas } = source.connectome;
    const firing = new Set(Array.from(neuron, (id) => [...areas.values()].find(({ index }) => index === source.neurons.area[id])!.id));
    expect(found.areas).toEqual([...firing].sort());
  },
);

const hasNeuroml = existsSync(python) && spawnSync(python, ["-c", "import neuroml"]).status === 0;
test.skipIf(!hasNeuroml)(
  "NeuroML of a lif-delta network is valid and has its neurons in the units of NEST (skipped where Python lacks libNeuroML)",
  () => {
    const network = {
      format: "gyrus-network/1",
      model: { name: "lif-delta", step_ms: 0.1, seed: 1 },
      neurons: { count: 3, area: [1, 1, 2], tau_m: [10, 10, 20], C_m: 250, V_th: -50, I_e: [0, 0, 100] },
      synapses: { count: 3, source: [0, 1, 1], target: [1, 2, 2], weight: [0.5, -0.25, 2], delay: [15, 1, 2] },
      bursts: [{ burst: 1 }, { burst: 2, inject: [[0, 3]] }],
    };
    const { parts, lost, neurons, synapses } = neuromlExport(network);
    expect([neurons, synapses]).toEqual([3, 3]);
    expect(lost.join("\n")).toMatch(/alpha current of 0\.01\d* ms[\s\S]*1 inputs/);
    const file = path.join(folder, "lif.nml");
    writeFileSync(file, Array.from(parts[0]!.pieces).join(""));
    const found = JSON.parse(execFileSync(python, [reader, "neuroml_lif", file], { input: '{"pairs":[]}', encoding: "utf8" }));
    // 100 pA through 20 ms / 250 pF lift the resting potential by 8 mV.
    expect(found).toMatchObject({
      neurons: 3,
      synapses: 3,
      cells: [
        [-70, 10],
        [-62, 20],
      ],
      connections: [
        [0.5, 1.5],
        [-0.25, 0.1],
        [2, 0.2],
      ],
    });
  },
);

describe("an export", () => {
  test("leaves a sidecar that says from what and with which options each file was made", async () => {
    const { target, files } = await exportAs("csv");
    const sidecar = JSON.parse(readFileSync(`${target}.provenance.json`, "utf8"));
    expect(sidecar).toMatchObject({
      gyrus: "1.2.3",
      engine: "reference",
      burst: 20,
      dynamics: "standard",
      genome: { signature: expect.stringMatching(/^[0-9a-f]{16}$/) },
      options: { format: "csv", scope: {} },
    });
    expect(sidecar.files.map(({ name }: { name: string }) => name)).toEqual(files.slice(0, -1).map((file) => path.basename(file.path)));
    for (const [i, { sha256 }] of sidecar.files.entries())
      expect(sha256).toBe(createHash("sha256").update(readFileSync(files[i]!.path)).digest("hex"));
  });

  test("of two areas has their neurons, and the synapses with both ends in them", async () => {
    const { areas, mappings } = source.connectome;
    const { src, dst } = mappings.find(({ src, dst, synapses }) => src !== dst && synapses > 10)!;
    const { plan } = await exportAs("sonata", { scope: { areas: [src, dst] } });
    const inScope = new Set([src, dst].map((id) => areas.get(id)!.index));
    const isIn = (id: number) => inScope.has(source.neurons.area[id]!);
    const kept = source.synapses.slot.filter((_, row) => isIn(source.synapses.source[row]!) && isIn(source.synapses.target[row]!)).length;
    expect([plan.areas, plan.neurons, plan.synapses]).toEqual([2, areas.get(src)!.neurons + areas.get(dst)!.neurons, kept]);
    expect(plan.lost).toContainEqual(expect.stringMatching(/^\d+ synapses with an end outside of the scope/));
  });

  test("of a region has the areas of the regions inside it; of synapses only those asked for", async () => {
    const [rootRegion] = source.connectome.regions.keys();
    expect((await exportAs("mtx", { scope: { regions: [rootRegion!] } })).plan.areas).toBe(source.connectome.areas.size);
    const inhibitory = source.synapses.kind.filter((kind) => kind !== 0).length;
    expect((await exportAs("mtx", { scope: { synapses: { type: "inhibitory" } } })).plan.synapses).toBe(inhibitory);
    await expect(exportAs("csv", { scope: { regions: ["nowhere"] } })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });

  test("that counts time asks what a burst is, and one that holds a whole brain takes no scope", async () => {
    await expect(exportAs("sonata", { stepMs: undefined })).rejects.toMatchObject({
      code: "E_INVALID",
      advice: expect.stringContaining("33.3333"),
    });
    const [area] = source.connectome.areas.keys();
    await expect(exportAs("brain", { scope: { areas: [area!] } })).rejects.toMatchObject({ code: "E_INVALID" });
  });

  test("of text ends packed where the path says so, and what is read by places does not", async () => {
    const order = (format: ExportFormat, name: string) =>
      exportBrain({ target: path.join(folder, name), source, options: ExportOptions.parse({ format }), maker });
    const { verified, files } = await order("csv", "packed.csv.gz");
    expect(verified).toBe(true);
    expect(gunzipSync(readFileSync(files[1]!.path)).toString().split("\n")[0]).toMatch(/^id,area,/);
    await expect(order("parquet", "packed.parquet.gz")).rejects.toMatchObject({ code: "E_INVALID" });
  });

  test.each(["csv", "arrow", "parquet"] as const)("as %s has a table of spikes where bursts were recorded, read back", async (format) => {
    const { files, verified } = await exportAs(format);
    expect(verified).toBe(true);
    expect(files.map((file) => path.basename(file.path)).filter((name) => name.includes(".spikes."))).toHaveLength(1);
    const lying = files
      .filter((file) => !file.path.endsWith(".json"))
      .map(({ path: at }) => ({ path: at, name: /\.(neurons|areas|dictionary|spikes)\./.exec(at)?.[1] ?? "" }));
    const short = spikesFrom(source.spikes!, { first: 1, last: 5 });
    expect(short.burst.at(-1)).toBeLessThan(6);
    const tally = tallyOf(format, networkIn(source, {}), { spikes: short });
    await expect(verifyTally(format, tally, lying)).rejects.toMatchObject({ details: { what: "spikes" } });
  });

  test("of bursts takes only what holds activity, and only what is recorded", async () => {
    await expect(exportAs("graphml", { bursts: { first: 1, last: 2 } })).rejects.toMatchObject({ code: "E_INVALID" });
    const { first, last, burst } = spikesFrom(source.spikes!, { first: 5, last: 7 });
    expect([first, last, ...new Set(burst)]).toEqual([5, 7, 5, 6, 7]);
    expect(() => spikesFrom(source.spikes!, { first: 5, last: 21 })).toThrow("bursts 1 to 20 are");
  });

  test("into a folder with something in it is refused and touches nothing", async () => {
    const taken = path.join(folder, "taken");
    mkdirSync(taken);
    writeFileSync(path.join(taken, "mine"), "");
    await expect(exportAs("sonata", {}, "taken")).rejects.toMatchObject({ code: "E_IO" });
    expect(readdirSync(taken)).toEqual(["mine"]);
  });

  test.each(["csv", "sonata", "arrow"] as const)("as %s that is cancelled on the way leaves nothing", async (format) => {
    const place = path.join(folder, `cancelled-${format}`);
    mkdirSync(place);
    const signal = { aborted: false };
    const progress = () => {
      signal.aborted = true;
    };
    const options = ExportOptions.parse({ format, stepMs: 4 });
    const order = exportBrain({ target: path.join(place, "x"), source, options, maker, signal, progress });
    await expect(order).rejects.toMatchObject({ code: "E_CANCELLED" });
    expect(readdirSync(place)).toEqual([]);
  });

  test("that holds something else than the network does not pass its reading", async () => {
    const { files } = await exportAs("csv");
    appendFileSync(files[0]!.path, `${readFileSync(files[0]!.path, "utf8").split("\n")[1]}\n`);
    const lying = [
      { name: "", path: files[0]!.path },
      { name: "neurons", path: files[1]!.path },
    ];
    const tally = tallyOf("csv", networkIn(source, {}), {});
    await expect(verifyTally("csv", tally, lying)).rejects.toMatchObject({ code: "E_IO", details: { what: "synapses" } });
  });
});

test("three.js reads glTF: every area is a box of its voxels at its place, inside its region", async () => {
  const { target } = await exportAs("gltf");
  const { scene } = await new GLTFLoader().parseAsync(new Uint8Array(readFileSync(target)).buffer, "");
  for (const area of source.connectome.areas.values()) {
    const found: Object3D[] = [];
    scene.traverse((node) => node.userData.area === area.id && found.push(node));
    expect(found).toHaveLength(1);
    const { min, max } = new Box3().setFromObject(found[0]!);
    expect([min.toArray(), max.toArray()]).toEqual([area.position, area.position.map((at, axis) => at + area.dimensions[axis]!)]);
    expect(found[0]!.parent!.userData.region).toBe(area.region);
  }
});

test("the CSV for Neo4j names a node for every neuron and area and an end for every relationship", async () => {
  const { target } = await exportAs("neo4j-csv");
  const rows = (name: string) =>
    readFileSync(path.join(target, name), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
  for (const kind of ["areas", "neurons", "in", "synapses", "maps"]) {
    const [header] = rows(`${kind}-header.csv`);
    if (kind !== "areas") for (const row of rows(`${kind}.csv`)) expect(row.length).toBe(header!.length);
  }
  const neurons = new Set(rows("neurons.csv").map(([id]) => id));
  const synapses = rows("synapses.csv");
  expect(synapses).toHaveLength(source.synapses.slot.length);
  expect(synapses.every(([from, to]) => neurons.has(from) && neurons.has(to))).toBe(true);
  const maps = rows("maps.csv").reduce((sum, [, , count]) => sum + Number(count), 0);
  expect(maps).toBe(source.synapses.slot.length);
});
