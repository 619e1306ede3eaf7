/**
 * The lab beside a real Neo4j 5.26: what is written, what is written again after an edit, what a broken write leaves, what is answered.
 * Where Java or the jars are missing the tests say so by name.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import neo4j, { type Driver } from "neo4j-driver";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InputOf } from "#contracts/command.ts";
import type { GraphNode, neo4jCommands, SyncResult } from "#contracts/commands/neo4j.ts";
import { idOf } from "#core/development/testing/hand-made.ts";
import type { SynapseRows } from "#core/engine/engine.ts";
import { seeded } from "#core/engine/testing/seeded.ts";
import { synapseType } from "#core/exchange/tables.ts";
import { parseGenome } from "#core/genome/parse.ts";
import type { GraphOrder } from "#services/ports.ts";
import { closeTestLabs, sample, type TestLab, template, testLab } from "#services/testing/test-lab.ts";
import { examineNeo4j } from "../machine/doctor.ts";
import { openNeo4j } from "./open-neo4j.ts";
import { millionSynapses, sourceOf, tangle } from "./testing/brains.ts";
import { missing, type Neo4jServer, neo4jAdmin, password, startNeo4j } from "./testing/neo4j-server.ts";

const nothing = { nodesCreated: 0, nodesDeleted: 0, relationshipsCreated: 0, relationshipsDeleted: 0, propertiesSet: 0 };
const whySkipped = missing && ` (skipped: ${missing})`;
const SAMPLE = 1000;
/** A minute on a free machine; a guard against hanging, not a measure. */
const HOUR = 3_600_000;

function asking(driver: () => Driver) {
  return async <T = unknown>(text: string, parameters: Record<string, unknown> = {}): Promise<T[]> => {
    const { records } = await driver().executeQuery(text, parameters);
    return records.map((record) => record.get(0) as T);
  };
}

const driverOf = ({ place }: Neo4jServer) =>
  neo4j.driver(place.uri, neo4j.auth.basic("neo4j", password), { disableLosslessIntegers: true });

/** A random sample of the living synapses, each as the graph should have it. */
function sampled({ slot, source, target, weight, psp, kind, delay }: SynapseRows) {
  const random = seeded(8);
  return Array.from({ length: Math.min(SAMPLE, slot.length) }, () => random.int(0, slot.length - 1)).map((row) => [
    ...[slot[row]!, source[row]!, target[row]!, weight[row]!, psp[row]!, synapseType(kind[row]!), delay[row]!],
  ]);
}

const bySlot = `UNWIND $slots AS slot MATCH (a:Neuron)-[s:SYNAPSE {slot: toInteger(slot)}]->(b:Neuron)
  RETURN [s.slot, a.id, b.id, s.weight, s.psp, s.type, s.delay]`;

const inOrder = (rows: unknown[][]) => rows.map(String).sort();
const parsed = parseGenome(readFileSync(sample("essential"), "utf8"));
if (!parsed.ok) throw new Error("the sample does not parse");
/** The same brain as the lab grows, grown beside it. */
const essential = sourceOf(parsed.genome);

