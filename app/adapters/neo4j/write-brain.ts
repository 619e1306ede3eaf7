/**
 * Makes a database hold exactly one brain, part by part. A part whose checksum the database knows is passed over; of any other, what is
 * there is read and only the rows that differ are written, together with the new checksum, in one transaction.
 *
 * So a write may break off anywhere and be begun again, in this session or the next: what was written is known, nothing is written
 * twice, and a transaction that is repeated finds its own work done. Nodes that are too many go last, when nothing leads to them.
 */
import type { Driver, ManagedTransaction, Session } from "neo4j-driver";
import type { GraphPlace, GraphProgress, GraphWrites, HeldBrain } from "#contracts/commands/neo4j.ts";
import { LabError } from "#contracts/errors.ts";
import { type GraphRow, type GraphValue, isNodeName, type KindName, linkKinds, nodeKinds } from "#core/exchange/graph/kinds.ts";
import { emptyPart, type GraphPart, type GraphSection, type GraphTally, graphParts } from "#core/exchange/graph/parts.ts";
import type { GraphOrder, GraphWritten } from "#services/ports.ts";
import { differenceOf } from "./difference.ts";
import { refusalOf } from "./refusals.ts";
import { schema, statementsOf, written } from "./statements.ts";

type Int = (value: number) => unknown;
/** Nodes of one transaction that removes a brain; each may have hundreds of relationships. */
const REMOVED = 5000;
const noWrites: GraphWrites = { nodesCreated: 0, nodesDeleted: 0, relationshipsCreated: 0, relationshipsDeleted: 0, propertiesSet: 0 };
const labels = Object.values(nodeKinds).map(({ label }) => label);

export class BrainWriter {
  readonly #session: Session;
  readonly #place: GraphPlace;
  readonly #int: Int;

  constructor(driver: Driver, place: GraphPlace, int: Int) {
    this.#session = driver.session({ database: place.database });
    this.#place = place;
    this.#int = int;
  }

