/** A brain file or genome straight into a Neo4j: `gyrus export BRAIN --format neo4j --out neo4j://user@host:7687/database`. */
import { openNeo4j } from "#adapters/neo4j/open-neo4j.ts";
import type { AbortSignalLike } from "#contracts/command.ts";
import { GraphPlace, usualPlace } from "#contracts/commands/neo4j.ts";
import { LabError } from "#contracts/errors.ts";
import { saveGenome } from "#core/genome/save.ts";
import { signaturesOf } from "#core/genome/signatures.ts";
import { MemoryRunner } from "#core/plasticity/memory-runner.ts";
import type { GraphWritten } from "#services/ports.ts";
import { makeEngine } from "./engines.ts";
import type { OpenedBrain } from "./inputs.ts";
import { UsageError } from "./output.ts";
import { neo4jPassword } from "./password.ts";

interface Order {
  target: string;
  replace: boolean;
  signal: AbortSignalLike;
  progress(text: string, done: number): void;
}

export async function exportToNeo4j(opened: OpenedBrain, { target, replace, signal, progress }: Order): Promise<GraphWritten> {
  const place = placeOf(target);
  const password = await neo4jPassword(`Password of ${place.user} at ${place.uri}: `);
  if (password === null)
    throw new LabError("E_INVALID", "No password is known for Neo4j", { path: place.uri }, "Give it as GYRUS_NEO4J_PASSWORD.");
  const { connectome, snapshot, memory, meta } = opened;
  const engine = makeEngine("auto", 1);
  engine.load(connectome.image);
  engine.apply(connectome.switchOn);
  if (snapshot) engine.restore(snapshot);
  const remembered = new MemoryRunner();
  remembered.restore(memory ?? new Uint8Array(0));
  const { areas } = remembered.memory;
  const memories = { areas: [...areas], neurons: remembered.memory.neurons(), framesOf: (id: number) => remembered.memory.framesOf(id) };
  // A genome grows the same brain each time, so it goes by what it says.
  const id = meta?.brainId ?? `genome ${signaturesOf(saveGenome(connectome.genome, "source", 0)).genome}`;
  const graph = await openNeo4j(place, password);
  try {
    return await graph.write({
      source: { connectome, engine, memories },
      brain: { id, title: meta?.title ?? connectome.genome.title, burst: engine.burst, savedAt: new Date().toISOString() },
      ...{ replace, signal },
      progress: ({ phase, done, total }) => progress(phase, total === 0 ? 0 : done / total),
    });
  } finally {
    await graph.close();
    engine.dispose();
  }
}

/** The address of a database with user and name in it, as people write one. */
function placeOf(target: string): GraphPlace {
  if (!URL.canParse(target)) throw new UsageError(`--out takes neo4j://user@host:7687/database, not "${target}"`);
  const { protocol, host, username, password, pathname } = new URL(target);
  if (password) throw new UsageError("leave the password out of --out and give it as GYRUS_NEO4J_PASSWORD");
  const given = {
    uri: `${protocol}//${host}`,
    user: decodeURIComponent(username) || usualPlace.user,
    database: pathname.slice(1) || usualPlace.database,
  };
  const place = GraphPlace.safeParse(given);
  if (place.success) return place.data;
  throw new UsageError(`--out: ${place.error.issues[0]!.message}`);
}
