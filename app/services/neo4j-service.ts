/**
 * The brain in Neo4j: connection, bringing the graph up to date, questions. The address is a setting; the password is none, and is
 * handed to the store of secrets and the database only. A write reads a fork, so that the brain runs on beside it.
 */
import type { ServiceOf } from "#contracts/command.ts";
import { GraphPlace, type GraphProgress, type Neo4jStatus, usualPlace } from "#contracts/commands/neo4j.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { LabError, wireErrorOf } from "#contracts/errors.ts";
import type { Memories } from "#core/exchange/graph/parts.ts";
import type { LabState } from "./lab-state.ts";
import type { GraphDatabase, SettingsStore } from "./ports.ts";

const PLACE = "neo4j.place";
/** Under which the store of secrets has it. */
export const GRAPH_PASSWORD = "neo4j";
const PROGRESS_MS = 200;

export interface Neo4jService extends ServiceOf<(typeof commandGroups)["neo4j"]> {
  close(): Promise<void>;
}

/** Where the database is said to be. */
export function graphPlaceIn(settings: SettingsStore): GraphPlace {
  const stored = GraphPlace.safeParse(settings.get(PLACE));
  return stored.success ? stored.data : usualPlace;
}

export function createNeo4jService(state: LabState): Neo4jService {
  const { ports, announcer } = state;
  let open: GraphDatabase | null = null;
  let problem: Neo4jStatus["problem"] = null;
  let sync: { progress: GraphProgress; signal: { aborted: boolean }; ended: Promise<unknown> } | null = null;

  const place = () => graphPlaceIn(ports.settings);

  async function status(): Promise<Neo4jStatus> {
    const found = await ports.secrets.find(GRAPH_PASSWORD);
    // While a write is under way its own progress says more, and its transactions are not to wait.
    const held = open && !sync ? await open.held().catch(() => null) : null;
    return {
      state: open ? "connected" : problem ? "failed" : "off",
      place: place(),
      password: found ? (found.isKept ? "keyStore" : "memory") : "none",
      hasKeyStore: ports.secrets.hasKeyStore,
      server: open?.server ?? null,
      problem,
      held,
      sync: sync?.progress ?? null,
    };
  }

  async function announced(): Promise<Neo4jStatus> {
    const now = await status();
    announcer.announce({ type: "neo4j.status", status: now });
    return now;
  }

  async function closed(): Promise<void> {
    const last = open;
    open = null;
    await last?.close().catch(() => {});
  }

  /** The open database, opened where its password is known. */
  async function database(): Promise<GraphDatabase> {
    if (open) return open;
    const found = await ports.secrets.find(GRAPH_PASSWORD);
    if (!found) {
      const advice = "Connect with address, user and password. Everything else works without Neo4j.";
      throw new LabError("E_CONFLICT", "The lab is not connected to Neo4j", { path: place().uri }, advice);
    }
    return connected(found.secret);
  }

  async function connected(password: string): Promise<GraphDatabase> {
    await closed();
    try {
      open = await ports.graphs.open(place(), password);
      problem = null;
      return open;
    } catch (error) {
      const { message, advice = "" } = wireErrorOf(error);
      problem = { message, advice };
      await announced();
      throw error;
    }
  }

  async function asked<T extends object>(ask: (graph: GraphDatabase) => Promise<T>): Promise<T & { ms: number }> {
    const started = ports.clock.nowMs();
    const answer = await heeded(ask(await database()));
    return { ...answer, ms: ports.clock.nowMs() - started };
  }

  /** A database that no longer answers is not connected, whoever notices it first. */
  async function heeded<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      const { code, message, advice = "" } = wireErrorOf(error);
      if (code === "E_IO") {
        await closed();
        problem = { message, advice };
        if (!sync) await announced();
      }
      throw error;
    }
  }

  return {
    async connect({ password, keep, ...given }) {
      refuseWhile(sync);
      ports.settings.set(PLACE, { ...place(), ...given });
      const known = password ?? (await ports.secrets.find(GRAPH_PASSWORD))?.secret;
      if (known === undefined) {
        const advice = "Give it in the window, on standard input of `gyrus neo4j connect`, or as GYRUS_NEO4J_PASSWORD.";
        throw new LabError("E_INVALID", "No password is known for Neo4j", { path: place().uri }, advice);
      }
      await connected(known);
      // Only a password that was taken is kept.
      if (password !== undefined) await ports.secrets.put(GRAPH_PASSWORD, password, keep);
      return announced();
    },
    async disconnect({ forgetPassword }) {
      refuseWhile(sync);
      await closed();
      problem = null;
      if (forgetPassword) await ports.secrets.forget(GRAPH_PASSWORD);
      return announced();
    },
    status,
    async sync({ replace }, { source, signal }) {
      refuseWhile(sync);
      const started = ports.clock.nowMs();
      const graph = await database();
      refuseWhile(sync);
      const cancel = { aborted: false };
      const ending = Promise.withResolvers<void>();
      sync = { progress: { phase: "schema", done: 0, total: 0 }, signal: cancel, ended: ending.promise };
      const { brain, connectome, engine, memories, burst } = await forked(state).catch((error) => {
        sync = null;
        throw error;
      });
      await announced();
      let toldMs = 0;
      try {
        const work = graph.write({
          source: { connectome, engine, memories },
          brain: { id: brain.id, title: brain.title, burst, savedAt: ports.clock.time() },
          replace,
          signal: {
            get aborted() {
              return cancel.aborted || signal.aborted;
            },
          },
          progress: (progress) => {
            sync!.progress = progress;
            if (ports.clock.nowMs() - toldMs < PROGRESS_MS) return;
            toldMs = ports.clock.nowMs();
            void announced();
          },
        });
        const written = await heeded(work);
        const { counts, parts, writes } = written;
        await state.record("neo4j.synced", source, { brainId: brain.id, burst, place: place(), counts, parts, writes });
        return { place: place(), burst, ...written, ms: ports.clock.nowMs() - started };
      } finally {
        engine.dispose();
        sync = null;
        ending.resolve();
        await announced();
      }
    },
    async cancel() {
      const running = sync;
      if (running) running.signal.aborted = true;
      await running?.ended;
      return { cancelled: running !== null };
    },
    async paths(question) {
      if (question.from === question.to)
        throw new LabError(
          "E_INVALID",
          "A path leads from one to another",
          { id: question.from },
          "For ways back to itself look for loops.",
        );
      return asked((graph) => graph.paths(question));
    },
    motifs: (question) => asked((graph) => graph.motifs(question)),
    hubs: (question) => asked((graph) => graph.hubs(question)),
    async close() {
      if (sync) sync.signal.aborted = true;
      await sync?.ended;
      await closed();
    },
  };
}

/** The brain between two bursts, to be read while it runs on. */
function forked(state: LabState) {
  return state.turns.take(() => {
    const brain = state.living;
    const { connectome, runner, memory } = brain;
    const remembered = memory.memory;
    const neurons = remembered.neurons().map((neuron) => ({ ...neuron }));
    const frames = new Map(neurons.map(({ id }) => [id, remembered.framesOf(id)]));
    const memories: Memories = { areas: [...remembered.areas], neurons, framesOf: (id) => frames.get(id) ?? [] };
    return { brain, connectome, engine: runner.engine.fork(), memories, burst: runner.burst };
  });
}

function refuseWhile(sync: unknown): void {
  if (sync) throw new LabError("E_CONFLICT", "The brain is being written to Neo4j", {}, "Wait for its end, or stop it with neo4j.cancel.");
}
