/** The words between the scene and the panel that holds it. */
import type { AreaKind, CorticalId, Vec3 } from "#contracts/connectome.ts";
import { type Slab, wholeSlab } from "./cut.ts";
import type { Saving } from "./economy.ts";

/** What the scene needs of an area. While a brain grows an area has a place before it has neurons. */
export interface SceneArea {
  id: CorticalId;
  name: string;
  kind: AreaKind;
  dimensions: readonly [number, number, number];
  /** Corner with the lowest coordinates, one unit = one voxel. */
  position: Vec3;
  neurons: number;
  /** Dense index in the engine; frames name areas by it. */
  index?: number;
  firstNeuron?: number;
  neuronsPerVoxel?: number;
  region?: string;
  /** Stands after its name, for what is to be seen at once. */
  mark?: string;
}

/** The breakpoint that looks at an area. Round pauses, a diamond only logs; hollow is off. */
export interface BreakpointMark {
  action: "pause" | "log";
  armed: boolean;
  /** Under the pointer. */
  text: string;
}

/** Colours come from the theme as CSS hex, so that the scene holds no literals of its own. */
export interface SceneTheme {
  /** Light scene for figures: alpha blend instead of added light. */
  paper: boolean;
  background: string;
  text: string;
  secondary: string;
  focus: string;
  grid: string;
  excitatory: string;
  inhibitory: string;
  breakpoint: string;
  /** Of signed figures: negative, zero, positive. */
  signed: readonly [string, string, string];
  kinds: Readonly<Record<AreaKind, string>>;
  /** Activity, silent to hot. */
  ramp: readonly string[];
}

/**
 * `recent` adds up the firings of a voxel, newer ones counting more; `age` is the time since a voxel fired; `potential` the membrane
 * potential of its cells; `rate` firings per neuron and burst; `weight` how far mean weights moved; `engine` which one computed the burst; `difference` who fired in another timeline alone, `disagreement` on one engine alone.
 */
export const colourings = [
  "activity",
  "recent",
  "age",
  "potential",
  "kind",
  "region",
  "rate",
  "weight",
  "engine",
  "difference",
  "disagreement",
] as const;
export type ColourBy = (typeof colourings)[number];

/** Areas as wholes have a figure, which fills their boxes. */
export const isAreaFigure = (by: ColourBy): by is "rate" | "weight" | "engine" => by === "rate" || by === "weight" || by === "engine";
/** Single voxels are marked: what fires is grey beneath. */
export const isVoxelMarks = (by: ColourBy): by is "difference" | "disagreement" => by === "difference" || by === "disagreement";

export type ArcsShown = "selected" | "all" | "off";

/** Figures of areas to colour them by, and between which limits. Signed: zero is in the middle. */
export interface AreaValues {
  values: ReadonlyMap<CorticalId, number>;
  low: number;
  high: number;
  signed: boolean;
}

/** How a single voxel is marked: shape beside colour. */
export type MarkShape = "fill" | "ring" | "cross" | "diamond" | "frame" | "triangle";
/** In the words of the theme; of signed figures the lowest and the highest. */
export type MarkColour = "text" | "excitatory" | "inhibitory" | "low" | "high";
export interface VoxelMarks {
  neurons: readonly number[];
  shape: MarkShape;
  colour: MarkColour;
}
/** Voxels with a figure each, the same limits as of areas. */
export interface VoxelValues {
  neurons: readonly number[];
  values: readonly number[];
  low: number;
  high: number;
  signed: boolean;
}
/** Single voxels of neurons, over what fires. */
export interface VoxelLayer {
  marks: readonly VoxelMarks[];
  values: VoxelValues | null;
}

/** Figures of the colouring, what a phase of the burst touched, what led to a firing and came of it, and neurons with a probe. */
export const voxelLayers = ["figures", "phase", "why", "probes"] as const;
export type VoxelLayerName = (typeof voxelLayers)[number];

/** A mapping by its ends. */
export interface Way {
  src: CorticalId;
  dst: CorticalId;
}

export interface ScenePick {
  area: CorticalId;
  /** The voxel under the pointer. */
  voxel: Vec3 | null;
  /** First neuron of the voxel. */
  neuron: number | null;
}

