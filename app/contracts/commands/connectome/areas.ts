import { z } from "zod";
import { type CommandTable, command, Nothing } from "../../command.ts";
import { AreaKind, AreaParameters, AreaParametersPatch, CorticalArea, CorticalId, Dimensions, Vec3 } from "../../connectome.ts";
import { dryRun, Edited } from "../../edit.ts";

const Vec2 = z.tuple([z.number(), z.number()]);
const given = {
  position2d: Vec2.optional(),
  neuronsPerVoxel: z.int().positive().max(65_535).optional(),
  visible: z.boolean().optional(),
  parameters: AreaParametersPatch.optional(),
};
const mappings = z.boolean().default(true);

export const AreaStatistics = z.object({
  id: CorticalId,
  name: z.string(),
  kind: AreaKind,
  neurons: z.int(),
  voxels: z.int(),
  /** Neurons a voxel. */
  density: z.number(),
  outgoing: z.int(),
  incoming: z.int(),
  synapsesPerNeuron: z.number(),
  populated: z.boolean(),
});

/** What the genome says of an area beyond what the living area shows. */
export const AreaDetails = z.object({
  /** Its id as the document writes it. */
  documentId: z.string(),
  position2d: Vec2,
  visible: z.boolean(),
  /** Stored values that have no field of their own, by property name. */
  properties: z.record(z.string(), z.unknown()),
  /** Parameters of a new area. */
  defaults: AreaParameters,
});
export type AreaDetails = z.infer<typeof AreaDetails>;

export const areaCommands = {
  listAreas: command({ title: "List cortical areas", permission: "read", risk: "low", input: Nothing, output: z.array(CorticalArea) }),
  getArea: command({
    title: "Look up one cortical area",
    permission: "read",
    risk: "low",
    input: z.union([z.strictObject({ id: CorticalId }), z.strictObject({ index: z.int().min(0) })]),
    output: CorticalArea,
  }),
  describeArea: command({
    title: "What the genome says of an area beyond its living values",
    permission: "read",
    risk: "low",
    input: z.strictObject({ id: CorticalId }),
    output: AreaDetails,
  }),
  findAreas: command({
    title: "Find cortical areas",
    permission: "read",
    risk: "low",
    /** Each that is given must fit. */
    input: z.strictObject({
      name: z.string().optional(),
      kind: AreaKind.optional(),
      region: z.string().optional(),
      populated: z.boolean().optional(),
    }),
    output: z.array(CorticalArea),
  }),
  areaStatistics: command({
    title: "Neurons, synapses and density of areas",
    permission: "read",
    risk: "low",
    input: z.strictObject({ id: CorticalId.optional() }),
    output: z.object({
      areas: z.array(AreaStatistics),
      /** The largest on each axis, over all areas. */
      maxDimensions: z.tuple([z.int(), z.int(), z.int()]),
    }),
  }),
  createArea: command({
    title: "Add a cortical area",
    permission: "write",
    risk: "low",
    input: z.strictObject({
      name: z.string().min(1),
      kind: z.enum(["custom", "memory"]).default("custom"),
      dimensions: Dimensions,
      position: Vec3,
      /** Not the root: that is for devices and core areas. */
      region: z.string(),
      ...given,
      ...dryRun,
    }),
    output: Edited.extend({ id: CorticalId }),
  }),
  createUnit: command({
    title: "Add the areas of an input or output unit",
    permission: "write",
    risk: "low",
    /** By code such as ipro or omot. */
    input: z.strictObject({
      unit: z.string(),
      devices: z.int().min(1).max(1024).default(1),
      /** Which of several units of this kind; the lowest free one by default. */
      index: z.int().min(0).max(255).optional(),
      position: Vec3.optional(),
      region: z.string().optional(),
      ...dryRun,
    }),
    output: Edited.extend({ ids: z.array(CorticalId) }),
  }),
  listUnits: command({
    title: "List the kinds of input and output units",
    permission: "read",
    risk: "low",
    input: Nothing,
    /** `sizes`: of one device, part by part. */
    output: z.array(z.object({ unit: z.string(), title: z.string(), sizes: z.array(Dimensions) })),
  }),
  updateArea: command({
    title: "Edit a cortical area",
    permission: "write",
    risk: "low",
    input: z.strictObject({
      id: CorticalId,
      name: z.string().min(1).optional(),
      position: Vec3.optional(),
      dimensions: Dimensions.optional(),
      /** Stored values that have no name of their own here, by their property name; null takes one away. */
      properties: z.record(z.string(), z.unknown()).optional(),
      ...given,
    }),
    output: CorticalArea,
  }),
  planArea: command({
    title: "What an edit of an area would change",
    permission: "read",
    risk: "low",
    input: z.strictObject({
      id: CorticalId,
      dimensions: Dimensions.optional(),
      neuronsPerVoxel: z.int().positive().max(65_535).optional(),
    }),
    output: Edited,
  }),
  changeAreaId: command({
    title: "Give a cortical area another id",
    permission: "write",
    risk: "low",
    input: z.strictObject({ id: CorticalId, to: CorticalId }),
    output: CorticalArea,
  }),
  moveArea: command({
    title: "Move a cortical area to another region",
    permission: "write",
    risk: "low",
    input: z.strictObject({ id: CorticalId, region: z.string() }),
    output: CorticalArea,
  }),
  cloneArea: command({
    title: "Duplicate a cortical area",
    permission: "write",
    risk: "low",
    input: z.strictObject({
      id: CorticalId,
      name: z.string().min(1),
      position: Vec3,
      /** The one of the source by default. */
      region: z.string().optional(),
      mappings,
      ...dryRun,
    }),
    output: Edited.extend({ id: CorticalId }),
  }),
  removeArea: command({
    title: "Remove a cortical area with its mappings",
    permission: "write",
    risk: "low",
    input: z.strictObject({ id: CorticalId, ...dryRun }),
    output: Edited,
  }),
  resetAreas: command({
    title: "Bring the neurons of areas to rest",
    permission: "write",
    risk: "low",
    /** Potentials, refractory countdowns and consecutive fires become 0, and what is under way to them goes; weights stay. */
    input: z.strictObject({ areas: z.array(CorticalId).min(1).max(10_000) }),
    /** `burst`: going back to it brings the state before the reset back. */
    output: z.object({ burst: z.int(), areas: z.array(z.object({ id: CorticalId, neurons: z.int() })) }),
  }),
  populateArea: command({
    title: "Grow the neurons of an area that has none",
    permission: "write",
    risk: "low",
    input: z.strictObject({ id: CorticalId }),
    output: Edited,
  }),
} as const satisfies CommandTable;