describe.skipIf(missing)(`a lab beside Neo4j${whySkipped}`, () => {
  let folder: string;
  let server: Neo4jServer;
  let driver: Driver;
  let lab: TestLab;
  let imported: string;
  const ask = asking(() => driver);
  const sync = (replace = false): Promise<SyncResult> => lab.call("neo4j", "sync", { replace });
  const open = (genome: string) => lab.call("genome", "load", { path: genome });
  const refused = (input: InputOf<(typeof neo4jCommands)["connect"]>) => lab.call("neo4j", "connect", input).catch((error) => error);

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "gyrus-neo4j-"));
    lab = await testLab();
    await open(sample("essential"));
    // The first server opens what the real importer made of our CSV.
    const csv = path.join(folder, "csv");
    await lab.call("session", "export", { format: "neo4j-csv", path: csv });
    const [, command] = /```\nneo4j-admin ([^`]*)```/.exec(readFileSync(path.join(csv, "README.md"), "utf8"))!;
    imported = await neo4jAdmin(folder, command!.split(/[\s\\]+/).filter(Boolean), csv);
    server = await startNeo4j(folder);
    driver = driverOf(server);
  });
  afterAll(async () => {
    await closeTestLabs();
    await driver?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("the real importer takes the CSV for it, by the command of its README, and loses nothing", async () => {
    const { neurons, synapses, areas } = await lab.call("brain", "status", {});
    expect(imported).toContain("IMPORT DONE");
    expect(await ask("MATCH (n:Neuron)-[:IN]->(:Area) RETURN count(n)")).toEqual([neurons]);
    expect(await ask("MATCH (a:Area) RETURN count(a)")).toEqual([areas]);
    expect(await ask("MATCH (:Area)-[m:MAPS_TO]->(:Area) RETURN sum(m.synapses)")).toEqual([synapses]);
    expect(await ask("MATCH ()-[s:SYNAPSE]->() RETURN count(s)")).toEqual([synapses]);
    const wanted = sampled(essential.engine.synapses());
    const held = await ask<unknown[]>(bySlot, { slots: wanted.map(([slot]) => slot) });
    expect(inOrder(held)).toEqual(inOrder(wanted));
  });

  test("says what keeps it from connecting, and never the password", async () => {
    expect(await refused({ ...server.place })).toMatchObject({ code: "E_INVALID", message: expect.stringContaining("No password") });
    const wrong = await refused({ ...server.place, password: "wrong-secret" });
    expect(wrong).toMatchObject({ code: "E_DENIED", advice: expect.stringContaining("password") });
    expect(await lab.call("neo4j", "status", {})).toMatchObject({ state: "failed", password: "none", problem: { message: wrong.message } });
    expect(await refused({ password, database: "elsewhere" })).toMatchObject({ code: "E_NOT_FOUND" });
    const closedPort = await refused({ password, uri: "bolt://127.0.0.1:1", database: "neo4j" });
    expect(closedPort).toMatchObject({ code: "E_IO", message: expect.stringContaining("bolt://127.0.0.1:1") });
    await expect(sync()).rejects.toMatchObject({ code: "E_CONFLICT", message: "The lab is not connected to Neo4j" });
    expect(JSON.stringify(wrong)).not.toContain("wrong-secret");
    const { uri, ...rest } = server.place;
    await expect(lab.call("neo4j", "connect", { ...rest, uri: uri.replace("//", `//neo4j:${password}@`), password })).rejects.toMatchObject(
      {
        code: "E_INVALID",
      },
    );
  });

  test("doctor tells not configured, not there, refused and reachable apart", async () => {
    const { place } = server;
    const nobody = { ...place, uri: "bolt://127.0.0.1:1" };
    const said = async (at: typeof place, secret: string | null) => (await examineNeo4j({ place: at, password: secret })).detail;
    expect(await said(nobody, null)).toMatch(/^not configured: nothing at bolt:/);
    expect(await said(nobody, password)).toContain("nothing answers at bolt://127.0.0.1:1");
    expect(await said(place, null)).toContain("no password is known");
    expect(await said(place, "wrong-secret")).toMatch(/^refused: .*password/i);
    expect(await examineNeo4j({ place, password })).toEqual({ ok: true, detail: expect.stringMatching(/^Neo4j 5\.26\.0 /) });
  });

  test("keeps the password out of settings, events and announcements", async () => {
    const status = await lab.call("neo4j", "connect", { ...server.place, password });
    expect(status).toMatchObject({ state: "connected", password: "memory", hasKeyStore: false, server: { version: "5.26.0" } });
    expect(lab.ports.settings.get("neo4j.place")).toEqual(server.place);
    const said = [lab.announced, lab.ports.events.read({ after: 0, limit: 1000 }), lab.ports.settings.get("neo4j.place")];
    expect(JSON.stringify(said)).not.toContain(password);
  });

  test("refuses nodes that it did not write; told to take their place writes all of a brain, and nothing the second time", async () => {
    await expect(sync()).rejects.toMatchObject({ code: "E_CONFLICT", message: expect.stringContaining("did not write") });
    const first = await sync(true);
    const areas = await lab.call("connectome", "listAreas", {});
    const { neurons, synapses } = await lab.call("brain", "status", {});
    expect(first.counts).toMatchObject({ neurons, synapses });
    expect(await ask("MATCH (a:Area) RETURN a.id")).toHaveLength(areas.length);
    expect(await ask("MATCH (n:Neuron)-[:IN]->(a:Area) WHERE n.area = a.id RETURN count(n)")).toEqual([neurons]);
    expect(await ask("MATCH ()-[s:SYNAPSE]->() RETURN count(s)")).toEqual([synapses]);
    const mappings = (await lab.call("connectome", "listMappings", {})).map(({ src, dst, synapses: grown }) => [src, dst, grown]);
    expect((await ask("MATCH (a)-[m:MAPS_TO]->(b) RETURN [a.id, b.id, m.synapses]")).map(String).sort()).toEqual(
      mappings.map(String).sort(),
    );
    expect(await lab.call("neo4j", "status", {})).toMatchObject({ held: { isComplete: true, title: expect.any(String) }, sync: null });
    const wanted = sampled(essential.engine.synapses());
    expect(wanted).toHaveLength(SAMPLE);
    const held = await ask<unknown[]>(bySlot, { slots: wanted.map(([slot]) => slot) });
    expect(inOrder(held)).toEqual(inOrder(wanted));
    const again = await sync();
    expect(again).toMatchObject({ writes: nothing, parts: { compared: 0, unchanged: first.parts.total } });
  });

  test("after an edit writes what changed and nothing else; taken back, that again", async () => {
    const areas = await lab.call("connectome", "listAreas", {});
    const mappings = await lab.call("connectome", "listMappings", {});
    const { src, dst, synapses, rules } = mappings.toSorted((a, b) => b.synapses - a.synapses)[0]!;
    const edited = areas.find(({ id }) => id === dst)!;
    await lab.call("connectome", "updateArea", { id: dst, parameters: { firingThreshold: edited.parameters.firingThreshold + 1.5 } });
    expect((await sync()).writes).toEqual({ ...nothing, propertiesSet: edited.neurons + 1 });

    await lab.call("connectome", "setMapping", { src, dst, rules: [] });
    const gone = await sync();
    expect(gone.writes).toEqual({ ...nothing, relationshipsDeleted: synapses + 1 + rules.length });
    await lab.call("connectome", "undo", {});
    const back = (await sync()).writes;
    expect(back).toMatchObject({ ...nothing, relationshipsCreated: gone.writes.relationshipsDeleted, propertiesSet: back.propertiesSet });

    await lab.call("connectome", "updateArea", { id: dst, name: "renamed" });
    expect((await sync()).writes).toEqual({ ...nothing, propertiesSet: 1 });
    await ask("MATCH (a:Area {id: $id}) SET a.remark = 'mine'", { id: dst });
    const small = areas.find(({ neurons, kind }) => kind === "custom" && neurons > 0 && neurons < 100)!;
    await lab.call("connectome", "removeArea" as never, { id: small.id } as never);
    const { writes, counts } = await sync();
    expect(writes).toMatchObject({ nodesCreated: 0, nodesDeleted: small.neurons + 1 });
    expect(await ask("MATCH (n:Neuron) RETURN count(n)")).toEqual([counts.neurons]);
    expect(await ask("MATCH (a:Area {id: $id}) RETURN a.remark", { id: dst })).toEqual(["mine"]);
  });

  test("refuses a database that holds another brain; told to take its place puts memories beside the connectome, under labels of their own", async () => {
    await open(template("memory"));
    await expect(sync()).rejects.toMatchObject({ code: "E_CONFLICT", message: expect.stringContaining("another brain") });
    const area = "aXBybwEAAAA=";
    await lab.call("stimulus", "poisson", { area, probability: 0.1, amplitude: 2, seed: 3 });
    await lab.call("brain", "step", { bursts: 80 });
    const { counts, writes: first } = await sync(true);
    expect(first.nodesDeleted).toBeGreaterThan(50_000);
    expect(await ask("MATCH (n:Neuron) RETURN count(n)")).toEqual([counts.neurons]);
    const { neurons } = await lab.call("memory", "neurons", { limit: 1000 });
    expect(counts.memoryNeurons).toBe(neurons.length);
    expect(neurons.length).toBeGreaterThan(3);
    const { pattern, frames } = await lab.call("memory", "neuron", { id: neurons[0]!.id });
    const [held] = await ask<[string, number]>(
      `MATCH (m:MemoryNeuron {id: toInteger($id)})-[:FORMED_IN]->(home:MemoryArea)-[:LISTENS_TO]->(:Area {id: $area})
       RETURN [m.pattern, COUNT { (m)-[:REMEMBERS]->(:PatternFrame)-[:SEEN_IN]->(:Area) }]`,
      { id: neurons[0]!.id, area },
    );
    expect(held).toEqual([pattern, frames.length]);
    expect(await ask("MATCH (m:MemoryNeuron) WHERE m:Neuron OR m:Area RETURN m")).toEqual([]);
    const indexed = await ask<string>("SHOW INDEXES YIELD labelsOrTypes WHERE labelsOrTypes = ['MemoryNeuron'] RETURN labelsOrTypes[0]");
    expect(indexed.length).toBe(2);
    await lab.call("memory", "forget", { ids: [neurons[0]!.id] });
    const { writes } = await sync();
    expect(writes).toMatchObject({ nodesDeleted: 1 + frames.length });
    expect((await sync()).writes).toEqual(nothing);
  });

  test("answers paths, motifs and hubs as they are worked out from the synapses", async () => {
    const source = sourceOf(tangle());
    const graph = await openNeo4j(server.place, password);
    await graph.write(order(source, { replace: true }));
    const areas = [...source.connectome.areas.values()];
    const area = new Map(areas.map(({ id, firstNeuron, neurons }) => [id, { firstNeuron, neurons }]));
    const rows = source.engine.synapses();
    const home = (neuron: number) =>
      [...area].find(([, { firstNeuron, neurons }]) => neuron >= firstNeuron && neuron < firstNeuron + neurons)![0];
    const ends = Array.from(rows.slot, (_, row) => [rows.source[row]!, rows.target[row]!] as const);
    for (const [level, next] of [
      ["areas", neighbours(ends.map(([from, to]) => [home(from), home(to)]))],
      ["neurons", neighbours<string | number>(ends)],
    ] as const) {
      const names = [...next.keys()].sort();
      const pairs = names.flatMap((from) => names.map((to) => [from, to] as const)).filter(([from, to]) => from !== to);
      const [from, to] = pairs.toSorted((a, b) => simplePaths(next, ...b, 5).length - simplePaths(next, ...a, 5).length)[0]!;
      const expected = simplePaths(next, from, to, 5);
      expect(expected.length).toBeGreaterThan(3);
      const { paths, isCut } = await graph.paths({ level, from, to, maxHops: 5, limit: 1000 } as never);
      expect(isCut).toBe(false);
      expect(paths.map(idsOf).map(String).sort()).toEqual(expected.map(String).sort());
      expect(paths.map((nodes) => nodes.length)).toEqual(expected.map((ids) => ids.length).sort((a, b) => a - b));
      for (const kind of ["reciprocal", "feedForward", "loop"] as const) {
        const found = await graph.motifs({ kind, level, limit: 1000 });
        expect(found.motifs.map(idsOf).map(String).sort()).toEqual(motifsOf(next, kind).map(String).sort());
        expect(found.isCut).toBe(false);
      }
      const { hubs } = await graph.hubs({ level, by: "out", limit: 5 });
      const [most] = [...next.keys()]
        .map((id) => ends.filter(([a]) => (level === "areas" ? home(a) : a) === id).length)
        .sort((a, b) => b - a);
      expect(hubs[0]!.out).toBe(most);
    }
    const nowhere = graph.paths({ level: "neurons", from: 0, to: 4_000_000, maxHops: 2, limit: 1 });
    await expect(nowhere).rejects.toMatchObject({ code: "E_NOT_FOUND", message: "The graph has no neuron 4000000" });
    await graph.close();
  });

  test("a write of a million synapses that broke off with the server goes on where it was, and ends complete", {
    timeout: HOUR,
  }, async () => {
    const source = sourceOf(millionSynapses());
    const [before, count] = [await openNeo4j(server.place, password), source.engine.synapseCount];
    expect(count).toBe(1_001_000);
    let killed: Promise<void> | null = null;
    const broken = before.write(
      order(source, {
        replace: true,
        progress: ({ phase, done, total }) => {
          if (phase === "synapses" && done > total / 3) killed ??= server.kill();
        },
      }),
    );
    await expect(broken).rejects.toMatchObject({ code: "E_IO", message: expect.stringContaining("while writing synapses/") });
    await Promise.all([before.close(), driver.close()]);
    await killed;
    server = await startNeo4j(folder);
    driver = driverOf(server);
    const there = await ask<number>("MATCH ()-[s:SYNAPSE]->() RETURN count(s)");
    expect(there[0]).toBeGreaterThan(count / 4);
    const after = await openNeo4j(server.place, password);
    expect(await after.held()).toMatchObject({ isComplete: false });
    const { writes, parts, counts } = await after.write(order(source));
    expect(counts.synapses).toBe(count);
    expect(parts.unchanged).toBeGreaterThan(parts.total / 4);
    expect(writes.relationshipsCreated).toBe(count - there[0]! + 2 + 2);
    const wanted = sampled(source.engine.synapses());
    const held = await ask<unknown[]>(bySlot, { slots: wanted.map(([slot]) => slot) });
    expect(held.map(String)).toEqual(wanted.map(String));
    expect(await after.held()).toMatchObject({ isComplete: true });
    // From the side where each neuron has one way out, not a thousand.
    const pairs = await after.motifs({ kind: "reciprocal", level: "neurons", area: idOf("ctarget_"), limit: 1000 });
    expect([pairs.isCut, pairs.motifs.length]).toEqual([false, 1000]);
    const [first, last] = [wanted[0]![1] as number, wanted[0]![2] as number];
    const { paths } = await after.paths({ level: "neurons", from: first, to: last, maxHops: 2, limit: 5 });
    expect(paths.map(idsOf)[0]).toEqual([first, last]);

    const signal = { aborted: true };
    await expect(after.write(order(source, { signal }))).rejects.toMatchObject({ code: "E_CANCELLED" });
    await after.close();
  });
});

