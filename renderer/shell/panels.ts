/**
 * Every view of the window, one row each. Docks, presets, palette, Ctrl+digit (the first nine), the views menu and help follow from
 * this table; a view is loaded when it is first shown. Its name is the message `panel.<id>`, its help `help.<id>`, in its catalogue.
 */
import {
  Activity,
  AreaChart,
  AudioWaveform,
  Bell,
  BookOpen,
  Boxes,
  BrainCircuit,
  Bug,
  CalendarClock,
  CircleDot,
  CircleHelp,
  Columns3,
  Cpu,
  Dna,
  Eye,
  GalleryHorizontalEnd,
  GitFork,
  Grid3x3,
  History,
  ListChecks,
  ListTree,
  type LucideIcon,
  Radio,
  Route,
  ScanSearch,
  ScrollText,
  Shapes,
  SlidersHorizontal,
  TrendingUp,
  Waypoints,
  Workflow,
} from "lucide-react";
import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/** `beside` is the second column of the centre. */
export const places = ["left", "centre", "beside", "right", "below"] as const;
export type Place = (typeof places)[number];

export const presetNames = ["explore", "build", "debug", "operate", "present"] as const;
export type PresetName = (typeof presetNames)[number];

export interface PanelRow {
  icon: LucideIcon;
  view: LazyExoticComponent<ComponentType>;
  /** Where it opens when a person asks for it. */
  home: Place;
  /** The presets that open it, and where. Rows of one place are its tabs in the order of this table; the first is on top. */
  presets?: Partial<Record<PresetName, Place>>;
  /** Shows what is selected, so that it can be unpinned and keep a selection of its own. */
  followsSelection?: boolean;
  /** Shows nothing of the brain that could be out of date. */
  isTimeless?: boolean;
  /** CSS pixels. */
  minimumWidth?: number;
}

const view = (load: () => Promise<ComponentType>) => lazy(async () => ({ default: await load() }));

