/**
 * The statements that read and write one kind of node or relationship, made from the table of kinds. Whatever comes from outside is a
 * bound parameter; only names of that table stand in the text.
 */
import {
  isNodeName,
  type KindName,
  type LinkKind,
  linkKinds,
  type NodeKind,
  type NodeName,
  nodeKinds,
} from "#core/exchange/graph/kinds.ts";

export interface Statements {
  /** Rows {key, ends, properties}; of $from … $until - 1 where the kind is read in ranges. */
  held(isRanged: boolean): string;
  /** $rows: lists of key, ends (null for a node) and the properties in the order of `written`. */
  put: string;
  /** $rows: {key, from, to, properties} of what is there, with the properties that differ. */
  change: string;
  /** $rows: {key, from, to} */
  remove: string;
}

/** What ids of a part are ids of, where it is not the key. */
const rangedBy: Partial<Record<NodeName, string>> = { patternFrames: "memory" };

/** Properties besides the key, in the order of their columns. */
export function written({ key, properties }: { key: string | null; properties: object }): string[] {
  return Object.keys(properties).filter((name) => name !== key);
}

export function statementsOf(kind: KindName): Statements {
  return isNodeName(kind) ? ofNodes(nodeKinds[kind], rangedBy[kind] ?? nodeKinds[kind].key) : ofLinks(linkKinds[kind]);
}

/** Uniqueness comes first: it is what makes each `MERGE` and each look-up by key a single step. */
export const schema: readonly string[] = [
  ...Object.values(nodeKinds).flatMap(({ label, key, indexes = [] }) => [
    `CREATE CONSTRAINT gyrus_${label} IF NOT EXISTS FOR (n:${label}) REQUIRE n.${key} IS UNIQUE`,
    ...indexes.map((property) => `CREATE INDEX gyrus_${label}_${property} IF NOT EXISTS FOR (n:${label}) ON (n.${property})`),
  ]),
  ...Object.values(linkKinds).flatMap(({ type, key }) =>
    key === null ? [] : [`CREATE CONSTRAINT gyrus_${type} IF NOT EXISTS FOR ()-[r:${type}]-() REQUIRE r.${key} IS UNIQUE`],
  ),
  "CREATE CONSTRAINT gyrus_part IF NOT EXISTS FOR (n:GyrusPart) REQUIRE n.id IS UNIQUE",
];

/** Columns before the properties in a row that is put: key, from, to. */
const ENDS = 3;
const columnsOf = (names: string[], name: (property: string) => string, separator: string) =>
  names.map((property, at) => `${name(property)}${separator}row[${ENDS + at}]`).join(", ");

function ofNodes(kind: NodeKind, ranged: string): Statements {
  const { label, key } = kind;
  const one = `(n:${label} {${key}: row.key})`;
  const set = columnsOf(written(kind), (property) => `n.${property}`, " = ");
  return {
    held: (isRanged) =>
      `MATCH (n:${label})${isRanged ? ` WHERE n.${ranged} >= $from AND n.${ranged} < $until` : ""} RETURN n.${key} AS key, properties(n) AS properties`,
    put: `UNWIND $rows AS row MERGE (n:${label} {${key}: row[0]})${set && ` SET ${set}`}`,
    change: `UNWIND $rows AS row MATCH ${one} SET n += row.properties`,
    remove: `UNWIND $rows AS row MATCH ${one} DETACH DELETE n`,
  };
}

function ofLinks(kind: LinkKind): Statements {
  const { type, from, to, key } = kind;
  const [source, target] = [nodeKinds[from], nodeKinds[to]];
  const ends = `MATCH (a:${source.label} {${source.key}: row[1]}) MATCH (b:${target.label} {${target.key}: row[2]})`;
  const ranged = key === null ? `a.${rangedBy[from] ?? source.key}` : `r.${key}`;
  const set = columnsOf(written(kind), (property) => `r.${property}`, " = ");
  const found =
    key === null
      ? `MATCH (:${source.label} {${source.key}: row.from})-[r:${type}]->(:${target.label} {${target.key}: row.to})`
      : `MATCH ()-[r:${type} {${key}: row.key}]->()`;
  return {
    held: (isRanged) =>
      `MATCH (a:${source.label})-[r:${type}]->(b:${target.label})${isRanged ? ` WHERE ${ranged} >= $from AND ${ranged} < $until` : ""} ` +
      `RETURN ${key === null ? "null" : `r.${key}`} AS key, [a.${source.key}, b.${target.key}] AS ends, properties(r) AS properties`,
    put:
      key === null
        ? `UNWIND $rows AS row ${ends} MERGE (a)-[r:${type}]->(b)${set && ` SET ${set}`}`
        : `UNWIND $rows AS row ${ends} CREATE (a)-[:${type} {${key}: row[0], ${columnsOf(written(kind), (property) => property, ": ")}}]->(b)`,
    change: `UNWIND $rows AS row ${found} SET r += row.properties`,
    remove: `UNWIND $rows AS row ${found} DELETE r`,
  };
}