export interface SceneHover extends ScenePick {
  /** CSS pixels of the window. */
  x: number;
  y: number;
  /** Newest burst held in memory in which the voxel fired. */
  lastFired: number | null;
}

export interface SceneStats {
  /** False where the browser gives no WebGL 2: show figures instead of the scene. */
  available: boolean;
  /** A software rasteriser draws, so points are limited. */
  software: boolean;
  /** False where the card cannot add up firings: recent activity is drawn as activity. */
  addsUp: boolean;
  /** Voxels drawn one by one, of those that glow. */
  points: number;
  ofPoints: number;
  /** Bricks drawn for the rest. */
  bricks: number;
  /** Areas that are drawn as bricks, where single voxels would be too many or too small. */
  brickAreas: number;
  /** Areas whose voxels are drawn as cubes, and as points. */
  cubeAreas: number;
  pointAreas: number;
  /** Areas too small on the screen for that: one box each. */
  boxAreas: number;
  /** Mapping arcs drawn, of those that there are to draw. */
  arcs: number;
  ofArcs: number;
  /** Pictures drawn in the last second; 0 at rest. */
  framesPerSecond: number;
  /** Time the window spent on the last picture. */
  drawMs: number;
  /** What pictures do without because they take too long, and how long they took when it was decided, ms. */
  saved: readonly Saving[];
  pictureMs: number;
  /** Exposure of the flash limiter, 1 = not limited. */
  exposure: number;
}

export const areaGlyphs: Readonly<Record<AreaKind, string>> = {
  input: "▷",
  output: "◁",
  custom: "○",
  memory: "◆",
  core: "✦",
  modulator: "✦",
};

/** Bursts until the glow of a firing falls to 1/e. */
export const glowBursts = 3;
/** A glow below this is not drawn: silent. */
export const leastGlow = 0.02;
/** How much light a voxel gives so many bursts after it fired; none from `span` on. */
export interface Light {
  span: number;
  of(age: number): number;
  /** Where firings add up: the light of their sum. Elsewhere the newest counts. */
  ofSum?(sum: number): number;
}
export const glowLight: Light = {
  span: Math.ceil(-Math.log(leastGlow) * glowBursts),
  of: (age) => Math.exp(-age / glowBursts),
};
/** Colours the time since a voxel fired, in bursts, on a logarithmic scale: 1, 2, 4 … are equally far apart. */
export const ageLight: Light = {
  span: 64,
  of: (age) => 1 - (0.95 * Math.log2(1 + age)) / Math.log2(64),
};

/** Bursts until a firing counts for 1/e in the recent activity. */
export const recentBursts = 16;
/** Recent activity of a voxel that fires in every burst, which is as bright as can be. */
export const fullRecent = 16;
/** The recent activity of a voxel on a logarithmic scale: cells that fired once are seen beside those that always fire. */
export const recentLight = {
  span: 128,
  of: (age: number) => Math.exp(-age / recentBursts),
  ofSum: (sum: number) => Math.min(1, Math.log2(1 + sum) / Math.log2(1 + fullRecent)),
} satisfies Light;
/** Recent activity below this is not drawn. */
export const leastRecent = (1 + fullRecent) ** leastGlow - 1;

/** What a drag with the left button does: turn the camera, select what is inside a shape, or paint voxels. */
export const tools = ["orbit", "box", "lasso", "paint"] as const;
export type Tool = (typeof tools)[number];

/** What of the brain is shown, and how. */
export interface SceneSettings {
  colourBy: ColourBy;
  labels: boolean;
  arcs: ArcsShown;
  /** Dots that run along arcs whose source fires. */
  flow: boolean;
  hidden: ReadonlySet<CorticalId>;
  /** Only these are shown; null: all. */
  isolated: ReadonlySet<CorticalId> | null;
  slab: Slab;
  /** Layers taken off every area. */
  peel: number;
  /** Viewports. */
  views: number;
  linked: boolean;
  tool: Tool;
  /** W A S D, Q and E fly. */
  flying: boolean;
}

export const defaultSettings: SceneSettings = {
  colourBy: "activity",
  labels: true,
  arcs: "selected",
  flow: false,
  hidden: new Set(),
  isolated: null,
  slab: wholeSlab,
  peel: 0,
  views: 1,
  linked: true,
  tool: "orbit",
  flying: false,
};
