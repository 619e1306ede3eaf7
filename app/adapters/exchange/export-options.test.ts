/** What an export can be told besides its format: probes, ids, packing, files of so many rows; everything in a folder; reading it again later. */
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parquetMetadata } from "hyparquet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ExportFormat, ExportOptions } from "#contracts/exports.ts";
import { planFor } from "#core/exchange/formats.ts";
import { type ExportSource, networkIn, spikesOfTraces } from "#core/exchange/network.ts";
import { exportBrain } from "./export-brain.ts";
import { BURSTS, recordedBrain, root } from "./testing/recorded-brain.ts";
import { verifyWritten } from "./verify-written.ts";

const python = path.join(root, "node_modules/.cache/gyrus/venv/bin/python");
const reader = fileURLToPath(new URL("testing/read_exports.py", import.meta.url));
const maker = { version: "1.2.3", engine: "reference" };

const reads = (modules: string) => existsSync(python) && spawnSync(python, ["-c", `import ${modules}`]).status === 0;
const hasParquet = reads("pyarrow, duckdb");
const read = (format: ExportFormat, file: string) =>
  JSON.parse(execFileSync(python, [reader, format, file], { input: '{"pairs":[]}', encoding: "utf8" }));

let brain: ReturnType<typeof recordedBrain>;
let folder: string;
let made = 0;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gyrus-exchange-"));
  brain = recordedBrain();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Without what was followed, unless probes are asked for; `name` is the file's or folder's. */
async function exportAs(options: Partial<ExportOptions> & { format: ExportFormat }, name = `${++made}.${options.format}`) {
  const { traces, ...rest } = brain;
  const source: ExportSource = options.probes ? { ...rest, traces } : rest;
  const target = path.join(folder, name);
  const result = await exportBrain({ target, source, options: ExportOptions.parse({ stepMs: 4, ...options }), maker });
  return { ...result, target, names: result.files.map(({ path: at }) => path.basename(at)) };
}

const lines = (file: string) => readFileSync(file, "utf8").trimEnd().split("\n");
const table = (file: string) => lines(file).map((line) => line.split(","));

