/**
 * The brain in a graph database: where it is, bringing it up to date, and questions of structure that it answers.
 * Everything else of the lab works without one.
 */
import { z } from "zod";
import { type CommandTable, command, NeuronId, Nothing } from "../command.ts";
import { CorticalId } from "../connectome.ts";

/** Where a database is. The password is no part of it and is kept elsewhere. */
export const GraphPlace = z.object({
  /** Without user and password: neo4j://host:7687, bolt://…, with +s or +ssc for TLS. */
  uri: z
    .string()
    .regex(/^(neo4j|bolt)(\+s|\+ssc)?:\/\/[^\s/@?#]+$/, "an address is neo4j://host:port or bolt://host:port, with no user in it"),
  user: z.string().min(1).max(200),
  database: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/, "a database is named by letters, digits, dots and dashes"),
});
export type GraphPlace = z.infer<typeof GraphPlace>;

export const usualPlace: GraphPlace = { uri: "neo4j://localhost:7687", user: "neo4j", database: "neo4j" };

export const graphPhases = ["schema", "structure", "neurons", "memories", "synapses", "mappings", "removal", "check"] as const;
const Counts = z.object({ neurons: z.int(), synapses: z.int(), memoryNeurons: z.int() });

/** What the database itself says that it changed; bookkeeping of the lab is left out. */
const GraphWrites = z.object({
  nodesCreated: z.int(),
  nodesDeleted: z.int(),
  relationshipsCreated: z.int(),
  relationshipsDeleted: z.int(),
  propertiesSet: z.int(),
});
export type GraphWrites = z.infer<typeof GraphWrites>;

const GraphProgress = z.object({
  phase: z.enum(graphPhases),
  /** Neurons and synapses that are up to date, of all. */
  done: z.int(),
  total: z.int(),
});
export type GraphProgress = z.infer<typeof GraphProgress>;

/** The brain that a database holds. */
export const HeldBrain = z.object({
  brainId: z.string(),
  title: z.string(),
  burst: z.int(),
  /** False while it is being written, and after a write that did not come to its end. */
  isComplete: z.boolean(),
  /** Of the last write, ISO-8601. */
  writtenAt: z.string(),
});
export type HeldBrain = z.infer<typeof HeldBrain>;

export const Neo4jStatus = z.object({
  state: z.enum(["off", "connected", "failed"]),
  place: GraphPlace,
  /** Where the password is: nowhere, in memory until this session ends, or in the key store of this computer. */
  password: z.enum(["none", "memory", "keyStore"]),
  /** This computer has a key store that the lab may use. */
  hasKeyStore: z.boolean(),
  server: z.object({ version: z.string(), edition: z.string(), address: z.string() }).nullable(),
  /** Why it is not connected. */
  problem: z.object({ message: z.string(), advice: z.string() }).nullable(),
  held: HeldBrain.nullable(),
  /** A write under way. */
  sync: GraphProgress.nullable(),
});
export type Neo4jStatus = z.infer<typeof Neo4jStatus>;

export const SyncResult = z.object({
  place: GraphPlace,
  burst: z.int(),
  counts: Counts,
  /** Parts of the brain, those that were up to date, and those that were compared row by row. */
  parts: z.object({ total: z.int(), unchanged: z.int(), compared: z.int() }),
  writes: GraphWrites,
  /** Synapses that were read back and compared; counts always are. */
  sampled: z.int(),
  ms: z.number(),
});
export type SyncResult = z.infer<typeof SyncResult>;

export const graphLevels = ["areas", "neurons"] as const;
export const motifKinds = ["reciprocal", "feedForward", "loop"] as const;

const limit = z.int().min(1).max(1000).default(100);

export const GraphNode = z.union([
  z.object({ level: z.literal("areas"), id: CorticalId, name: z.string() }),
  z.object({ level: z.literal("neurons"), id: NeuronId, area: CorticalId, areaName: z.string(), x: z.int(), y: z.int(), z: z.int() }),
]);
export type GraphNode = z.infer<typeof GraphNode>;

const Found = z.object({
  /** There may be more than the limit let through. */
  isCut: z.boolean(),
  ms: z.number(),
});

export const PathsQuestion = z
  .union([
    z.object({ level: z.literal("areas"), from: CorticalId, to: CorticalId }),
    z.object({ level: z.literal("neurons"), from: NeuronId, to: NeuronId }),
  ])
  .and(z.object({ maxHops: z.int().min(1).max(8).default(4), limit }));
export type PathsQuestion = z.output<typeof PathsQuestion>;
export const MotifsQuestion = z.object({
  kind: z.enum(motifKinds),
  level: z.enum(graphLevels).default("areas"),
  /** Of neurons: only those that begin in this area. */
  area: CorticalId.optional(),
  limit,
});
export type MotifsQuestion = z.output<typeof MotifsQuestion>;
export const HubsQuestion = z.object({
  level: z.enum(graphLevels).default("areas"),
  by: z.enum(["all", "in", "out"]).default("all"),
  area: CorticalId.optional(),
  limit,
});
export type HubsQuestion = z.output<typeof HubsQuestion>;

/** Nodes in the order of the path, shortest paths first. No node is passed twice. */
export const PathsAnswer = Found.extend({ paths: z.array(z.array(GraphNode)) });
export type PathsAnswer = z.infer<typeof PathsAnswer>;
/** Each set of nodes once; of a loop the lowest id first, of a feed-forward triangle source, between, target. */
export const MotifsAnswer = Found.extend({ motifs: z.array(z.array(GraphNode)) });
export type MotifsAnswer = z.infer<typeof MotifsAnswer>;
/** Synapses that come in and go out; the most first. */
export const HubsAnswer = Found.extend({ hubs: z.array(z.object({ node: GraphNode, in: z.int(), out: z.int() })) });
export type HubsAnswer = z.infer<typeof HubsAnswer>;

export const neo4jCommands = {
  connect: command({
    title: "Connect to Neo4j",
    permission: "write",
    risk: "low",
    /** What is left out stays as it was. */
    input: GraphPlace.partial().extend({
      password: z.string().max(1000).optional(),
      /** Puts the password into the key store, where there is one; else it is known until the session ends. */
      keep: z.boolean().default(true),
    }),
    output: Neo4jStatus,
  }),
  disconnect: command({
    title: "Disconnect from Neo4j",
    permission: "write",
    risk: "low",
    input: z.object({ forgetPassword: z.boolean().default(false) }),
    output: Neo4jStatus,
  }),
  status: command({ title: "How Neo4j stands", permission: "read", risk: "low", input: Nothing, output: Neo4jStatus }),
  sync: command({
    title: "Write the brain to Neo4j, only what changed",
    permission: "write",
    risk: "low",
    /** `replace` removes what else the database holds of a brain. */
    input: z.object({ replace: z.boolean().default(false) }),
    output: SyncResult,
  }),
  cancel: command({
    title: "Stop writing to Neo4j",
    permission: "write",
    risk: "low",
    input: Nothing,
    output: z.object({ cancelled: z.boolean() }),
  }),
  paths: command({
    title: "Find paths from one area or neuron to another in Neo4j",
    permission: "read",
    risk: "low",
    input: PathsQuestion,
    output: PathsAnswer,
  }),
  motifs: command({
    title: "Find motifs in Neo4j: reciprocal pairs, feed-forward triangles, loops of three",
    permission: "read",
    risk: "low",
    input: MotifsQuestion,
    output: MotifsAnswer,
  }),
  hubs: command({
    title: "Find hubs in Neo4j: what has the most synapses",
    permission: "read",
    risk: "low",
    input: HubsQuestion,
    output: HubsAnswer,
  }),
} as const satisfies CommandTable;
