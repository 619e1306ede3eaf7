import { z } from "zod";
import { type CommandTable, command, Nothing } from "../command.ts";
import { AreaParametersPatch, BrainRegion, CorticalArea, CorticalId, CorticalMapping, Dimensions, Vec3 } from "../connectome.ts";
import { BrainStatus } from "./brain.ts";

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

export const connectomeCommands = {
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
} as const satisfies CommandTable;
