/** Networks come back in: what we wrote as it was, plain ones of others with every default told, broken ones not at all. */
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Dataset, File, Group } from "h5wasm/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LabError } from "#contracts/errors.ts";
import { type ExportFormat, ExportOptions } from "#contracts/exports.ts";
import { grown } from "#core/development/grow.ts";
import type { Engine } from "#core/engine/engine.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { genomeOfConnectome, stateOfConnectome } from "#core/exchange/brain-of-connectome.ts";
import { brainOfNetwork } from "#core/exchange/brain-of-network.ts";
import type { ForeignNetwork } from "#core/exchange/foreign-network.ts";
import { type ExportSource, neuronsOfEngine } from "#core/exchange/network.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { exportBrain } from "./export-brain.ts";
import { readForeign, readForeignText } from "./foreign-file.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const maker = { version: "1.2.3", engine: "reference" };
const meta = { brainId: "b", title: "A <brain>", burst: 0, rateHz: 30, savedAt: "2026-11-26T00:00:00Z" };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gyrus-import-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function grownSource(name: string): ExportSource {
  const parsed = parseGenome(readFileSync(path.join(root, `resources/genomes/${name}.json`), "utf8"));
  if (!parsed.ok) throw new Error("the sample does not parse");
  const connectome = grown(parsed.genome);
  const engine = createReferenceEngine();
  engine.load(connectome.image);
  return sourceOf(engine, connectome);
}

function sourceOf(engine: Engine, connectome: ExportSource["connectome"]): ExportSource {
  return { connectome, synapses: engine.synapses(), neurons: neuronsOfEngine(engine), snapshot: new Uint8Array(0), meta };
}

/** A brain of it, in an engine, ready to be exported again. */
function brainOf(network: ForeignNetwork) {
  const { body, notes } = brainOfNetwork(network);
  const parsed = parseGenome(genomeOfConnectome(body));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const connectome = grown(parsed.genome);
  const { snapshot, holes, leftOut } = stateOfConnectome(body, connectome);
  expect(leftOut).toEqual([]);
  const engine = createReferenceEngine();
  engine.load(connectome.image);
  engine.restore(snapshot);
  return { source: sourceOf(engine, { ...connectome, holes }), notes, engine };
}

async function exported(source: ExportSource, format: ExportFormat, name: string, options: Partial<ExportOptions> = {}) {
  const target = path.join(folder, format === "sonata" ? name : `${name}.${format}`);
  await exportBrain({ target, source, options: ExportOptions.parse({ format, ...options }), maker });
  return target;
}

/** Every dataset and attribute of an HDF5 file, as a hash of its values. */
function columnsOf(file: string): Record<string, string> {
  const h5 = new File(file, "r");
  const found: Record<string, string> = {};
  const hashed = (value: unknown) =>
    createHash("sha256")
      .update(ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : String(value))
      .digest("hex");
  const walk = (group: Group) => {
    for (const [name, { value }] of Object.entries(group.attrs)) found[`${group.path}@${name}`] = String(value);
    for (const name of group.keys()) {
      const item = group.get(name);
      if (item instanceof Group) walk(item);
      else if (item instanceof Dataset) found[`${item.path} ${item.shape} ${item.dtype}`] = hashed(item.value);
    }
  };
  walk(h5);
  h5.close();
  return found;
}

const network = async (file: string) => (await readForeign(file, { limitBytes: 2 ** 33 }))!;