const order = (source: GraphOrder["source"], more: Partial<GraphOrder> = {}): GraphOrder => ({
  ...{ source, brain: { id: "hand-made", title: "By hand", burst: 0, savedAt: "2026-11-26T00:00:00Z" } },
  ...{ replace: false, signal: { aborted: false }, progress: () => {}, ...more },
});
const idsOf = (nodes: GraphNode[]) => nodes.map(({ id }) => id);

type Id = string | number;
type Next = Map<Id, Set<Id>>;

function neighbours<T extends Id>(ends: readonly (readonly [T, T])[]): Next {
  const next: Next = new Map();
  for (const [from, to] of ends) next.set(from, (next.get(from) ?? new Set()).add(to));
  return next;
}

function simplePaths(next: Next, from: Id, to: Id, hops: number, passed: Id[] = [from]): Id[][] {
  return [...(next.get(from) ?? [])].flatMap((id) => {
    if (passed.includes(id)) return [];
    if (id === to) return [[...passed, id]];
    return hops > 1 ? simplePaths(next, id, to, hops - 1, [...passed, id]) : [];
  });
}

function motifsOf(next: Next, kind: "reciprocal" | "feedForward" | "loop"): Id[][] {
  const has = (from: Id, to: Id) => next.get(from)?.has(to) ?? false;
  const pairs = [...next].flatMap(([a, all]) => [...all].filter((b) => b !== a).map((b) => [a, b] as const));
  if (kind === "reciprocal") return pairs.filter(([a, b]) => a < b && has(b, a)).map((pair) => [...pair]);
  const triples = pairs.flatMap(([a, b]) => [...(next.get(b) ?? [])].filter((c) => c !== a && c !== b).map((c) => [a, b, c] as const));
  const isOne =
    kind === "loop" ? ([a, b, c]: readonly Id[]) => has(c!, a!) && a! < b! && a! < c! : ([a, , c]: readonly Id[]) => has(a!, c!);
  return triples.filter(isOne).map((triple) => [...triple]);
}
