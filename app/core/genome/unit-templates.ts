/**
 * Input and output devices as areas: what each unit looks like when it is created. A genome that has the areas keeps its own sizes.
 * Source: spec/genome.md section 6, FEAGI 0.0.49.
 */
import type { AreaParameters, Vec3 } from "#contracts/connectome.ts";
import { deviceId, encodeId, idTextOf, inputUnits, outputUnits } from "./cortical-id.ts";
import type { GenomeArea } from "./genome.ts";

export interface UnitTemplate {
  title: string;
  /** Of one device. Devices of a unit stand side by side on the x axis. */
  subUnits: readonly { size: Vec3; position: Vec3 }[];
}

const unit = (title: string, size: Vec3, position: Vec3): UnitTemplate => ({ title, subUnits: [{ size, position }] });
const units = (title: string, ...subUnits: (readonly [Vec3, Vec3])[]): UnitTemplate => ({
  title,
  subUnits: subUnits.map(([size, position]) => ({ size, position })),
});

const tile: Vec3 = [32, 32, 1];

/** By code: direction, then three letters. */
export const unitTemplates: Readonly<Record<string, UnitTemplate>> = {
  iinf: unit("Infrared", [1, 1, 10], [10, 0, -20]),
  ipro: unit("Proximity", [1, 1, 10], [20, 0, -20]),
  ishk: unit("Shock", [1, 1, 10], [30, 0, -20]),
  ibat: unit("Battery", [1, 1, 10], [40, 0, -20]),
  isvm: unit("Servo encoder", [1, 1, 20], [25, 0, -10]),
  iagp: unit("Analog pin", [8, 8, 1], [60, 0, -10]),
  idgp: unit("Digital pin", [1, 1, 1], [70, 0, -10]),
  imis: unit("Misc input", [8, 8, 1], [220, 0, -30]),
  iten: unit("Text input", [1, 1, 16], [70, 0, -100]),
  icnt: unit("Count input", [1, 1, 10], [110, 0, -30]),
  iimg: unit("Camera", [128, 128, 3], [-100, 30, 0]),
  idpt: unit("Depth map", [64, 64, 1], [-140, 30, 0]),
  iseg: unit("Segmentation input", [32, 32, 1], [-170, 0, 0]),
  isvi: units(
    "Segmented vision",
    [tile, [-70, -70, 0]],
    [tile, [60, -70, 0]],
    [tile, [150, -70, 0]],
    [tile, [-70, 60, 0]],
    [
      [128, 128, 3],
      [0, 0, 0],
    ],
    [tile, [150, 60, 0]],
    [tile, [-70, 150, 0]],
    [tile, [60, 150, 0]],
    [tile, [150, 150, 0]],
  ),
  irim: units(
    "Raw motion",
    [
      [6, 1, 10],
      [70, 0, -10],
    ],
    [
      [6, 1, 10],
      [80, 0, -10],
    ],
    [
      [6, 1, 10],
      [90, 0, -10],
    ],
  ),
  isim: unit("Smart motion", [8, 1, 10], [100, 0, -10]),
  icpo: unit("Position", [3, 1, 100], [115, 0, -10]),
  iaud: unit("Audio input", [513, 16, 1], [-100, -60, 0]),
  omot: unit("Rotary motor", [1, 1, 9], [-20, 0, -10]),
  opse: units(
    "Positional servo",
    [
      [1, 1, 20],
      [-20, 0, -10],
    ],
    [
      [2, 1, 20],
      [-40, 0, -10],
    ],
    [
      [1, 1, 20],
      [-60, 0, -10],
    ],
  ),
  ogaz: units(
    "Gaze",
    [
      [8, 8, 1],
      [10, 0, -10],
    ],
    [
      [1, 1, 10],
      [0, 0, -10],
    ],
  ),
  omis: unit("Misc output", [8, 8, 1], [300, 0, -30]),
  oten: unit("Text output", [1, 1, 16], [85, 0, -100]),
  ocnt: unit("Count output", [1, 1, 10], [175, 0, -30]),
  oseg: unit("Segmentation output", [32, 32, 1], [-200, 0, 0]),
  oimg: unit("Image output", [128, 128, 3], [-240, 60, -20]),
  opos: unit("Pose", [64, 64, 17], [-200, 60, 0]),
  oifs: unit("Image settings", [3, 1, 10], [0, 0, 0]),
  optr: unit("Pointer", [3, 1, 10], [130, 0, -10]),
  oang: unit("Angular pointer", [3, 1, 10], [175, 0, -10]),
  oaud: unit("Audio output", [513, 16, 1], [-240, -60, -20]),
};

/** The areas of a unit with so many devices; undefined where no unit has the code. */
export function unitAreas(code: string, devices: number, index = 0): GenomeArea[] | undefined {
  const template = Object.hasOwn(unitTemplates, code) ? unitTemplates[code] : undefined;
  const kinds = code[0] === "i" ? inputUnits : outputUnits;
  const dataKind = kinds.get(code.slice(1));
  if (!template || dataKind === undefined) return undefined;
  return template.subUnits.map(({ size: [width, height, depth], position }, subUnit) => {
    // The second part of a gaze is how far it looks: one share where the first has two.
    const bytes = deviceId(code, code === "ogaz" && subUnit === 1 ? 1 : dataKind, subUnit, index);
    const id = encodeId(bytes);
    return {
      id,
      idText: idTextOf(bytes),
      documentId: id,
      name: template.subUnits.length === 1 ? template.title : `${template.title} ${subUnit}`,
      kind: code[0] === "i" ? "input" : "output",
      dimensions: [width * devices, height, depth],
      position,
      position2d: [position[0], position[1]],
      neuronsPerVoxel: 1,
      parameters: newAreaParameters,
      mappings: new Map(),
      properties: { dev_count: devices },
      added: false,
    };
  });
}

/** What Python FEAGI gives a new area (spec/genome.md section 2, notes). */
export const newAreaParameters: AreaParameters = {
  firingThreshold: 1,
  firingThresholdIncrement: [0, 0, 0],
  firingThresholdLimit: 0,
  leak: 0,
  leakVariability: 0,
  refractoryPeriod: 0,
  consecutiveFireLimit: 0,
  snoozePeriod: 0,
  excitability: 100,
  mpChargeAccumulation: false,
  mpDrivenPsp: false,
  pspUniform: true,
  postsynapticCurrent: 1,
  postsynapticCurrentMax: 99999,
  degeneration: 0,
  longtermMemoryThreshold: 100,
  lifespanGrowthRate: 1,
  initialLifespan: 9,
  temporalDepth: 1,
};
