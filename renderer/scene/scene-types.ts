/** The words between the scene and the panel that holds it. */
import type { AreaKind, CorticalId, Vec3 } from "#contracts/connectome.ts";

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
  kinds: Readonly<Record<AreaKind, string>>;
  /** Activity, silent to hot. */
  ramp: readonly string[];
}

export type ColourBy = "activity" | "kind" | "region";

export interface ScenePick {
  area: CorticalId;
  /** Null when the area as a whole is meant. */
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
  /** Voxels drawn one by one, of those that glow. */
  points: number;
  ofPoints: number;
  /** Bricks of 8³ voxels drawn for the rest. */
  bricks: number;
  /** Pictures drawn in the last second; 0 at rest. */
  framesPerSecond: number;
  /** Time the window spent on the last picture. */
  drawMs: number;
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
/** Bursts after which a firing has faded out. */
export const glowSpan = Math.ceil(-Math.log(leastGlow) * glowBursts);
