import { z } from "zod";
import { type CommandTable, command, NeuronId, RecordedBurst } from "../../command.ts";
import { CorticalId, Vec3 } from "../../connectome.ts";
import { dryRun, Edited } from "../../edit.ts";

const MOST = 100_000;
const Voxel = z.tuple([z.int().min(0), z.int().min(0), z.int().min(0)]);

/** Parameters of single neurons. At least one must be given. */
export const NeuronParameters = z
  .strictObject({
    threshold: z.number(),
    thresholdLimit: z.number().min(0),
    leak: z.number().min(0).max(1),
    /** 0..1 */
    excitability: z.number().min(0).max(1),
    refractoryPeriod: z.int().min(0).max(65_535),
    consecutiveFireLimit: z.int().min(0).max(65_535),
    snoozePeriod: z.int().min(0).max(65_535),
    accumulates: z.boolean(),
  })
  .partial();
export type NeuronParameters = z.infer<typeof NeuronParameters>;

export const SynapseRow = z.object({
  source: NeuronId,
  target: NeuronId,
  weight: z.number(),
  psp: z.number(),
  inhibitory: z.boolean(),
  delay: z.int(),
});
export type SynapseRow = z.infer<typeof SynapseRow>;

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
  /** 0: none. */
  thresholdLimit: z.number(),
  leak: z.number(),
  excitability: z.number(),
  refractoryPeriod: z.int(),
  /** 0: none. */
  consecutiveFireLimit: z.int(),
  snoozePeriod: z.int(),
  accumulates: z.boolean(),
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

export const neuronCommands = {
  getNeuron: command({
    title: "State of one neuron",
    permission: "read",
    risk: "low",
    input: z.object({ id: NeuronId }),
    output: NeuronState,
  }),
  neuronAt: command({
    title: "Find the neurons of a voxel",
    permission: "read",
    risk: "low",
    input: z.strictObject({ area: CorticalId, voxel: Voxel }),
    /** Ascending; empty where none is. */
    output: z.object({ neurons: z.array(NeuronId) }),
  }),
  listNeurons: command({
    title: "List the neurons of an area",
    permission: "read",
    risk: "low",
    input: z.strictObject({ area: CorticalId, offset: z.int().min(0).default(0), limit: z.int().min(1).max(MOST).default(1000) }),
    output: z.object({ total: z.int(), neurons: z.array(NeuronId) }),
  }),
  countNeurons: command({
    title: "Count neurons",
    permission: "read",
    risk: "low",
    input: z.strictObject({ area: CorticalId.optional() }),
    output: z.object({ neurons: z.int() }),
  }),
  potentials: command({
    title: "Membrane potentials of the cells of areas",
    permission: "read",
    risk: "low",
    input: z.strictObject({
      areas: z.array(CorticalId).min(1).max(10_000),
      /** A recorded burst; where not told, as the cells stand now. */
      burst: RecordedBurst.optional(),
      limit: z.int().min(1).max(MOST).default(20_000),
    }),
    output: z.object({
      burst: z.int(),
      /** Cells of these areas, those that were looked at (evenly chosen where there are too many), and those of them with a potential other than 0. */
      cells: z.int(),
      read: z.int(),
      charged: z.int(),
      /** The charged ones, evenly chosen where they are more than `limit`, and their potentials. */
      neurons: z.array(z.int()),
      potentials: z.array(z.number()),
    }),
  }),
  createNeurons: command({
    title: "Add neurons to an area",
    permission: "write",
    risk: "low",
    input: z.strictObject({
      area: CorticalId,
      /** One neuron each; a voxel may come more than once. */
      voxels: z.array(Voxel).min(1).max(MOST),
      parameters: NeuronParameters.optional(),
      ...dryRun,
    }),
    output: Edited.extend({ neurons: z.array(NeuronId) }),
  }),
  updateNeurons: command({
    title: "Edit neurons",
    permission: "write",
    risk: "low",
    input: z.strictObject({ neurons: z.array(NeuronId).min(1).max(MOST), parameters: NeuronParameters, ...dryRun }),
    output: Edited,
  }),
  removeNeurons: command({
    title: "Remove neurons with their synapses",
    permission: "write",
    risk: "low",
    input: z.strictObject({ neurons: z.array(NeuronId).min(1).max(MOST), ...dryRun }),
    /** Those that were there. */
    output: Edited.extend({ removed: z.int() }),
  }),
  countSynapses: command({
    title: "Count synapses",
    permission: "read",
    risk: "low",
    /** Between two areas, from or to one, or all. */
    input: z.strictObject({ src: CorticalId.optional(), dst: CorticalId.optional() }),
    output: z.object({ synapses: z.int() }),
  }),
  listSynapses: command({
    title: "List the synapses of a neuron",
    permission: "read",
    risk: "low",
    input: z.strictObject({
      neuron: NeuronId,
      direction: z.enum(["in", "out"]),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(MOST).default(1000),
    }),
    output: z.object({ total: z.int(), synapses: z.array(SynapseRow) }),
  }),
  getSynapses: command({
    title: "Look up the synapses from one neuron to another",
    permission: "read",
    risk: "low",
    input: z.strictObject({ source: NeuronId, target: NeuronId }),
    /** By slot; empty where the two are not connected. */
    output: z.object({ synapses: z.array(SynapseRow) }),
  }),
  createSynapses: command({
    title: "Add synapses",
    permission: "write",
    risk: "low",
    input: z.strictObject({
      synapses: z
        .array(
          SynapseRow.extend({
            weight: z.number().min(0),
            psp: z.number().default(1),
            inhibitory: z.boolean().default(false),
            delay: z.int().min(1).max(255).default(1),
          }),
        )
        .min(1)
        .max(MOST),
      ...dryRun,
    }),
    output: Edited,
  }),
  updateSynapses: command({
    title: "Edit the weights of synapses",
    permission: "write",
    risk: "low",
    /** The first from source to target. */
    input: z.strictObject({
      synapses: z
        .array(z.strictObject({ source: NeuronId, target: NeuronId, weight: z.number().min(0) }))
        .min(1)
        .max(MOST),
      ...dryRun,
    }),
    output: Edited,
  }),
  removeSynapses: command({
    title: "Remove synapses",
    permission: "write",
    risk: "low",
    /** The first from source to target of each pair. */
    input: z.strictObject({
      synapses: z
        .array(z.strictObject({ source: NeuronId, target: NeuronId }))
        .min(1)
        .max(MOST),
      ...dryRun,
    }),
    output: Edited.extend({ removed: z.int() }),
  }),
} as const satisfies CommandTable;