  async write(order: GraphOrder): Promise<GraphWritten> {
    const { source, signal, replace, progress } = order;
    const { engine } = source;
    const total = engine.neuronCount + engine.synapseCount;
    const writes = { ...noWrites };
    const parts = { total: 0, unchanged: 0, compared: 0 };
    let doing = "making constraints";
    let done = 0;
    const at = (phase: GraphProgress["phase"]) => {
      if (signal.aborted)
        throw new LabError("E_CANCELLED", "The write to Neo4j was stopped", {}, "What was written stays; the next one goes on from there.");
      progress({ phase, done: Math.min(done, total), total });
    };
    try {
      at("schema");
      for (const statement of schema) await this.#session.run(statement);
      await this.#session.run("CALL db.awaitIndexes(300)");
      doing = "looking at what is there";
      await this.#claim(order, replace, writes, at);
      const known = await this.#checksums();
      const postponed: GraphPart[] = [];
      const work = graphParts(source);
      let tally: GraphTally;
      for (;;) {
        const step = work.next();
        if (step.done) {
          tally = step.value;
          break;
        }
        const part = step.value;
        at(phaseOf(part.id));
        doing = `writing ${part.id}`;
        parts.total++;
        if (known.get(part.id) === part.checksum) {
          parts.unchanged++;
          await breath();
        } else {
          parts.compared++;
          if (!(await this.#bringUpToDate(part, false, writes))) postponed.push(part);
        }
        known.delete(part.id);
        done += part.rows;
      }
      for (const id of known.keys()) postponed.push(emptyPart(id) ?? { id, checksum: "", rows: 0, sections: () => [] });
      // Relationships are in later parts than the nodes they lead to.
      for (const part of postponed.toSorted((a, b) => rankOf(b.id) - rankOf(a.id))) {
        at("removal");
        doing = `removing from ${part.id}`;
        await this.#bringUpToDate(part, true, writes);
      }
      doing = "checking what was written";
      done = total;
      at("check");
      await this.#check(tally);
      await this.#session.run("MATCH (b:GyrusBrain) SET b.complete = true, b.written_at = $at", { at: order.brain.savedAt });
      return { counts: tally.counts, parts, writes, sampled: tally.sample.length };
    } catch (error) {
      throw refusalOf(error, this.#place, doing);
    }
  }

  async held(): Promise<HeldBrain | null> {
    const { records } = await this.#session.run("MATCH (b:GyrusBrain) RETURN properties(b) AS brain");
    const brain = records[0]?.get("brain") as Record<string, never> | undefined;
    if (!brain) return null;
    const { brain_id: brainId, title, burst, complete: isComplete, written_at: writtenAt } = brain;
    return { brainId: brainId!, title: title!, burst: burst!, isComplete: isComplete!, writtenAt: writtenAt! };
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  /** Makes the database this brain's, or refuses what it holds of another. */
  async #claim({ brain }: GraphOrder, replace: boolean, writes: GraphWrites, at: (phase: "removal") => void): Promise<void> {
    const held = await this.held();
    if (replace || held?.brainId !== brain.id) {
      if (!replace) await this.#refuseOther(held);
      await this.#clear(writes, () => at("removal"));
    }
    await this.#session.run(
      "MERGE (b:GyrusBrain) SET b.brain_id = $id, b.title = $title, b.burst = $burst, b.complete = false, b.written_at = $savedAt, b.schema = 1",
      { ...brain, burst: this.#int(brain.burst) },
    );
  }

  async #refuseOther(held: HeldBrain | null): Promise<void> {
    const advice = "Name another database, or let this brain take its place: `replace`.";
    const details = { path: `${this.#place.uri}/${this.#place.database}` };
    if (held)
      throw new LabError(
        "E_CONFLICT",
        `The database holds another brain: ${held.title}, burst ${held.burst}`,
        { ...details, held },
        advice,
      );
    for (const label of labels) {
      const { records } = await this.#session.run(`MATCH (n:${label}) RETURN n LIMIT 1`);
      if (records.length > 0)
        throw new LabError("E_CONFLICT", `The database has nodes labelled ${label} that the lab did not write`, details, advice);
    }
  }

  async #clear(writes: GraphWrites, each: () => void): Promise<void> {
    const relationships = [linkKinds.synapses.type, linkKinds.associations.type].map(
      (type) => `MATCH ()-[x:${type}]->() WITH x LIMIT $limit DELETE x RETURN count(*) AS removed`,
    );
    const nodes = [...labels, "GyrusPart"].map(
      (label) => `MATCH (x:${label}) WITH x LIMIT $limit DETACH DELETE x RETURN count(*) AS removed`,
    );
    for (const statement of [...relationships, ...nodes])
      for (let removed = REMOVED; removed === REMOVED; ) {
        each();
        const result = await this.#session.executeWrite((tx) => tx.run(statement, { limit: this.#int(REMOVED) }));
        removed = result.records[0]!.get("removed") as number;
        if (!statement.includes("GyrusPart")) count(writes, result.summary.counters.updates());
      }
  }

  async #checksums(): Promise<Map<string, string>> {
    const { records } = await this.#session.run("MATCH (p:GyrusPart) RETURN p.id AS id, p.checksum AS checksum");
    return new Map(records.map((record) => [record.get("id") as string, record.get("checksum") as string]));
  }

