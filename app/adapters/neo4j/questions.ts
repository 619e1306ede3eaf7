/**
 * Questions of structure that the database answers. Their text is made here alone; what a person asks about is bound as parameters.
 * Only the number of hops stands in the text, for Cypher takes no parameter there, and only as one of the whole numbers 1 to 8.
 */
import type { Driver } from "neo4j-driver";
import type {
  GraphNode,
  GraphPlace,
  HubsAnswer,
  HubsQuestion,
  MotifsAnswer,
  MotifsQuestion,
  PathsAnswer,
  PathsQuestion,
} from "#contracts/commands/neo4j.ts";
import { LabError } from "#contracts/errors.ts";
import { QUESTION_MS, refusalOf } from "./refusals.ts";

type Level = GraphNode["level"];
type Int = (value: number) => unknown;

/** A step from one node to the next. A mapping from which nothing grew is none. */
const levels: Record<Level, { label: string; step: (name: string) => string }> = {
  areas: { label: "Area", step: (name) => `[${name}:MAPS_TO WHERE ${name}.synapses > 0]` },
  neurons: { label: "Neuron", step: (name) => `[${name}:SYNAPSE]` },
};
/** Paths may pass a node twice, or differ in parallel synapses alone; such are left out, so more are asked for. */
const SPARE = 4;

export class GraphQuestions {
  readonly #driver: Driver;
  readonly #place: GraphPlace;
  readonly #int: Int;

  constructor(driver: Driver, place: GraphPlace, int: Int) {
    this.#driver = driver;
    this.#place = place;
    this.#int = int;
  }

  async paths({ level, from, to, maxHops, limit }: PathsQuestion): Promise<Omit<PathsAnswer, "ms">> {
    const { label, step } = levels[level];
    const key = (id: string | number) => (typeof id === "number" ? this.#int(id) : id);
    const ends = await this.#ask(`UNWIND $ids AS id MATCH (n:${label} {id: id}) RETURN n.id AS id`, { ids: [key(from), key(to)] });
    for (const id of [from, to])
      if (!ends.some((row) => row.id === id))
        throw new LabError("E_NOT_FOUND", `The graph has no ${level.slice(0, -1)} ${id}`, { id }, "Write the brain to Neo4j first.");
    const hops = Math.min(8, Math.max(1, Math.trunc(maxHops)));
    const asked = limit * SPARE + 1;
    const rows = await this.#ask(
      `MATCH (a:${label} {id: $from}), (b:${label} {id: $to})
       MATCH path = SHORTEST ${Math.trunc(asked)} (a)((x:${label})-${step("s")}->(y:${label}) WHERE x <> y){1,${hops}}(b)
       RETURN [n IN nodes(path) | n.id] AS ids ORDER BY length(path)`,
      { from: key(from), to: key(to) },
    );
    const simple = new Map(rows.map(({ ids }) => [String(ids), ids as (string | number)[]]));
    const found = [...simple.values()].filter((ids) => new Set(ids).size === ids.length);
    const paths = await this.#named(level, found.slice(0, limit));
    return { isCut: rows.length === asked || found.length > limit, paths };
  }