describe("probes", () => {
  test("are written as rows of burst and neuron with potential, threshold and whether it fired", async () => {
    const probes = [...brain.traces.neurons];
    const { target, names, verified, plan } = await exportAs({ format: "csv", probes }, "probes.csv");
    expect([verified, plan.neurons, plan.synapses]).toEqual([true, 2, 0]);
    expect(names).toEqual(["probes.csv", "probes.dictionary.csv", "probes.csv.provenance.json"]);
    const [header, ...rows] = table(target);
    expect(header).toEqual(["burst", "neuron", "area", "x", "y", "z", "membrane_potential", "threshold", "fired"]);
    expect(rows).toHaveLength(2 * BURSTS);
    expect(rows.map((row) => Number(row[6]))).toEqual([...brain.traces.potential]);
    expect(rows.filter((row) => row[8] === "true").map((row) => [Number(row[0]), Number(row[1])])).toEqual(
      brain.spikes.burst.length === 0
        ? []
        : Array.from(brain.spikes.burst, (burst, i) => [burst, brain.spikes.neuron[i]!]).filter(([, neuron]) => probes.includes(neuron!)),
    );
    expect(new Set(brain.traces.potential).size).toBeGreaterThan(2);
  });

  test.each(["parquet", "arrow"] as const)("are read back from %s: as many values, the same sum", async (format) => {
    const { target } = await exportAs({ format, probes: [...brain.traces.neurons] });
    const { isGood, counts } = await verifyWritten(target);
    expect([isGood, counts.map(({ what }) => what)]).toEqual([true, ["values", "potentials"]]);
    expect(counts[0]!.found).toBe(2 * BURSTS);
  });

  test.skipIf(!reads("pynwb, nwbinspector"))(
    "are time series for pynwb, packed or not, beside their spikes (skipped where Python lacks it)",
    async () => {
      for (const compression of ["none", "gzip"] as const) {
        const { target } = await exportAs({ format: "nwb", probes: [...brain.traces.neurons], compression });
        const found = read("nwb", target);
        const [first] = brain.traces.neurons;
        const { values, rate, start, unit } = found.potentials[`membrane_potential_${first}`];
        expect(values).toEqual([...brain.traces.potential.filter((_, i) => i % 2 === 0)]);
        expect([rate, start, unit]).toEqual([250, 0.004, "engine potential"]);
        expect(found.spikes).toHaveLength(spikesOfTraces(brain.traces).burst.length);
      }
    },
  );

  test("are refused where a format has no place for them, beside a scope, and where no such neuron is", async () => {
    const probes = [...brain.traces.neurons];
    await expect(exportAs({ format: "graphml", probes })).rejects.toMatchObject({
      advice: expect.stringContaining("csv, arrow, parquet, nwb"),
    });
    await expect(exportAs({ format: "csv", probes, scope: { regions: [] } })).rejects.toMatchObject({ code: "E_INVALID" });
    await expect(exportAs({ format: "csv", probes: [1e9] })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });
});

describe("ids", () => {
  test("count from 1 where that is asked for, in every file that names a neuron", async () => {
    const [zero, one] = [await exportAs({ format: "csv" }, "zero.csv"), await exportAs({ format: "csv", idBase: 1 }, "one.csv")];
    const ids = ({ target }: typeof zero, kind: string, name: string) => {
      const [header, ...rows] = table(target.replace(".csv", `${kind}.csv`));
      return rows.map((row) => Number(row[header!.indexOf(name)]));
    };
    for (const [kind, name] of [
      ["", "source"],
      ["", "target"],
      [".neurons", "id"],
      [".spikes", "neuron"],
    ] as const)
      expect(ids(one, kind, name)).toEqual(ids(zero, kind, name).map((id) => id + 1));
    const graph = await exportAs({ format: "graphml", idBase: 1 });
    expect(lines(graph.target).find((line) => line.startsWith("<node "))).toContain('id="n1"');
  });

  test("of formats that have a standard for it are as that says, and asking otherwise is refused", async () => {
    await expect(exportAs({ format: "mtx", idBase: 0 })).rejects.toThrow("mtx counts from 1 by its standard");
    await expect(exportAs({ format: "sonata", idBase: 1 })).rejects.toThrow("sonata counts from 0 by its standard");
    await expect(exportAs({ format: "genome", idBase: 1 })).rejects.toThrow("genome has no ids to count");
    expect((await exportAs({ format: "mtx", idBase: 1 })).verified).toBe(true);
  });
});

describe("files", () => {
  test.each(["csv", "parquet", "arrow", "neo4j-csv"] as const)(
    "of %s with so many rows each hold together what one would",
    async (format) => {
      const rowsPerFile = 4000;
      const parts = Math.ceil(brain.synapses.slot.length / rowsPerFile);
      const { target, names, verified } = await exportAs({ format, rowsPerFile }, format === "neo4j-csv" ? "split" : `split.${format}`);
      expect(verified).toBe(true);
      const stem = format === "neo4j-csv" ? /^synapses(-\d+)?\.csv$/ : /^split(\.part-\d+)?\.(csv|parquet|arrow)$/;
      expect(names.filter((name) => stem.test(name))).toHaveLength(parts);
      expect(parts).toBeGreaterThan(2);
      const { counts } = await verifyWritten(target);
      expect(counts.find(({ what }) => what === "synapses")).toMatchObject({ found: brain.synapses.slot.length, isSame: true });
      if (format === "neo4j-csv")
        expect(readFileSync(path.join(target, "README.md"), "utf8")).toContain(`synapses-header.csv,synapses.csv,synapses-2.csv`);
    },
  );

  test(`are packed as they are told${hasParquet ? ", for pyarrow and DuckDB too" : " (their readers are not here)"}, and named so that one sees it`, async () => {
    expect((await exportAs({ format: "graphml", compression: "gzip" }, "graph.graphml")).names[0]).toBe("graph.graphml.gz");
    for (const [compression, codec] of [
      ["none", "UNCOMPRESSED"],
      ["gzip", "GZIP"],
      ["snappy", "SNAPPY"],
    ] as const) {
      const { target, verified } = await exportAs({ format: "parquet", compression });
      const bytes = new Uint8Array(readFileSync(target)).buffer;
      expect([verified, parquetMetadata(bytes).row_groups[0]!.columns[0]!.meta_data!.codec]).toEqual([true, codec]);
      if (hasParquet) expect(read("parquet", target)).toMatchObject({ synapses: brain.synapses.slot.length });
    }
    await expect(exportAs({ format: "csv", compression: "snappy" })).rejects.toMatchObject({ advice: "Choose none, gzip." });
    await expect(exportAs({ format: "csv", rowsPerFile: 1 })).rejects.toMatchObject({ advice: expect.stringMatching(/^Take \d+ rows/) });
    await expect(exportAs({ format: "graphml", rowsPerFile: 10 })).rejects.toThrow("graphml is not split");
  });

  test("of a bundle are the brain, its genome, what fired, and a page about them", async () => {
    const { names, verified, target } = await exportAs({ format: "bundle" }, "all");
    expect(verified).toBe(true);
    expect(names).toEqual(["README.md", "brain.brain", "genome.json", "activity.parquet", "provenance.json"]);
    expect(await verifyWritten(target)).toMatchObject({
      isGood: true,
      counts: [{ what: "spikes", found: brain.spikes.burst.length }],
    });
  });
});

describe("an export on disk", () => {
  test("is found by its file, its folder or its sidecar, and counted again", async () => {
    const { target } = await exportAs({ format: "csv" }, "lies.csv");
    const { target: circuit } = await exportAs({ format: "sonata" }, "circuit");
    for (const place of [target, `${target}.provenance.json`, circuit, path.join(circuit, "provenance.json")]) {
      const found = await verifyWritten(place);
      expect(found).toMatchObject({ isGood: true, exportedAt: "2026-11-26T00:00:00Z" });
      expect(found.counts.map(({ what, isSame }) => [what, isSame])).toEqual(
        expect.arrayContaining([
          ["neurons", true],
          ["synapses", true],
          ["weights", true],
          ["spikes", true],
        ]),
      );
    }
    await expect(verifyWritten(path.join(folder, "nowhere.csv"))).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });

  test("that was changed, cut short or lost a file says which file and how", async () => {
    const { target, files } = await exportAs({ format: "csv" }, "hurt.csv");
    const text = readFileSync(target, "utf8");
    writeFileSync(
      target,
      text.replace(/\d(?=\n)/, (digit) => String((Number(digit) + 1) % 10)),
    );
    appendFileSync(files[1]!.path, "x");
    rmSync(files[2]!.path);
    const found = await verifyWritten(target);
    expect(found.files.map(({ problem }) => problem)).toEqual(["checksum", "length", "missing", null, null]);
    expect([found.isGood, found.counts]).toEqual([false, []]);
  });

  test("with a sidecar that says other sums than the files hold is not good", async () => {
    const { target } = await exportAs({ format: "graphml" });
    const sidecar = `${target}.provenance.json`;
    const said = JSON.parse(readFileSync(sidecar, "utf8"));
    said.tally.synapses++;
    writeFileSync(sidecar, JSON.stringify(said));
    const { isGood, counts } = await verifyWritten(target);
    expect(isGood).toBe(false);
    expect(counts.filter(({ isSame }) => !isSame).map(({ what }) => what)).toEqual(["synapses"]);
    truncateSync(sidecar, 10);
    await expect(verifyWritten(target)).rejects.toMatchObject({ code: "E_INVALID" });
  });
});

test("a plan names what readers stumble over: names that two areas share, values that are no numbers", () => {
  const { connectome, neurons } = brain;
  const areas = new Map([...connectome.areas].map(([id, area], i) => [id, i < 2 ? { ...area, name: "V1\u0000" } : area]));
  const threshold = neurons.threshold.slice();
  threshold[networkIn(brain, {}).ids[0]!] = Number.POSITIVE_INFINITY;
  const source = { ...brain, connectome: { ...connectome, areas }, neurons: { ...neurons, threshold } } as ExportSource;
  const { checks } = planFor({ format: "graphml", scope: {} }, source);
  expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
    ["names", false],
    ["values", false],
    ["schema", false],
  ]);
  expect(planFor({ format: "graphml", scope: {} }, brain).checks.every(({ ok }) => ok)).toBe(true);
  expect(planFor({ format: "genome", scope: {} }, brain).checks).toMatchObject([{ name: "schema", ok: true }]);
});