  /** False where nodes are left that are too many, unless they may go; then the part is not noted as done. */
  async #bringUpToDate(part: GraphPart, mayRemoveNodes: boolean, writes: GraphWrites): Promise<boolean> {
    const sections = part.sections();
    const { made, isDone } = await this.#session.executeWrite(async (tx) => {
      const made = { ...noWrites };
      let isDone = true;
      for (const section of sections) if (!(await this.#write(tx, section, mayRemoveNodes, made))) isDone = false;
      const statement = part.checksum
        ? "MERGE (p:GyrusPart {id: $id}) SET p.checksum = $checksum"
        : "MATCH (p:GyrusPart {id: $id}) DELETE p";
      if (isDone) await tx.run(statement, { id: part.id, checksum: part.checksum });
      return { made, isDone };
    });
    count(writes, made);
    return isDone;
  }

  async #write(tx: ManagedTransaction, { kind, range, rows }: GraphSection, mayRemoveNodes: boolean, made: GraphWrites): Promise<boolean> {
    const statements = statementsOf(kind);
    const { put, change, remove } = differenceOf(kind, await this.#held(tx, kind, range), rows);
    const isWaiting = isNodeName(kind) && !mayRemoveNodes && remove.length > 0;
    for (const [statement, rows] of [
      [statements.remove, isWaiting ? [] : remove.map((row) => this.#named(kind, row))],
      [statements.put, put.map((row) => this.#listed(kind, row))],
      [statements.change, change.map((row) => this.#named(kind, row))],
    ] as const) {
      if (rows.length === 0) continue;
      const result = await tx.run(statement, { rows });
      count(made, result.summary.counters.updates());
    }
    return !isWaiting;
  }

  async #held(tx: ManagedTransaction, kind: KindName, range: GraphSection["range"]): Promise<GraphRow[]> {
    const [from, until] = range ?? [0, 0];
    const { records } = await tx.run(statementsOf(kind).held(range !== null), { from: this.#int(from), until: this.#int(until) });
    return records.map((record) => rowOf(record.toObject()));
  }

  #listed(kind: KindName, { key, ends, properties }: GraphRow): unknown[] {
    const [from, to] = ends ?? [null, null];
    const cells = written(kindOf(kind)).map((name) => this.#cell(kind, name, properties[name]!));
    return [this.#key(key), this.#key(from), this.#key(to), ...cells];
  }

  #named(kind: KindName, { key, ends, properties }: GraphRow) {
    const [from, to] = ends ?? [null, null];
    const cells = Object.entries(properties).map(([name, value]) => [name, this.#cell(kind, name, value)]);
    return { key: this.#key(key), from: this.#key(from), to: this.#key(to), properties: Object.fromEntries(cells) };
  }

  /** The driver would send every number as floating point. */
  #cell(kind: KindName, name: string, value: GraphValue): unknown {
    const cell = kindOf(kind).properties[name];
    if (cell === "int") return this.#int(value as number);
    return cell === "ints" ? (value as number[]).map(this.#int) : value;
  }

  #key(key: number | string | null): unknown {
    return typeof key === "number" ? this.#int(key) : key;
  }

  async #check({ counts, sample }: GraphTally): Promise<void> {
    const of = async (statement: string) => (await this.#session.run(statement)).records[0]!.get("count") as number;
    const found = {
      neurons: await of(`MATCH (n:${nodeKinds.neurons.label}) RETURN count(n) AS count`),
      synapses: await of(`MATCH ()-[r:${linkKinds.synapses.type}]->() RETURN count(r) AS count`),
      memoryNeurons: await of(`MATCH (n:${nodeKinds.memoryNeurons.label}) RETURN count(n) AS count`),
    };
    for (const what of ["neurons", "synapses", "memoryNeurons"] as const)
      if (found[what] !== counts[what]) throw differs(`${found[what]} ${what}, not ${counts[what]}`);
    const { records } = await this.#session.run(
      "UNWIND $slots AS slot MATCH (a)-[r:SYNAPSE {slot: slot}]->(b) RETURN r.slot AS key, [a.id, b.id] AS ends, properties(r) AS properties",
      { slots: sample.map(({ key }) => this.#key(key)) },
    );
    const { put, change, remove } = differenceOf(
      "synapses",
      records.map((record) => rowOf(record.toObject())),
      sample,
    );
    const other = [...put, ...change, ...remove].length;
    if (other > 0) throw differs(`${other} of ${sample.length} synapses otherwise`);
  }
}

const kindOf = (kind: KindName) => (isNodeName(kind) ? nodeKinds[kind] : linkKinds[kind]);

const differs = (what: string) =>
  new LabError("E_IO", `The graph was read back and holds ${what}`, {}, "Somebody else may have changed it: write it anew with `replace`.");

function rowOf({ key, ends, properties }: Record<string, unknown>): GraphRow {
  const known = ends as GraphRow["ends"];
  return {
    key: (key ?? `${known?.[0]}>${known?.[1]}`) as GraphRow["key"],
    ...(known && { ends: known }),
    properties: properties as GraphRow["properties"],
  };
}

function count(sum: GraphWrites, made: Record<keyof GraphWrites, number>): void {
  for (const name of Object.keys(noWrites) as (keyof GraphWrites)[]) sum[name] += made[name];
}

const ranks = ["structure", "neurons", "memory areas", "memories", "synapses", "mappings"];
const rankOf = (part: string) => ranks.indexOf(part.split("/")[0]!);

function phaseOf(part: string): GraphProgress["phase"] {
  const phases = ["structure", "neurons", "memories", "memories", "synapses", "mappings"] as const;
  return phases[rankOf(part)] ?? "structure";
}

/** A turn of the event loop, where nothing was waited for. */
const breath = () => new Promise<void>((resolve) => setImmediate(resolve));