  async motifs({ kind, level, area, limit }: MotifsQuestion): Promise<Omit<MotifsAnswer, "ms">> {
    const { label, step } = levels[level];
    const start = `MATCH (a:${label}${level === "areas" && area ? " {id: $area}" : ""})${level === "neurons" && area ? "-[:IN]->(:Area {id: $area})" : ""}`;
    const arrow = (from: string, to: string) => `(${from})-${step(`${from}${to}`)}->(${to}:${label})`;
    const closed = (from: string, to: string) => `EXISTS { (${from})-${step("s")}->(${to}) }`;
    const texts: Record<MotifsQuestion["kind"], [names: string[], text: string]> = {
      reciprocal: [["a", "b"], `MATCH ${arrow("a", "b")} WHERE a.id < b.id AND ${closed("b", "a")}`],
      feedForward: [
        ["a", "b", "c"],
        `MATCH ${arrow("a", "b")} WHERE a <> b MATCH ${arrow("b", "c")} WHERE c <> a AND c <> b AND ${closed("a", "c")}`,
      ],
      loop: [
        ["a", "b", "c"],
        `MATCH ${arrow("a", "b")} WHERE a.id < b.id MATCH ${arrow("b", "c")} WHERE a.id < c.id AND b <> c AND ${closed("c", "a")}`,
      ],
    };
    const [names, text] = texts[kind];
    // A pair of an area asked for may be told from its other end.
    const asked = area && kind === "reciprocal" ? text.replace("a.id < b.id", "a <> b") : text;
    const ids = `[${names.map((name) => `${name}.id`).join(", ")}]`;
    // Areas are few and come in order; neurons come as they are found, so that enough is enough.
    const order = level === "areas" ? " ORDER BY ids" : "";
    const rows = await this.#ask(`${start} ${asked} WITH DISTINCT ${ids} AS ids RETURN ids${order} LIMIT $limit`, {
      ...{ area: area ?? null, limit: this.#int(limit + 1) },
    });
    const motifs = await this.#named(
      level,
      rows.slice(0, limit).map(({ ids: found }) => found as (string | number)[]),
    );
    return { isCut: rows.length > limit, motifs };
  }

  async hubs({ level, by, area, limit }: HubsQuestion): Promise<Omit<HubsAnswer, "ms">> {
    const order = { all: "coming + going", in: "coming", out: "going" }[by];
    const sum = (pattern: string) => `reduce(sum = 0, many IN [${pattern} | m.synapses] | sum + many)`;
    const counted =
      level === "areas"
        ? `MATCH (n:Area${area ? " {id: $area}" : ""}) WITH n, ${sum("(n)<-[m:MAPS_TO]-()")} AS coming, ${sum("(n)-[m:MAPS_TO]->()")} AS going`
        : `MATCH (n:Neuron)${area ? "-[:IN]->(:Area {id: $area})" : ""} WITH n, COUNT { (n)<-[:SYNAPSE]-() } AS coming, COUNT { (n)-[:SYNAPSE]->() } AS going`;
    const rows = await this.#ask(
      `${counted} WHERE ${order} > 0 RETURN n.id AS id, coming, going ORDER BY ${order} DESC, n.id LIMIT $limit`,
      { area: area ?? null, limit: this.#int(limit + 1) },
    );
    const shown = rows.slice(0, limit);
    const nodes = await this.#named(
      level,
      shown.map(({ id }) => [id as string | number]),
    );
    const hubs = shown.map(({ coming, going }, i) => ({ node: nodes[i]![0]!, in: coming as number, out: going as number }));
    return { isCut: rows.length > limit, hubs };
  }

  async #named(level: Level, lists: (string | number)[][]): Promise<GraphNode[][]> {
    const names = new Map((await this.#ask("MATCH (a:Area) RETURN a.id AS id, a.name AS name", {})).map(({ id, name }) => [id, name]));
    const nodes = new Map<string | number, GraphNode>();
    if (level === "areas") for (const [id, name] of names) nodes.set(id as string, { level, id: id as string, name: name as string });
    else {
      const ids = [...new Set(lists.flat())].map((id) => this.#int(id as number));
      const rows = await this.#ask(
        "UNWIND $ids AS id MATCH (n:Neuron {id: id}) RETURN n.id AS id, n.area AS area, n.x AS x, n.y AS y, n.z AS z",
        {
          ids,
        },
      );
      for (const { id, area, x, y, z } of rows as { id: number; area: string; x: number; y: number; z: number }[])
        nodes.set(id, { level, id, area, areaName: (names.get(area) as string) ?? "", x, y, z });
    }
    return lists.map((ids) => ids.map((id) => nodes.get(id)!));
  }

  async #ask(text: string, parameters: Record<string, unknown>): Promise<Record<string, unknown>[]> {
    const session = this.#driver.session({ database: this.#place.database, defaultAccessMode: "READ" });
    try {
      const result = await session.executeRead((tx) => tx.run(text, parameters), { timeout: QUESTION_MS });
      return result.records.map((record) => record.toObject());
    } catch (error) {
      throw refusalOf(error, this.#place);
    } finally {
      await session.close();
    }
  }
}
