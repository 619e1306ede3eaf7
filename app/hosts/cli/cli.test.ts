/** The command line as scripts use it: a process, its one JSON document, its exit code, its one error line. */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { packageRoot } from "../paths.ts";

const root = packageRoot();
const genome = (name: string) => path.join(root, "resources/genomes", `${name}.json`);
const golden = (name: string) => path.join(root, "app/core/engine/golden", name);
const scratch = mkdtempSync(path.join(os.tmpdir(), "gyrus-cli-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function gyrus(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, "app/hosts/cli/index.ts"), ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { code: status, out: stdout, err: stderr };
}

function json(...args: string[]) {
  const { out, code, err } = gyrus(...args, "--json");
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

describe("gyrus", () => {
  test("associate learns the worked experiment, beside a control, and draws the curve", () => {
    const folder = path.join(root, "resources/experiments");
    const whole = JSON.parse(readFileSync(path.join(folder, "association.json"), "utf8"));
    const file = path.join(scratch, "association.json");
    const short = { ...whole, pairs: 4, pairings: 4, omission: 0, genome: path.join(folder, "association-genome.json") };
    writeFileSync(file, JSON.stringify(short));
    const curve = path.join(scratch, "association.svg");
    const { runs } = json("associate", file, "--curve", curve);
    const recalled = ({ points }: { points: { recalled: number }[] }) => points.map((point) => point.recalled);
    expect(runs.map(recalled)).toEqual([
      [0, 0, 0, 1, 1],
      [0, 0, 0, 0, 0],
    ]);
    expect(readFileSync(curve, "utf8")).toContain("never together");
    writeFileSync(file, JSON.stringify({ ...short, omission: 2 }));
    const { code, err } = gyrus("associate", file);
    expect([code, err]).toEqual([1, expect.stringMatching(/^error: omission: /)]);
  });

  test("develop grows essential to FEAGI's counts and names its areas by migrated ids", () => {
    const result = json("develop", genome("essential"));
    expect([result.neurons, result.synapses, result.areas.length]).toEqual([55_363, 1_552, 30]);
    expect(result.stages.map(({ name }: { name: string }) => name)).toEqual([
      "parse",
      "corticogenesis",
      "voxelogenesis",
      "neurogenesis",
      "synaptogenesis",
    ]);
  });

  test("validate says where and what; a broken genome ends with 1", () => {
    const broken = path.join(scratch, "broken.json");
    writeFileSync(broken, readFileSync(genome("essential"), "utf8").slice(0, 20_000));
    const { code, out } = gyrus("validate", broken, "--json");
    expect(code).toBe(1);
    const report = JSON.parse(out);
    expect(report.valid).toBe(false);
    expect(report.errors[0]).toMatchObject({
      path: expect.any(String),
      code: expect.any(String),
      expected: expect.any(String),
      found: expect.any(String),
    });
    expect(json("validate", genome("essential"))).toMatchObject({ valid: true, errors: [] });
  });

  test("develop --no-repair refuses what only growth finds, and says what", () => {
    const document = JSON.parse(readFileSync(path.join(root, "app/core/genome/golden/probe-edits.json"), "utf8"));
    document.blueprint["_____10c-cBBBBB-cx-dstmap-d"].cBBBBB[0][0] = "scatter";
    document.neuron_morphologies.scatter = { type: "functions", class: "custom", parameters: {} };
    const file = path.join(scratch, "scatter.json");
    writeFileSync(file, JSON.stringify(document));
    const [grown, refused] = [json("develop", file), gyrus("develop", file, "--no-repair")];
    expect(grown.repairs).toEqual([
      expect.objectContaining({ path: expect.stringContaining("dstmap"), message: expect.stringContaining("scatter") }),
    ]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(grown.repairs[0].message);
  });

  test("run gives the same raster on the reference engine and by default", () => {
    const args = ["run", genome("learning"), "--bursts", "120", "--seed", "7"];
    const raster = path.join(scratch, "raster.csv");
    const reference = json(...args, "--engine", "reference", "--raster", raster);
    expect(reference.firings).toBeGreaterThan(1000);
    expect(json(...args).rasterSha256).toBe(reference.rasterSha256);
    const rows = readFileSync(raster, "utf8").trimEnd().split("\n").slice(1);
    const pairs = Buffer.alloc(rows.length * 8);
    for (const [i, row] of rows.entries())
      for (const [j, cell] of row.split(",").entries()) pairs.writeUInt32LE(Number(cell), i * 8 + j * 4);
    expect(createHash("sha256").update(pairs).digest("hex")).toBe(reference.rasterSha256);
  });

  test("run stimulates an input area by a seeded Poisson process", () => {
    const args = ["run", genome("essential"), "--bursts", "20", "--stimulate", "poisson:iic400:5"];
    const first = json(...args, "--seed", "1");
    expect(first.firings).toBeGreaterThan(100);
    expect(json(...args, "--seed", "1").rasterSha256).toBe(first.rasterSha256);
    expect(json(...args, "--seed", "2").rasterSha256).not.toBe(first.rasterSha256);
  });

  test("replay reads .gz from standard input and reports the match", () => {
    const file = golden("mix_200.json");
    const packed = gzipSync(readFileSync(file));
    const out = execFileSync(process.execPath, [path.join(root, "app/hosts/cli/index.ts"), "replay", "-", "--json"], {
      input: packed,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    expect(JSON.parse(out)).toMatchObject({ match: true, firstMismatch: null, threads: 1 });
  });

  test("a network of lif-delta runs and replays; what is of FEAGI's neurons does not run as one", () => {
    const file = path.join(root, "app/core/engine/lif/golden/nest.json");
    const asLif = ["--engine", "reference", "--dynamics", "lif-delta"];
    expect(json("replay", file, ...asLif)).toMatchObject({ match: true, bursts: 150 });
    const run = json("run", file, "--bursts", "150", ...asLif);
    expect([run.firings, Object.keys(run.firingsByArea)]).toEqual([211, ["1", "2"]]);
    for (const args of [
      ["run", genome("essential"), "--bursts", "1"],
      ["replay", golden("single_leak.json")],
    ]) {
      const { code, err } = gyrus(...args, "--dynamics", "lif-delta");
      expect(code).toBe(1);
      expect(err).toContain("gyrus-network/1");
    }
  });

  test("a record of one part is no network's: replay says what it is and what can be replayed", () => {
    const { code, err } = gyrus("replay", path.join(root, "app/core/plasticity/golden/memory_lifecycle.json"));
    expect(code).toBe(1);
    expect(err).toMatch(/^error: This is a record of pattern memory, not of a network's bursts \(format\): Replay a burst-golden/);
  });

  test("replay of a record that was tampered with names the burst and what differs, and ends with 1", () => {
    const record = JSON.parse(readFileSync(golden("single_leak.json"), "utf8"));
    record.bursts[2].processed += 1;
    const file = path.join(scratch, "tampered.json");
    writeFileSync(file, JSON.stringify(record));
    const { code, out } = gyrus("replay", file, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ match: false, firstMismatch: { burst: 3, what: "processed" } });
  });

  test("export writes a brain file that grows no second time, and an unchanged genome byte for byte", () => {
    const brain = path.join(scratch, "tunnel.brain");
    json("develop", genome("tunnel"), "--out", brain);
    expect(json("develop", brain)).toMatchObject({ neurons: 17_043, synapses: 400, stages: [] });
    const copy = path.join(scratch, "tunnel.json");
    const { files } = json("export", genome("tunnel"), "--format", "genome", "--out", copy);
    expect(readFileSync(copy)).toEqual(readFileSync(genome("tunnel")));
    expect(files[0].sha256).toBe(createHash("sha256").update(readFileSync(copy)).digest("hex"));
  });

  test("import makes a brain file of GraphML that runs; what is something else than it was said to be is refused", () => {
    const [graph, brain] = [path.join(scratch, "graph.graphml"), path.join(scratch, "graph.brain")];
    expect(gyrus("export", genome("learning"), "--format", "graphml", "--out", graph).code).toBe(0);
    const made = json("import", graph, "--format", "graphml", "--out", brain);
    const grown = json("develop", genome("learning"));
    expect([made.neurons, made.synapses]).toEqual([grown.neurons, grown.synapses]);
    expect(made.repairs).toContainEqual(expect.objectContaining({ code: "IMPORT_DEFAULT" }));
    expect(json("run", brain, "--bursts", "3").bursts).toBe(3);
    expect(json("validate", graph)).toMatchObject({ valid: true, version: "GraphML", areas: made.areas.length });
    expect(gyrus("import", graph, "--format", "sonata", "--out", brain)).toMatchObject({
      code: 1,
      err: expect.stringContaining("The file is graphml, not sonata"),
    });
  });

  test("export --plan says what would be lost and writes nothing; without a step length sonata is refused", () => {
    const plan = json("export", genome("tunnel"), "--format", "mtx", "--plan", "--only", "excitatory");
    expect(plan).toMatchObject({ neurons: 17_043, lost: expect.arrayContaining([expect.stringContaining("Delays of synapses")]) });
    const { code, err } = gyrus("export", genome("tunnel"), "--format", "sonata", "--out", path.join(scratch, "sonata"));
    expect(code).toBe(1);
    expect(err).toContain("stepMs");
    expect(existsSync(path.join(scratch, "sonata"))).toBe(false);
  });

  test("export takes probes, ids from 1 and files of so many rows; verify reads them again, and ends with 1 where one was changed", () => {
    const table = path.join(scratch, "split.csv");
    const { files } = json("export", genome("tunnel"), "--format", "csv", "--out", table, "--id-base", "1", "--rows-per-file", "300");
    expect(files.map((file: { path: string }) => path.basename(file.path))).toContain("split.part-2.csv");
    expect(json("verify", table)).toMatchObject({
      isGood: true,
      counts: expect.arrayContaining([expect.objectContaining({ what: "weights" })]),
    });
    writeFileSync(files[1].path, "");
    expect(gyrus("verify", table)).toMatchObject({ code: 1, out: expect.stringContaining("split.part-2.csv  length") });
    const probes = path.join(scratch, "probes.csv");
    const asked = ["export", genome("tunnel"), "--format", "csv", "--out", probes, "--probes", "3", "5"];
    expect(gyrus(...asked)).toMatchObject({ code: 2, err: expect.stringContaining("--bursts") });
    expect(json(...asked, "--bursts", "6", "--activity", "2..4")).toMatchObject({ neurons: 2, verified: true });
    expect(readFileSync(probes, "utf8").trimEnd().split("\n")).toHaveLength(1 + 2 * 3);
  });

  test("export to nest writes a network of lif-delta; of a brain it says what NEST would do otherwise, and refuses", () => {
    const network = path.join(root, "app/core/engine/lif/golden/nest.json");
    const folder = path.join(scratch, "nest");
    const { files } = json("export", network, "--format", "nest", "--out", folder);
    expect(files.map((file: { path: string }) => path.basename(file.path))).toEqual(
      expect.arrayContaining(["run.py", "provenance.json", "weight.npy"]),
    );
    const plan = json("export", genome("barebones"), "--format", "nest", "--plan");
    expect(plan.lost[0]).toContain("iaf_psc_delta");
    const { code, err } = gyrus("export", genome("barebones"), "--format", "nest", "--out", path.join(scratch, "pretence"));
    expect([code, existsSync(path.join(scratch, "pretence"))]).toEqual([1, false]);
    expect(err).toContain(plan.lost[0]);
  });

  test.each([
    [["develop", "nowhere.json"], 1, /^error: There is no such file \(nowhere\.json\): .+\n$/],
    [["synapses", genome("barebones"), "--src", "nobody"], 1, /^error: No such cortical area \(nobody\): .+\n$/],
    [["run", genome("barebones")], 2, /^error: .*--bursts.*\n$/],
    [["run", genome("barebones"), "--bursts", "many"], 2, /^error: --bursts takes a whole number.*\n$/],
    [["frobnicate"], 2, /^error: unknown command.*\n$/],
    [["runn"], 2, /^error: unknown command.*Did you mean run.*\n$/],
    [["validate", scratch], 1, /^error: This is a folder, and it holds no circuit_config\.json .*\n$/],
  ])("%j fails in one line", (args, code, line) => {
    const result = gyrus(...args);
    expect(result.code).toBe(code);
    expect(result.err).toMatch(line);
    expect(result.out).toBe("");
  });
});
