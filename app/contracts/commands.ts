/** Every command of the lab, by group. The full name is `group.verb`, the REST route POST /v1/group/verb. */
import { z } from "zod";
import { type CommandTable, command } from "./command.ts";
import { AreaParametersPatch, BrainRegion, CorticalArea, CorticalId, CorticalMapping, Dimensions, Vec3 } from "./connectome.ts";
import { Account, Breakpoint, BreakpointSettings, CausalTree, ConditionInput, Counterfactual, Effects, Evaluation, Hit } from "./debug.ts";
import { CreatedGenome, GenomeReport, GenomeStatistics, GenomeTemplate, GrowthEstimate, genomeDialects, SavedDialect } from "./genome.ts";
import { dynamicsModes } from "./network.ts";
import { RolloutStatus } from "./rollout.ts";

const Nothing = z.object({});
const NeuronId = z.int().min(0).max(0xffffffff);
const RecordedBurst = z.int().min(1);

export const BrainStatus = z.object({
  /** `empty` no brain, `growing` a genome is being grown, else the state of the burst clock. */
  state: z.enum(["empty", "growing", "paused", "running", "failed"]),
  brainId: z.string().nullable(),
  title: z.string(),
  genomePath: z.string().nullable(),
  /** Rises by one with every new brain. */
  generation: z.int(),
  burst: z.int(),
  targetHz: z.number(),
  /** Bursts per second over the last second; 0 while paused. */
  achievedHz: z.number(),
  /** How much later than due bursts started: the last 2,048 of this run, and the worst of all. */
  lateMs: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  /** Bursts have not come at the target rate over the last seconds. */
  overloaded: z.boolean(),
  /** Engine time of a burst in ms, over the last 256 bursts. */
  burstMs: z.object({ p50: z.number(), p95: z.number(), p99: z.number() }),
  neurons: z.int(),
  synapses: z.int(),
  areas: z.int(),
  dynamics: z.enum(dynamicsModes),
  engine: z.enum(["reference", "native"]),
  /** Burst of the last checkpoint on disk, null before the first. */
  checkpointBurst: z.int().nullable(),
  /** Set when this brain came back from a checkpoint after a crash. */
  recoveredAtBurst: z.int().nullable(),
  canUndo: z.string().nullable(),
  canRedo: z.string().nullable(),
  /** False when the event store fell back to memory. */
  durable: z.boolean(),
  unsaved: z.boolean(),
});
export type BrainStatus = z.infer<typeof BrainStatus>;

export const Stimulus = z.object({
  id: z.string(),
  area: CorticalId,
  kind: z.enum(["voxels", "poisson"]),
  amplitude: z.number(),
  /** Local voxel coordinates; empty for Poisson on the whole area. */
  voxels: z.array(Vec3),
  /** Poisson: expected events per voxel and burst. */
  probability: z.number().min(0).max(1),
  seed: z.int(),
  /** Bursts between two presentations; 1 = every burst. */
  every: z.int().positive(),
  /** Bursts left, null = until removed. */
  remaining: z.int().nullable(),
});
export type Stimulus = z.infer<typeof Stimulus>;

export const NeuronState = z.object({
  id: z.int(),
  area: CorticalId,
  voxel: Vec3,
  /** Neuron within its voxel. */
  k: z.int(),
  membranePotential: z.number(),
  refractoryCountdown: z.int(),
  consecutiveFires: z.int(),
  threshold: z.number(),
  fired: z.boolean(),
  incoming: z.int(),
  outgoing: z.int(),
  /** First rows of each, by slot. */
  synapses: z.array(
    z.object({
      direction: z.enum(["in", "out"]),
      neuron: z.int(),
      weight: z.number(),
      psp: z.number(),
      inhibitory: z.boolean(),
      delay: z.int(),
    }),
  ),
});
export type NeuronState = z.infer<typeof NeuronState>;

export const Problem = z.object({
  severity: z.enum(["error", "warning", "info"]),
  code: z.string(),
  message: z.string(),
  path: z.string(),
  fix: z.string().optional(),
  area: CorticalId.optional(),
});
export type Problem = z.infer<typeof Problem>;