export const panels = {
  explorer: {
    icon: ListTree,
    view: view(async () => (await import("../panels/explorer/Explorer.tsx")).Explorer),
    home: "left",
    presets: { explore: "left", build: "left" },
    minimumWidth: 220,
  },
  scene: {
    icon: Boxes,
    view: view(async () => (await import("../panels/scene/Scene.tsx")).Scene),
    home: "centre",
    presets: { explore: "centre", build: "centre", debug: "centre", operate: "beside", present: "centre" },
  },
  inspector: {
    icon: SlidersHorizontal,
    view: view(async () => (await import("../panels/inspector/Inspector.tsx")).Inspector),
    followsSelection: true,
    home: "right",
    presets: { explore: "right", build: "right", debug: "right" },
    minimumWidth: 264,
  },
  circuit: {
    icon: Workflow,
    view: view(async () => (await import("../panels/circuit/Circuit.tsx")).Circuit),
    home: "beside",
    presets: { build: "beside" },
  },
  mapping: {
    icon: Waypoints,
    view: view(async () => (await import("../panels/mapping/Mapping.tsx")).Mapping),
    home: "right",
    presets: { build: "right" },
    minimumWidth: 264,
  },
  rules: {
    icon: Shapes,
    view: view(async () => (await import("../panels/rules/Rules.tsx")).Rules),
    home: "left",
    presets: { build: "left" },
    minimumWidth: 264,
  },
  stimulate: {
    icon: AudioWaveform,
    view: view(async () => (await import("../panels/stimulate/Stimulate.tsx")).Stimulate),
    followsSelection: true,
    home: "right",
    presets: { explore: "right", build: "right", debug: "right" },
    minimumWidth: 264,
  },
  timeline: {
    icon: Columns3,
    view: view(async () => (await import("../panels/timeline/Timeline.tsx")).Timeline),
    home: "below",
    presets: { explore: "below", debug: "below", present: "below" },
  },
  raster: {
    icon: GalleryHorizontalEnd,
    view: view(async () => (await import("../panels/raster/Raster.tsx")).Raster),
    followsSelection: true,
    home: "below",
    presets: { explore: "below", debug: "beside", operate: "below" },
  },
  problems: {
    icon: Bug,
    view: view(async () => (await import("../panels/problems/Problems.tsx")).Problems),
    home: "below",
    presets: { explore: "below", build: "below", operate: "below" },
  },
  genome: {
    icon: Dna,
    view: view(async () => (await import("../panels/genome/Genome.tsx")).Genome),
    home: "below",
    presets: { build: "below" },
  },
  rollout: {
    icon: Route,
    view: view(async () => (await import("../panels/rollout/Rollout.tsx")).Rollout),
    home: "below",
    presets: { operate: "centre" },
  },
  log: {
    icon: ScrollText,
    view: view(async () => (await import("../panels/log/Log.tsx")).Log),
    home: "below",
    presets: { explore: "below", operate: "below" },
  },
  history: {
    icon: History,
    view: view(async () => (await import("../panels/history/History.tsx")).History),
    home: "right",
    presets: { build: "right" },
    minimumWidth: 264,
  },
  jobs: {
    icon: ListChecks,
    view: view(async () => (await import("../panels/jobs/Jobs.tsx")).Jobs),
    isTimeless: true,
    home: "below",
    presets: { operate: "below" },
  },
  notices: {
    icon: Bell,
    view: view(async () => (await import("../panels/notices/Notices.tsx")).Notices),
    isTimeless: true,
    home: "below",
  },
  breakpoints: {
    icon: CircleDot,
    view: view(async () => (await import("../panels/breakpoints/Breakpoints.tsx")).Breakpoints),
    home: "left",
    presets: { debug: "left" },
    minimumWidth: 220,
  },
  watches: {
    icon: Eye,
    view: view(async () => (await import("../panels/watches/Watches.tsx")).Watches),
    home: "left",
    presets: { debug: "left" },
    minimumWidth: 220,
  },
  why: {
    icon: CircleHelp,
    view: view(async () => (await import("../panels/why/Why.tsx")).Why),
    home: "right",
    presets: { debug: "right" },
    minimumWidth: 264,
  },
  phases: {
    icon: ScanSearch,
    view: view(async () => (await import("../panels/phases/Phases.tsx")).Phases),
    home: "below",
    presets: { debug: "below" },
  },
  system: {
    icon: Cpu,
    view: view(async () => (await import("../panels/system/System.tsx")).System),
    home: "below",
    presets: { operate: "right" },
  },
  rates: {
    icon: AreaChart,
    view: view(async () => (await import("../panels/rates/Rates.tsx")).Rates),
    home: "below",
    presets: { explore: "below", operate: "right" },
  },
  trace: {
    icon: Activity,
    view: view(async () => (await import("../panels/trace/Trace.tsx")).Trace),
    home: "below",
    presets: { debug: "below" },
  },
  matrix: {
    icon: Grid3x3,
    view: view(async () => (await import("../panels/matrix/Matrix.tsx")).Matrix),
    home: "centre",
  },
  timelines: {
    icon: GitFork,
    view: view(async () => (await import("../panels/timelines/Timelines.tsx")).Timelines),
    home: "below",
    presets: { debug: "below" },
  },
  help: {
    icon: BookOpen,
    view: view(async () => (await import("../panels/help/Help.tsx")).Help),
    isTimeless: true,
    home: "right",
    minimumWidth: 264,
  },
  memory: {
    icon: BrainCircuit,
    view: view(async () => (await import("../panels/memory/Memory.tsx")).Memory),
    home: "below",
  },
  learning: {
    icon: TrendingUp,
    view: view(async () => (await import("../panels/learning/Learning.tsx")).Learning),
    home: "below",
  },
  modulators: {
    icon: Radio,
    view: view(async () => (await import("../panels/modulators/Modulators.tsx")).Modulators),
    home: "below",
  },
  schedules: {
    icon: CalendarClock,
    view: view(async () => (await import("../panels/schedules/Schedules.tsx")).Schedules),
    home: "below",
  },
  graph: {
    icon: Waypoints,
    view: view(async () => (await import("../panels/graph/Graph.tsx")).Graph),
    home: "right",
    minimumWidth: 264,
  },
} satisfies Record<string, PanelRow>;

export type PanelId = keyof typeof panels;
export const panelIds = Object.keys(panels) as PanelId[];
export const isPanelId = (id: string): id is PanelId => Object.hasOwn(panels, id);
export const panelRow = (id: PanelId): PanelRow => panels[id];
