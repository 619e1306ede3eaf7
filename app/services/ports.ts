/**
 * What the services need from outside. Adapters make these real; hosts hand them over.
 *
 * Times named `…Ms` are milliseconds of one monotonic clock; `time()` is the wall clock and only ever labels things.
 */

import type { AbortSignalLike } from "#contracts/command.ts";
import type * as Graph from "#contracts/commands/neo4j.ts";
import type { LabEvent, SystemUse } from "#contracts/commands/session.ts";
import type { Experiment } from "#contracts/evolution.ts";
import type { ExportOptions, ExportPhase, ExportPlan, ExportVerification } from "#contracts/exports.ts";
import type { Engine } from "#core/engine/engine.ts";
import type { Birth, Born } from "#core/evolution/birth.ts";
import type { ExportPart } from "#core/exchange/exchange.ts";
import type { ForeignLimits, ForeignNetwork } from "#core/exchange/foreign-network.ts";
import type { GraphCounts, GraphSource } from "#core/exchange/graph/parts.ts";
import type { ExportSource } from "#core/exchange/network.ts";
import type { RingLimits } from "#core/recording/ring.ts";
import type { RecordingVault } from "#core/recording/vault.ts";
import type { FeatureFlag } from "#core/runtime/decide.ts";
import type { GateSettings } from "#core/runtime/gates.ts";
import type { HealthSettings } from "#core/runtime/health.ts";

export interface LabPorts {
  events: EventStore;
  checkpoints: CheckpointStore;
  settings: SettingsStore;
  recordings: RecordingVault;
  files: LabFiles;
  clock: LabClock;
  engines: Engines;
  breeders: BreederSupply;
  graphs: GraphSupply;
  secrets: SecretStore;
  log: LabLog;
  options: LabOptions;
  /** A new unique id. */
  createId(): string;
  /** Bytes that this process may still take. */
  availableMemory(): number;
  /** Rows of `session.doctor` that only the host knows: runtime, native module, disk. */
  doctor(): Promise<{ name: string; ok: boolean; detail: string }[]>;
  /** What this process takes of the machine, and the files it keeps. */
  system(): SystemUse;
}

interface LabOptions {
  /** Folder exports go to when no path is named. */
  exportFolder: string;
  checkpointSeconds: number;
  recording: RingLimits;
  rollout: RolloutOptions;
}

export interface RolloutOptions {
  /** Variable that forces the reference, null when none does. */
  forcedBy: string | null;
  /** What the product ships with; null when its file could not be read. */
  flag: FeatureFlag | null;
  gates: GateSettings;
  health: HealthSettings;
  /** A native burst that takes longer counts as failed. */
  timeoutMs: number;
}

export interface NewEvent {
  /** Dotted, e.g. genome.loaded. */
  type: string;
  source: string;
  data: unknown;
}

/** The one log that every change goes through. */
export interface EventStore {
  /** False once events live in memory only. */
  readonly durable: boolean;
  /** Sequence number of the newest event, 0 before the first. */
  readonly head: number;
  /** Resolves after the commit. With `expectedSeq` ≠ head it rejects with E_CONFLICT and writes nothing. */
  append(events: readonly NewEvent[], options?: { expectedSeq?: number }): Promise<{ first: number; last: number }>;
  /** Ascending; `after` is exclusive. `newest` gives the last `limit` events instead of the first ones. */
  read(query: { after: number; limit: number; newest?: boolean; type?: string }): LabEvent[];
  /** Edits up to `seq` are held by a checkpoint and may be trimmed. */
  releaseEdits(seq: number): void;
  /** Recomputes the hash chain. */
  verify(): { events: number; firstBroken: number | null };
  close(): void;
}

/** The kinds a checkpoint is made of. */
export const checkpointParts = ["meta", "connectome", "genome", "engine", "memory"] as const;
export type CheckpointPart = (typeof checkpointParts)[number];

export interface CheckpointChunk {
  part: CheckpointPart;
  bytes: Uint8Array;
}

/** Checkpoints as lists of content-addressed chunks: only bytes that were not there before are written. */
export interface CheckpointStore {
  /** Starts a checkpoint. Nothing of it is visible before `commit`. */
  begin(): CheckpointWriter;
  /** The newest complete checkpoint, its parts whole; null when there is none or none that can be read. */
  newest(): { burst: number; parts: Record<CheckpointPart, Uint8Array> } | null;
  close(): void;
}

interface CheckpointWriter {
  /** Stores one chunk unless its bytes are there; returns the bytes written. */
  put(chunk: CheckpointChunk): number;
  /** Makes the checkpoint the newest, keeps the last three, removes chunks no one refers to. */
  commit(burst: number): void;
}

/** Small values that outlive a session, as JSON. */
export interface SettingsStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

