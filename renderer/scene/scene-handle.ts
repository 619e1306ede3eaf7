/** What the window may ask of the scene, and what the scene tells it. */
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import type { FrameInbox } from "../bridge/frame-inbox.ts";
import type { DetailForm } from "./brick-lod.ts";
import type { Covered, Pose, views } from "./camera-rig.ts";
import type { Film } from "./capture.ts";
import type { Draft } from "./drafts.ts";
import type { FigureText } from "./figure.ts";
import type { Modifiers } from "./gestures.ts";
import type {
  AreaValues,
  BreakpointMark,
  SceneHover,
  ScenePick,
  SceneSettings,
  SceneStats,
  SceneTheme,
  VoxelLayer,
  VoxelLayerName,
  Way,
} from "./scene-types.ts";
import type { Brain } from "./still.ts";
import type { ScreenPoint } from "./viewport.ts";

/** What a marquee held: whole areas, or voxels of one, `of` so many when there were too many. */
export type Caught = { areas: CorticalId[] } | { area: CorticalId; voxels: Vec3[]; of: number };

export interface SceneOptions {
  frames: FrameInbox;
  theme: SceneTheme;
  reducedMotion: boolean;
  /** "20 voxels", for the scale bar. */
  scaleText(voxels: number): string;
  /** Null: nothing was under the click. */
  onPick(pick: ScenePick | null, modifiers: Modifiers, at: { x: number; y: number }): void;
  /** A press of the right button that was no drag. */
  onMenu?(pick: ScenePick | null, at: { x: number; y: number }): void;
  onHover(hover: SceneHover | null): void;
  /** A box or lasso was drawn. */
  onCatch?(caught: Caught, modifiers: Modifiers): void;
  /** Voxels of the selected area that one stroke went over. */
  onPaint?(area: CorticalId, voxels: Vec3[]): void;
  /** The mark of a breakpoint was pressed. */
  onBreakpoint?(area: CorticalId): void;
  /** A handle was dragged. */
  onDraft?(draft: Draft): void;
  /** At most four times a second. */
  onStats?(stats: SceneStats): void;
  /** Which way firings are drawn; by default what the machine has. */
  activity?: "gpu" | "software";
  /** False keeps pictures whole however slow they are: to measure them. */
  economy?: boolean;
}

export interface SceneHandle {
  /** Puts the picture into an element and follows its size. */
  mount(container: HTMLElement): void;
  /** Takes it out and keeps everything else. */
  unmount(): void;
  dispose(): void;
  setTheme(theme: SceneTheme): void;
  setReducedMotion(on: boolean): void;
  setFlashLimiter(on: boolean): void;
  /** CSS pixels that panels cover at the top and at the bottom of the picture: names and what is framed keep clear of them. */
  setCovered(covered: Covered): void;
  /** `generation` of the brain; frames of another are not drawn into it. */
  setBrain(brain: Brain, generation?: number): void;
  /** `areas` in order of selection; `voxels` of the last of them. */
  setSelection(selection: { areas: readonly CorticalId[]; voxels: readonly Vec3[] }): void;
  set(settings: SceneSettings): void;
  /** Figures that areas are coloured by; null: none yet. */
  setValues(values: AreaValues | null): void;
  /** Single voxels over the picture; null: none. */
  setVoxels(which: VoxelLayerName, layer: VoxelLayer | null): void;
  /** Mappings that stand out with an outline, whatever arcs are shown; none: none. */
  setWays(ways: readonly Way[]): void;
  /** Areas that a breakpoint looks at. */
  setBreakpoints(marks: ReadonlyMap<CorticalId, BreakpointMark>): void;
  /** An area on its way to another place or size, with handles to drag; null: none. */
  setDraft(draft: Draft | null): void;
  /** Burst to show, null for the newest. */
  setCursor(burst: number | null): void;
  frame(target: "all" | "selection"): void;
  view(from: keyof typeof views): void;
  /** Parallel or perspective, in the active viewport. */
  toggleOrthographic(): void;
  /** Where the active camera is, and how to bring it somewhere. */
  readonly pose: Pose;
  goTo(pose: Pose): void;
  /** Radians. */
  orbit(azimuth: number, elevation: number): void;
  /** CSS pixels. */
  pan(dx: number, dy: number): void;
  /** Nearer with a factor below 1. */
  dolly(factor: number): void;
  /** The picture as PNG, `scale` pixels a CSS pixel. */
  still(scale: number, text: FigureText): Promise<Blob>;
  /** The same as SVG: pixels for the picture, words and lines for what is over and below it. */
  drawing(scale: number, text: FigureText): Blob;
  /** A film as WebM. */
  film(text: FigureText, film: Film): Promise<Blob>;
  /** CSS pixels. */
  readonly size: { width: number; height: number };
  /** Where the voxel of a neuron is, in CSS pixels of the window. */
  project(neuron: number): ScreenPoint | null;
  stats(): SceneStats;
  /** Recent activity of the voxel that begins with a neuron; null where it is not what the picture shows. */
  recentActivity(area: CorticalId, neuron: number): number | null;
  /** How an area is drawn in the picture that was drawn last; null: nothing of it. */
  formOf(area: CorticalId): DetailForm | null;
  /** Lets scripts and tests look, read-only, at `window.gyrusProbe`. */
  installProbe(window: Window): void;
}