export const Recording = z.object({
  /** Recorded bursts, without gap; last < first: none yet. */
  first: z.int(),
  last: z.int(),
  /** The burst the brain stands after; before `last` once it was put back. */
  at: z.int(),
  keyframes: z.int(),
  ramBytes: z.int(),
  diskBytes: z.int(),
  ramLimitBytes: z.int(),
  diskLimitBytes: z.int(),
  bytesPerBurst: z.number(),
  /** At the target rate. */
  megabytesPerSecond: z.number(),
});
export type Recording = z.infer<typeof Recording>;

const TimeTravel = z.object({
  from: z.int(),
  to: z.int(),
  /** Edits made after that burst, gone from the connectome with it. */
  undone: z.array(z.string()),
  status: BrainStatus,
});

/** What the phases of one burst took and left. Each list holds its first rows, beside the count of all. */
export const BurstPhases = z.object({
  burst: z.int(),
  inject: z.object({
    candidates: z.int(),
    synaptic: z.int(),
    power: z.int(),
    rows: z.array(z.object({ neuron: z.int(), sum: z.number() })),
  }),
  integrate: z.object({
    refractory: z.int(),
    rows: z.array(z.object({ neuron: z.int(), membranePotential: z.number(), refractoryCountdown: z.int() })),
  }),
  fire: z.object({ fired: z.int(), rows: z.array(z.object({ neuron: z.int(), membranePotential: z.number() })) }),
  propagate: z.object({
    synapses: z.int(),
    arrivals: z.array(z.object({ burst: z.int(), synapses: z.int() })),
    rows: z.array(
      z.object({
        slot: z.int(),
        source: z.int(),
        target: z.int(),
        weight: z.number(),
        psp: z.number(),
        inhibitory: z.boolean(),
        delay: z.int(),
      }),
    ),
  }),
  learn: z.object({
    changed: z.int(),
    created: z.int(),
    rows: z.array(z.object({ slot: z.int(), before: z.number(), after: z.number() })),
  }),
});

export const exportFormats = ["genome", "brain", "graphml", "csv"] as const;
export const ExportedFile = z.object({
  path: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  /** Where a browser fetches it from this host; set by the HTTP door. */
  url: z.string().optional(),
});
export const ExportResult = z.object({
  format: z.enum(exportFormats),
  files: z.array(ExportedFile),
  neurons: z.int(),
  synapses: z.int(),
  ms: z.number(),
});
export type ExportResult = z.infer<typeof ExportResult>;

export const Sample = z.object({ name: z.string(), title: z.string(), path: z.string(), areas: z.int(), bytes: z.int() });
export const LabEvent = z.object({ seq: z.int(), time: z.string(), type: z.string(), source: z.string(), data: z.unknown() });
export type LabEvent = z.infer<typeof LabEvent>;