export interface LabFiles {
  /** The bytes of a file, gunzipped where it is packed. Rejects with E_IO, also above `maxBytes`. */
  read(path: string, maxBytes: number): Promise<Uint8Array>;
  /** The network of a file or text of a foreign format, told by its content; null for anything else. */
  foreign(source: { path: string } | { text: string; name: string }, limits: ForeignLimits): Promise<ForeignNetwork | null>;
  /** Genomes that come with the product: whole ones to open, and templates for new ones. */
  samples(): Promise<{ name: string; path: string; bytes: Uint8Array }[]>;
  templates(): Promise<{ name: string; path: string; bytes: Uint8Array }[]>;
  /** Whether something is there, an empty folder not counted, and the bytes its disk has left; null where that cannot be told. */
  room(path: string): Promise<{ isTaken: boolean; freeBytes: number | null }>;
  write(path: string, parts: ExportPart[]): Promise<{ path: string; bytes: number; sha256: string }[]>;
  /** Writes a brain in a foreign format: all of its files or none. */
  exportBrain(
    order: ExportOrder,
  ): Promise<{ plan: ExportPlan; files: { path: string; bytes: number; sha256: string }[]; verified: boolean | null }>;
  /** Reads the files of an export again, found by the sidecar at or beside `path`. */
  verifyExport(path: string, signal: AbortSignalLike): Promise<ExportVerification>;
}

export interface ExportOrder {
  target: string;
  source: ExportSource;
  options: ExportOptions;
  /** That the brain runs on. */
  engine: string;
  signal: AbortSignalLike;
  /** Bytes written so far, and how many they may become. */
  progress(phase: ExportPhase, bytes: number, expected: number): void;
}

export interface LabClock {
  nowMs(): number;
  /** ISO-8601. */
  time(): string;
  /** Resolves after about `ms`, or as soon as `wake` is called. */
  sleep(ms: number): { done: Promise<void>; wake(): void };
  /** Gives the event loop one turn. */
  breathe(): Promise<void>;
}

interface Engines {
  reference(): Engine;
  /** Looked for on first use, never when the reference is forced. */
  native(): NativeSupply;
  /** Notes on disk that a native call is under way, so that a crash inside one is known at the next start. */
  inFlight: { enter(): void; leave(): void };
  /** The last process of this workspace died inside a native call. */
  diedInNative: boolean;
}

export interface NativeSupply {
  available: boolean;
  version: string;
  simd: string;
  path: string;
  /** Why it is not available, verbatim. */
  error: string;
  create(): Engine;
}

/** Processes in which genomes are bred and their brains grown, run and judged, apart from the brain of the lab. */
export interface BreederSupply {
  /** Takes as many as the experiment asks for, or one a core, and no more than fit; E_INVALID where not even one does. */
  open(experiment: Experiment, genomes: readonly string[]): BreederPool;
}

export interface BreederPool {
  readonly workers: number;
  /** In the order of the births, whatever the number of processes. Rejects with E_CANCELLED when the pool is closed. */
  bear(births: readonly BirthOrder[]): Promise<Born[]>;
  close(): void;
}

export interface BirthOrder {
  birth: Birth;
  /** False where it was judged before. */
  isToBeJudged: boolean;
}

/** Opens a graph database. Nothing is loaded for it before. */
export interface GraphSupply {
  /** Verifies who we are and what is there: E_DENIED, E_IO where nobody answers, E_UNSUPPORTED where it is too old. */
  open(place: Graph.GraphPlace, password: string): Promise<GraphDatabase>;
}

export interface GraphDatabase {
  readonly server: { version: string; edition: string; address: string };
  held(): Promise<Graph.HeldBrain | null>;
  /** Makes the database hold exactly this brain, writing only what differs. E_CONFLICT where another is in it, unless replaced. */
  write(order: GraphOrder): Promise<GraphWritten>;
  paths(question: Graph.PathsQuestion): Promise<Omit<Graph.PathsAnswer, "ms">>;
  motifs(question: Graph.MotifsQuestion): Promise<Omit<Graph.MotifsAnswer, "ms">>;
  hubs(question: Graph.HubsQuestion): Promise<Omit<Graph.HubsAnswer, "ms">>;
  close(): Promise<void>;
}

export interface GraphOrder {
  source: GraphSource;
  brain: { id: string; title: string; burst: number; savedAt: string };
  replace: boolean;
  signal: AbortSignalLike;
  progress(progress: Graph.GraphProgress): void;
}

export interface GraphWritten {
  counts: GraphCounts;
  parts: { total: number; unchanged: number; compared: number };
  writes: Graph.GraphWrites;
  sampled: number;
}

/** Passwords, never in settings, events or logs. */
export interface SecretStore {
  /** A secret can outlive the session, encrypted by the key store of this computer. */
  readonly hasKeyStore: boolean;
  find(name: string): Promise<{ secret: string; isKept: boolean } | null>;
  /** `isToBeKept`: in the key store where there is one, else for this session. Tells which. */
  put(name: string, secret: string, isToBeKept: boolean): Promise<{ isKept: boolean }>;
  forget(name: string): Promise<void>;
}

export interface LabLog {
  info(message: string, details?: Record<string, unknown>): void;
  warn(message: string, details?: Record<string, unknown>): void;
}