describe("export, import, export", () => {
  test.each(["essential", "learning"])("of %s as GraphML gives the same bytes", async (name) => {
    const first = await exported(grownSource(name), "graphml", `${name}-1`);
    const { source } = brainOf(await network(first));
    const second = await exported({ ...source, meta }, "graphml", `${name}-2`);
    expect(readFileSync(second, "utf8") === readFileSync(first, "utf8")).toBe(true);
  });

  test.each(["essential", "learning"])(
    "of %s as SONATA gives the same columns, cell for cell, areas without neurons included",
    async (name) => {
      const first = await exported(grownSource(name), "sonata", `${name}-s1`, { stepMs: 4 });
      const read = await network(first);
      expect([read.stepMs, read.title]).toEqual([4, meta.title]);
      const second = await exported(brainOf(read).source, "sonata", `${name}-s2`, { stepMs: 4 });
      const files = readdirSync(first).filter((file) => file !== "provenance.json");
      expect(files.length).toBeGreaterThan(4);
      for (const file of files) {
        const [before, after] = [first, second].map((at) => path.join(at, file)) as [string, string];
        // HDF5 notes the second in which an object was made.
        if (file.endsWith(".h5")) expect(columnsOf(after)).toEqual(columnsOf(before));
        else expect(readFileSync(after, "utf8")).toBe(readFileSync(before, "utf8"));
      }
    },
  );

  test("of two areas alone is stable from the first import on, and holes stay holes", async () => {
    const whole = grownSource("learning");
    const { src, dst } = whole.connectome.mappings.find(
      (one) => one.src !== one.dst && whole.connectome.areas.get(one.src)!.neurons > 10 && one.synapses > 10,
    )!;
    whole.neurons.valid[whole.connectome.areas.get(src)!.firstNeuron + 1] = 0;
    const first = await exported(whole, "graphml", "part-1", { scope: { areas: [src, dst] } });
    const once = brainOf(await network(first)).source;
    expect([...once.connectome.holes.keys()]).toContain(src);
    const second = await exported(once, "graphml", "part-2");
    const third = await exported(brainOf(await network(second)).source, "graphml", "part-3");
    expect(readFileSync(third, "utf8")).toBe(readFileSync(second, "utf8"));
    const edges = (file: string) => readFileSync(file, "utf8").match(/<edge /g)?.length;
    expect(edges(third)).toBe(edges(first));
  });
});

const plain = `<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="d1" for="edge" attr.name="weight" attr.type="double"/>
<key id="d2" for="node" attr.name="colour" attr.type="string"><default>red</default></key>
<graph edgedefault="directed"><node id="a"><data key="d2">blue</data></node><node id="b"/><node id="c"/>
<edge source="a" target="b"><data key="d1">-0.5</data></edge><edge source="b" target="c"/></graph></graphml>`;

describe("a plain graph", () => {
  test("becomes a brain that runs, and every default is told", async () => {
    const { source, notes, engine } = brainOf((await readForeignText(plain, "plain.graphml", { limitBytes: 2 ** 30 }))!);
    const { weight, psp, kind, delay } = source.synapses;
    expect([[...weight], [...psp], [...kind], [...delay]]).toEqual([
      [0.5, 1],
      [1, 1],
      [1, 0],
      [1, 1],
    ]);
    const said = notes.map(({ message }) => message).join("\n");
    for (const what of [
      "colour",
      "1 synapses without a weight: 1",
      "3 neurons that do not say their firing threshold: 1",
      "no mapping rules",
      "a plane of 2 × 2",
    ])
      expect(said).toContain(what);
    engine.burstIntoSync(new Uint32Array(engine.frameWords));
    expect(engine.burst).toBe(1);
  });

  test("without directions leads both ways", async () => {
    const { source } = brainOf((await readForeignText(plain.replace("directed", "undirected"), "g.graphml", { limitBytes: 2 ** 30 }))!);
    expect([[...source.synapses.source], [...source.synapses.target]]).toEqual([
      [7, 8, 8, 9],
      [8, 7, 9, 8],
    ]);
  });

  test("is told by its content, packed as well, and a genome is not taken for one", async () => {
    const packed = path.join(folder, "packed.gz");
    writeFileSync(packed, gzipSync(plain));
    expect((await network(packed)).neurons.count).toBe(3);
    expect(await readForeign(path.join(root, "resources/genomes/essential.json"), { limitBytes: 2 ** 30 })).toBeNull();
    expect(
      await readForeignText(readFileSync(path.join(root, "resources/genomes/essential.json"), "utf8"), "g", { limitBytes: 2 ** 30 }),
    ).toBeNull();
  });
});