export const commandGroups = {
  genome: {
    validate: command({
      title: "Check a genome without loading it",
      permission: "read",
      risk: "low",
      input: z.union([z.object({ path: z.string() }), z.object({ text: z.string() })]),
      output: GenomeReport,
    }),
    estimate: command({
      title: "Neurons, synapses and memory a genome would take",
      permission: "read",
      risk: "low",
      input: z.union([z.object({ path: z.string() }), z.object({ text: z.string() })]),
      output: GrowthEstimate,
    }),
    load: command({
      title: "Open a genome and grow it into a brain",
      permission: "write",
      risk: "high",
      input: z
        .union([z.object({ path: z.string() }), z.object({ text: z.string(), name: z.string() })])
        .and(z.object({ dynamics: z.enum(dynamicsModes).default("standard") })),
      output: BrainStatus,
    }),
    cancel: command({
      title: "Stop the genome that is growing",
      permission: "write",
      risk: "low",
      input: Nothing,
      output: z.object({ cancelled: z.boolean() }),
    }),
    samples: command({ title: "List the sample genomes", permission: "read", risk: "low", input: Nothing, output: z.array(Sample) }),
    templates: command({
      title: "List the templates for new genomes",
      permission: "read",
      risk: "low",
      input: Nothing,
      output: z.array(GenomeTemplate),
    }),
    create: command({
      title: "Make a new genome from a template",
      permission: "write",
      risk: "low",
      input: z.object({
        template: z.string(),
        title: z.string().min(1).optional(),
        /** Input and output units to add, by code such as ipro or omot. */
        units: z
          .array(z.object({ unit: z.string(), devices: z.int().min(1).max(1024).default(1) }))
          .max(64)
          .default([]),
        dialect: z.enum(genomeDialects).default("feagi-3"),
        /** Writes it there as well; an existing file is replaced. */
        path: z.string().optional(),
      }),
      output: CreatedGenome,
    }),
    statistics: command({
      title: "Count what a genome grows into",
      permission: "read",
      risk: "low",
      /** Without path and text: the genome of the loaded brain. */
      input: z.strictObject({ path: z.string().optional(), text: z.string().optional() }),
      output: GenomeStatistics,
    }),
  },
  brain: {
    status: command({ title: "State of the brain", permission: "read", risk: "low", input: Nothing, output: BrainStatus }),
    run: command({
      title: "Run",
      permission: "write",
      risk: "low",
      input: z.object({ rateHz: z.number().min(1).max(1000).optional() }),
      output: BrainStatus,
    }),
    pause: command({ title: "Pause", permission: "write", risk: "low", input: Nothing, output: BrainStatus }),
    step: command({
      title: "Step one burst",
      permission: "write",
      risk: "low",
      input: z.object({ bursts: z.int().min(1).max(100_000).default(1) }),
      output: BrainStatus,
    }),
    runTo: command({
      title: "Run to a burst",
      permission: "write",
      risk: "low",
      input: z.object({ burst: z.int().min(1) }),
      output: BrainStatus,
    }),
    setRate: command({
      title: "Set the burst rate",
      permission: "write",
      risk: "low",
      input: z.object({ rateHz: z.number().min(1).max(1000) }),
      output: BrainStatus,
    }),
    checkpoint: command({
      title: "Write a checkpoint now",
      permission: "write",
      risk: "low",
      input: Nothing,
      output: z.object({ burst: z.int(), bytesWritten: z.int(), ms: z.number() }),
    }),
  },
  time: {
    recording: command({ title: "What is recorded", permission: "read", risk: "low", input: Nothing, output: Recording }),
    setLimits: command({
      title: "Set how much is recorded",
      permission: "write",
      risk: "low",
      input: z.object({ ramMegabytes: z.int().min(16).max(65_536), diskMegabytes: z.int().min(0).max(1_048_576) }),
      output: Recording,
    }),
    goTo: command({
      title: "Go to a recorded burst",
      permission: "write",
      risk: "low",
      input: z.object({ burst: z.int().min(0) }),
      output: TimeTravel,
    }),
    stepBack: command({
      title: "Step back",
      permission: "write",
      risk: "low",
      input: z.object({ bursts: z.int().min(1).default(1) }),
      output: TimeTravel,
    }),
    verify: command({
      title: "Replay the recording and compare",
      permission: "read",
      risk: "low",
      input: z.object({ from: z.int().min(1).optional(), to: z.int().min(1).optional() }),
      output: z.object({
        from: z.int(),
        to: z.int(),
        /** How many bursts repeated exactly. */
        bursts: z.int(),
        divergence: z.object({ burst: z.int(), what: z.string() }).nullable(),
      }),
    }),
    phases: command({
      title: "One recorded burst, phase by phase",
      permission: "read",
      risk: "low",
      input: z.object({ burst: z.int().min(1), limit: z.int().min(1).max(100_000).default(1000) }),
      output: BurstPhases,
    }),
  },
  debug: {
    add: command({
      title: "Set a breakpoint or a tracepoint",
      permission: "write",
      risk: "low",
      input: z.object({
        condition: ConditionInput,
        action: BreakpointSettings.shape.action.default("pause"),
        enabled: z.boolean().default(true),
        hitCount: BreakpointSettings.shape.hitCount.default(1),
        coolDown: BreakpointSettings.shape.coolDown.default(0),
        once: z.boolean().default(false),
      }),
      output: Breakpoint,
    }),
    list: command({ title: "List breakpoints", permission: "read", risk: "low", input: Nothing, output: z.array(Breakpoint) }),
    update: command({
      title: "Change a breakpoint",
      permission: "write",
      risk: "low",
      input: BreakpointSettings.partial().extend({ id: z.string(), condition: ConditionInput.optional() }),
      output: Breakpoint,
    }),
    remove: command({
      title: "Remove a breakpoint",
      permission: "write",
      risk: "low",
      input: z.object({ id: z.string() }),
      output: z.array(Breakpoint),
    }),
    hits: command({
      title: "Hits of breakpoints and tracepoints",
      permission: "read",
      risk: "low",
      input: z.object({ limit: z.int().min(1).max(10_000).default(200) }),
      output: z.array(Hit),
    }),
    clearHits: command({ title: "Forget the hits so far", permission: "write", risk: "low", input: Nothing, output: z.array(Hit) }),
    evaluate: command({
      title: "Value of a condition now, its hits in the recording, its cost",
      permission: "read",
      risk: "low",
      input: z.object({ condition: ConditionInput, bursts: z.int().min(0).max(1_000_000).default(4096) }),
      output: Evaluation,
    }),
    runTo: command({
      title: "Run until a condition holds",
      permission: "write",
      risk: "low",
      input: z.object({ condition: ConditionInput, most: z.int().min(1).max(1_000_000).default(100_000) }),
      output: z.object({ reached: Hit.nullable(), status: BrainStatus }),
    }),
    reverseContinue: command({
      title: "Go back to the last burst that satisfies a breakpoint",
      permission: "write",
      risk: "low",
      /** Without a condition: any enabled breakpoint that pauses. */
      input: z.object({ condition: ConditionInput.optional() }),
      output: z.object({ reached: Hit.nullable(), status: BrainStatus }),
    }),
    why: command({
      title: "Why a neuron fired",
      permission: "read",
      risk: "low",
      input: z.object({ neuron: NeuronId, burst: RecordedBurst }),
      output: Account,
    }),
    whyNot: command({
      title: "Why a neuron did not fire",
      permission: "read",
      risk: "low",
      input: z.object({ neuron: NeuronId, burst: RecordedBurst }),
      output: Account,
    }),
    effects: command({
      title: "What a spike caused",
      permission: "read",
      risk: "low",
      input: z.object({
        neuron: NeuronId,
        burst: RecordedBurst,
        limit: z.int().min(1).max(100_000).default(1000),
        /** Runs another past without the spike, to tell which targets needed it. */
        necessary: z.boolean().default(false),
      }),
      output: Effects,
    }),
    tree: command({
      title: "The tree of causes of a spike",
      permission: "read",
      risk: "low",
      input: z.object({
        neuron: NeuronId,
        burst: RecordedBurst,
        depth: z.int().min(0).max(20).default(3),
        breadth: z.int().min(1).max(64).default(8),
      }),
      output: CausalTree,
    }),
    without: command({
      title: "Replay without synapses, sources or inputs",
      permission: "read",
      risk: "low",
      input: z.object({
        neuron: NeuronId,
        burst: RecordedBurst,
        synapses: z.array(NeuronId).max(100_000).default([]),
        /** Neurons whose spikes lead nowhere. */
        sources: z.array(NeuronId).max(10_000).default([]),
        /** Neurons that get no input from outside. */
        inputs: z.array(NeuronId).max(100_000).default([]),
        /** The first burst without; by default the earliest whose spikes over these reach the neuron in `burst`. */
        from: z.int().min(1).optional(),
        /** Bursts after `burst` that are looked at. */
        window: z.int().min(0).max(10_000).default(32),
        /** Asks also whether these alone make it fire. */
        sufficient: z.boolean().default(false),
      }),
      output: Counterfactual,
    }),
  },
  connectome: {
    listAreas: command({ title: "List cortical areas", permission: "read", risk: "low", input: Nothing, output: z.array(CorticalArea) }),
    listRegions: command({ title: "List brain regions", permission: "read", risk: "low", input: Nothing, output: z.array(BrainRegion) }),
    listMappings: command({
      title: "List cortical mappings",
      permission: "read",
      risk: "low",
      input: Nothing,
      output: z.array(CorticalMapping),
    }),
    getNeuron: command({
      title: "State of one neuron",
      permission: "read",
      risk: "low",
      input: z.object({ id: z.int().min(0) }),
      output: NeuronState,
    }),
    updateArea: command({
      title: "Edit a cortical area",
      permission: "write",
      risk: "low",
      input: z.object({
        id: CorticalId,
        name: z.string().min(1).optional(),
        position: Vec3.optional(),
        dimensions: Dimensions.optional(),
        parameters: AreaParametersPatch.optional(),
      }),
      output: CorticalArea,
    }),
    undo: command({ title: "Undo the last edit", permission: "write", risk: "low", input: Nothing, output: BrainStatus }),
    redo: command({ title: "Redo the edit", permission: "write", risk: "low", input: Nothing, output: BrainStatus }),
    problems: command({
      title: "Problems of the genome and the brain",
      permission: "read",
      risk: "low",
      input: Nothing,
      output: z.array(Problem),
    }),
  },
  stimulus: {
    paint: command({
      title: "Stimulate voxels",
      permission: "write",
      risk: "low",
      input: z.object({
        area: CorticalId,
        voxels: z.array(Vec3).min(1).max(100_000),
        amplitude: z.number(),
        bursts: z.int().positive().nullable().default(1),
        every: z.int().positive().default(1),
      }),
      output: Stimulus,
    }),
    poisson: command({
      title: "Stimulate an area with seeded Poisson input",
      permission: "write",
      risk: "low",
      input: z.object({
        area: CorticalId,
        probability: z.number().min(0).max(1),
        amplitude: z.number(),
        seed: z.int().default(1),
        bursts: z.int().positive().nullable().default(null),
      }),
      output: Stimulus,
    }),
    list: command({ title: "List running stimuli", permission: "read", risk: "low", input: Nothing, output: z.array(Stimulus) }),
    remove: command({
      title: "Stop a stimulus",
      permission: "write",
      risk: "low",
      input: z.object({ id: z.string() }),
      output: z.array(Stimulus),
    }),
  },
  rollout: {
    status: command({ title: "Which engine runs, and why", permission: "read", risk: "low", input: Nothing, output: RolloutStatus }),
    set: command({
      title: "Set the share of the native engine",
      permission: "write",
      risk: "low",
      input: z.object({ percent: z.union([z.literal(0), z.literal(10), z.literal(100)]), reason: z.string().default("") }),
      output: RolloutStatus,
    }),
    advance: command({
      title: "Advance the rollout by one stage",
      permission: "write",
      risk: "low",
      input: z.object({ early: z.boolean().default(false), reason: z.string().default("") }),
      output: RolloutStatus,
    }),
    rollback: command({
      title: "Roll the rollout back by one stage",
      permission: "write",
      risk: "low",
      input: z.object({ reason: z.string().default("") }),
      output: RolloutStatus,
    }),
    enable: command({
      title: "Enable the native engine again",
      permission: "write",
      risk: "low",
      input: z.object({ reason: z.string().default("") }),
      output: RolloutStatus,
    }),
    selftest: command({
      title: "Compare both engines on the running brain",
      permission: "write",
      risk: "low",
      input: z.object({ bursts: z.int().min(1).max(10_000).default(256) }),
      output: RolloutStatus,
    }),
  },
  session: {
    export: command({
      title: "Export the brain",
      permission: "write",
      risk: "low",
      input: z.object({
        format: z.enum(exportFormats),
        path: z.string().optional(),
        dialect: SavedDialect.default("source"),
      }),
      output: ExportResult,
    }),
    events: command({
      title: "Read the event log",
      permission: "read",
      risk: "low",
      input: z.object({
        after: z.int().min(0).default(0),
        limit: z.int().min(1).max(1000).default(200),
        newest: z.boolean().default(false),
      }),
      output: z.array(LabEvent),
    }),
    doctor: command({
      title: "What is available on this machine",
      permission: "read",
      risk: "low",
      input: Nothing,
      output: z.object({ checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })) }),
    }),
  },
} as const satisfies Record<string, CommandTable>;

export type CommandGroups = typeof commandGroups;
export type GroupName = keyof CommandGroups;
