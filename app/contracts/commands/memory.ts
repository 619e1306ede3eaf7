/** Pattern memory: which areas remember, what, and how long. Source: spec/burst-engine-extensions.md 8 to 10. */
import { z } from "zod";
import { type CommandTable, command, NeuronId, Nothing, RecordedBurst } from "../command.ts";
import { CorticalId, Vec3 } from "../connectome.ts";

export const MemoryAreaInfo = z.object({
  area: CorticalId,
  name: z.string(),
  /** Bursts a pattern spans. */
  temporalDepth: z.int(),
  upstream: z.array(CorticalId),
  /** Where a recalled pattern of an upstream area is shown. */
  twins: z.array(z.object({ upstream: CorticalId, twin: CorticalId })),
  /** Bursts a new neuron lives unseen; each recurrence adds `lifespanGrowthRate`; from `longTermThreshold` on it no longer ages. */
  initialLifespan: z.number(),
  lifespanGrowthRate: z.number(),
  longTermThreshold: z.number(),
  /** Most neurons; null: only the pool of all areas bounds it. */
  cap: z.int().nullable(),
  /** `lru`: a full area gives up a neuron for a new pattern; `none`: it refuses the pattern. */
  eviction: z.enum(["lru", "none"]),
  /** Memories hold potentials, which recurrences average. */
  learnsPotentials: z.boolean(),
  /** Patterns are of how potentials change; such memories cannot be replayed. */
  change: z.object({ by: z.enum(["difference", "ratio"]), quantization: z.number() }).nullable(),
  neurons: z.int(),
});

const MemoryNeuronRow = z.object({
  id: z.int(),
  area: CorticalId,
  /** Bursts left unseen; without meaning once long-term. */
  lifespan: z.int(),
  longTerm: z.boolean(),
  /** Burst of its creation, and of its creation or last match. */
  created: z.int(),
  lastSeen: z.int(),
  /** Its creation and every match. */
  activations: z.int(),
});

export const MemoryNeuronInfo = MemoryNeuronRow.extend({
  /** Identifies the pattern within its area, hexadecimal. */
  pattern: z.string(),
  /** What its pattern looked like, offset 0 the oldest burst; none where patterns are of changes. */
  frames: z.array(
    z.object({
      offset: z.int(),
      /** Null: the area is gone. */
      upstream: CorticalId.nullable(),
      voxels: z.array(Vec3),
      potentials: z.array(z.number()).nullable(),
    }),
  ),
  /** Its first synapses by slot, of `synapses` in all. */
  links: z.array(
    z.object({
      direction: z.enum(["in", "out"]),
      slot: z.int(),
      other: z.int(),
      weight: z.number(),
      psp: z.number(),
      delay: z.int(),
      /** Made or used by associative learning. */
      associative: z.boolean(),
    }),
  ),
  synapses: z.int(),
});

const AreaStatistics = z.object({
  area: CorticalId,
  neurons: z.int(),
  longTerm: z.int(),
  cap: z.int().nullable(),
  created: z.int(),
  reactivated: z.int(),
  /** Neurons that became long-term. */
  promoted: z.int(),
  expired: z.int(),
  evicted: z.int(),
  /** Patterns for which there was no room, and those a modulator kept from being formed. */
  refused: z.int(),
  suppressed: z.int(),
  /** A modulator keeps it from forming memories; it goes on to recognise. */
  formationOff: z.boolean(),
});

export const memoryCommands = {
  areas: command({
    title: "Which areas remember, and how",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.array(MemoryAreaInfo),
  }),
  neurons: command({
    title: "List memory neurons",
    permission: "read",
    risk: "low",
    input: z.object({
      /** Of all areas where none is given. */
      area: CorticalId.optional(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(10_000).default(100),
      sort: z.enum(["id", "lifespan", "activations", "lastSeen", "created"]).default("id"),
      descending: z.boolean().default(false),
    }),
    output: z.object({ total: z.int(), neurons: z.array(MemoryNeuronRow) }),
  }),
  neuron: command({
    title: "One memory neuron: its pattern, its life, its links",
    permission: "read",
    risk: "low",
    input: z.object({ id: NeuronId, links: z.int().min(0).max(100_000).default(100) }),
    output: MemoryNeuronInfo,
  }),
  statistics: command({
    title: "How much is remembered, refused and forgotten",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.object({
      /** Most memory neurons of all areas together. */
      pool: z.int(),
      neurons: z.int(),
      longTerm: z.int(),
      /** Patterns seen, known or new. */
      detected: z.int(),
      areas: z.array(AreaStatistics),
    }),
  }),
  curve: command({
    title: "Memories over recorded bursts",
    permission: "read",
    risk: "low",
    input: z.object({
      /** All that is recorded where they are not given. */
      from: RecordedBurst.optional(),
      to: RecordedBurst.optional(),
      points: z.int().min(2).max(1000).default(50),
    }),
    output: z.object({
      areas: z.array(CorticalId),
      /** Memory neurons of each of these areas, as the engine had them after the burst: those a burst forms are its from the next on. */
      points: z.array(z.object({ burst: z.int(), neurons: z.array(z.int()) })),
    }),
  }),
  forget: command({
    title: "Forget memories",
    permission: "write",
    risk: "high",
    input: z.object({ ids: z.array(NeuronId).min(1).max(100_000) }),
    output: z.object({ forgotten: z.int() }),
  }),
} as const satisfies CommandTable;