describe("refused, with what and where", () => {
  test.each([
    ["a file that ends early", plain.slice(0, 300), /no whole XML.*line \d+/],
    ["an end that is no node", plain.replace('target="b"', 'target="z"'), /has the end "z".*line 5/],
    ["a weight that is none", plain.replace("-0.5", "heavy"), /"weight" of the edge from "a" to "b" is "heavy"/],
    ["two nodes of one id", plain.replace('id="b"', 'id="a"'), /two nodes have the id "a"/],
    ["a graph in a node", plain.replace('<node id="c"/>', '<node id="c"><graph edgedefault="directed"/></node>'), /inside a node/],
    ["no nodes", "<graphml><graph edgedefault='directed'/></graphml>", /has no neurons/],
    [
      "entities that swell",
      `<!DOCTYPE graphml [<!ENTITY a "aaaa">]>${plain.replace("<?xml version='1.0' encoding='utf-8'?>\n", "").replace("-0.5", "&a;")}`,
      /refused/,
    ],
    ["other XML", "<svg/>", /no GraphML/],
  ])("%s", async (_, text, message) => {
    await expect(readForeignText(text, "bad.graphml", { limitBytes: 2 ** 30 })).rejects.toMatchObject({
      message: expect.stringMatching(message),
      advice: expect.any(String),
    });
  });

  test("what a person cancels, on the way", async () => {
    let pieces = 0;
    const tick = () => {
      if (++pieces === 3) throw new LabError("E_CANCELLED", "stopped");
    };
    const file = path.join(folder, "cancelled.graphml");
    const nodes = Array.from({ length: 20_000 }, (_, at) => `<node id="n${at}"/>`).join("");
    writeFileSync(file, `<graphml><graph edgedefault="directed">${nodes}</graph></graphml>`);
    await expect(readForeign(file, { limitBytes: 2 ** 30, tick })).rejects.toMatchObject({ code: "E_CANCELLED" });
  });

  test("more than there is memory for", async () => {
    const nodes = Array.from({ length: 5000 }, (_, at) => `<node id="n${at}"/>`).join("");
    const text = `<graphml><graph edgedefault="directed">${nodes}</graph></graphml>`;
    await expect(readForeignText(text, "large.graphml", { limitBytes: 100_000 })).rejects.toMatchObject({
      code: "E_NETWORK",
      message: expect.stringContaining("room for 0 MB"),
    });
  });

  test("a circuit whose files are cut, missing or point outside of each other", async () => {
    const whole = await exported(grownSource("learning"), "sonata", "whole", { stepMs: 4 });
    const broken = (name: string, breaks: (at: string) => void) => {
      const copy = path.join(folder, name);
      cpSync(whole, copy, { recursive: true });
      breaks(copy);
      return readForeign(copy, { limitBytes: 2 ** 33 });
    };
    await expect(broken("cut", (at) => truncateSync(path.join(at, "edges.h5"), 20_000))).rejects.toMatchObject({
      message: expect.stringMatching(/^edges\.h5 was refused/),
    });
    await expect(broken("none", (at) => rmSync(path.join(at, "nodes.h5")))).rejects.toMatchObject({
      message: expect.stringMatching(/^nodes\.h5 was refused/),
    });
    await expect(broken("text", (at) => writeFileSync(path.join(at, "nodes.h5"), "text"))).rejects.toMatchObject({
      message: expect.stringMatching(/^nodes\.h5 was refused/),
    });
    await expect(broken("types", (at) => writeFileSync(path.join(at, "node_types.csv"), "x\n1\n"))).rejects.toMatchObject({
      message: expect.stringMatching(/node_types\.csv was refused.*node_type_id/),
    });
    await expect(
      broken("config", (at) => writeFileSync(path.join(at, "circuit_config.json"), '{"networks":{"nodes":[{}]}}')),
    ).rejects.toMatchObject({ message: expect.stringMatching(/networks\.nodes\[0\] names no nodes_file/) });
    await expect(readForeign(path.join(whole, "nodes.h5"), { limitBytes: 2 ** 33 })).rejects.toMatchObject({
      advice: expect.stringContaining("circuit_config.json"),
    });
    mkdirSync(path.join(folder, "empty"));
    await expect(readForeign(path.join(folder, "empty"), { limitBytes: 2 ** 33 })).rejects.toMatchObject({ code: "E_IO" });
  });
});
