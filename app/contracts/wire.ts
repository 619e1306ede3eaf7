/**
 * The one conversation between a window and the brain host, the same over a MessagePort and a WebSocket.
 *
 * Control messages are plain objects (JSON text on a socket). A firing frame is a bare ArrayBuffer (a binary message on a
 * socket): [u32 skipped, u32 generation, frame words of contracts/frame.ts…]. A viewer starts with no credit; each frame
 * costs one. Without credit the host keeps only the newest frame and counts what it skipped.
 */
import { z } from "zod";
import type { BrainStatus } from "./commands/brain.ts";
import type { Neo4jStatus } from "./commands/neo4j.ts";
import type { HeldInput } from "./commands/sensory.ts";
import type { Stimulus } from "./commands/stimulus.ts";
import type { TimelineInfo } from "./commands/timeline.ts";
import type { WireError } from "./errors.ts";
import type { EvolutionStatus, GenerationReport } from "./evolution.ts";
import type { ExportFormat, ExportPhase } from "./exports.ts";
import type { GenomeProblem, GrowthProgress } from "./genome.ts";
import type { RolloutStatus } from "./rollout.ts";

export const WIRE_VERSION = 1;
/** Words before the frame in a binary message: skipped, generation. */
export const framePrefixWords = 2;
/** Most credit a viewer can hold. */
export const maxFrameCredit = 4;

export const ClientMessage = z.discriminatedUnion("t", [
  /** First message of a socket: the token, empty for read-only. A port needs none: its owner handed it over. */
  z.object({ t: z.literal("hello"), version: z.int(), token: z.string() }),
  z.object({ t: z.literal("call"), id: z.int(), name: z.string(), input: z.unknown() }),
  z.object({ t: z.literal("cancel"), id: z.int() }),
  z.object({ t: z.literal("credit"), frames: z.int().min(1).max(maxFrameCredit) }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** What the host announces to every window. */
export type Announcement =
  | { type: "brain.status"; status: BrainStatus }
  /** Areas, regions and mappings changed as a whole: read them again. */
  | { type: "connectome.replaced"; generation: number }
  | { type: "connectome.changed"; generation: number; areas: string[] }
  | { type: "growth.progress"; progress: GrowthProgress }
  | { type: "growth.failed"; name: string; problems: GenomeProblem[] }
  | { type: "growth.cancelled" }
  | { type: "rollout.status"; status: RolloutStatus }
  /** Also when schedules of forced firing changed, which are read by whoever shows them. */
  | { type: "stimuli"; stimuli: Stimulus[] }
  /** Inputs that are held for the burst to come; a few times a second at most. */
  | { type: "sensory.held"; held: HeldInput[] }
  | { type: "problems.changed" }
  | { type: "timelines"; timelines: TimelineInfo[] }
  | { type: "evolution.progress"; id: string; name: string; state: EvolutionStatus["state"]; report: GenerationReport | null }
  /** An export under way; `expected` bytes are a guess. */
  | { type: "export.progress"; format: ExportFormat; phase: ExportPhase; bytes: number; expected: number }
  | { type: "neo4j.status"; status: Neo4jStatus }
  | { type: "notice"; severity: "info" | "warning" | "error"; message: string };

export type HostMessage =
  | { t: "welcome"; version: number; write: boolean; pid: number }
  | { t: "result"; id: number; output: unknown }
  | { t: "error"; id: number; error: WireError }
  | { t: "event"; event: Announcement };
