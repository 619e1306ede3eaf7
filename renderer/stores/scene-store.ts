/**
 * How the scene shows the brain: what the person chose for this window. Tastes stay in its storage, saved views in that of all windows;
 * what is hidden belongs to the brain on the bench.
 */
import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import type { Pose } from "../scene/camera-rig.ts";
import { colourings, defaultSettings, type SceneSettings } from "../scene/scene-types.ts";
import type { Direction } from "../scene/visibility.ts";
import type { Kept } from "../ui/kept.ts";

/** A saved view, or a key picture of a flight. */
export interface Bookmark {
  name: string;
  pose: Pose;
}
/** The voxel whose neurons are listed beside the pointer, in CSS pixels of the window. */
interface ListedVoxel {
  area: CorticalId;
  voxel: Vec3;
  x: number;
  y: number;
}
interface SceneState extends SceneSettings {
  /** How many mappings away isolating goes, and which way. */
  depth: number;
  direction: Direction;
  bookmarks: readonly Bookmark[];
  /** The overview from above, where the view is wide enough for it. */
  minimap: boolean;
  /** What fires is told to those who listen, while the scene table is open. */
  announces: boolean;
  listed: ListedVoxel | null;
}
export interface SceneStore extends StoreApi<SceneState> {
  /** Saved views are those of all windows; each has tastes of its own. */
  kept: Kept;
}

const key = "gyrus.scene";

const KeptPose = z.object({
  target: z.tuple([z.number(), z.number(), z.number()]),
  ...{ distance: z.number().positive(), azimuth: z.number(), elevation: z.number() },
});
/** What an older window kept and this one does not know is left aside, each by itself. */
const Tastes = z.object({
  colourBy: z.enum(colourings),
  labels: z.boolean(),
  arcs: z.enum(["selected", "all", "off"]),
  flow: z.boolean(),
  views: z.int().min(1).max(4),
  linked: z.boolean(),
  depth: z.int().min(1).max(100),
  direction: z.enum(["afferents", "efferents", "both"]),
  minimap: z.boolean(),
  announces: z.boolean(),
  bookmarks: z.array(z.object({ name: z.string(), pose: KeptPose })),
});
type Tastes = z.infer<typeof Tastes>;
const tastes = Object.keys(Tastes.shape) as (keyof Tastes)[];

export function tastesOf(state: SceneState): Tastes {
  return Object.fromEntries(tastes.map((taste) => [taste, state[taste]])) as Tastes;
}

/** Those of a stored form that this window knows. */
export function readTastes(stored: unknown): Partial<Tastes> {
  const found = z.record(z.string(), z.unknown()).safeParse(stored).data ?? {};
  return Object.fromEntries(
    tastes.flatMap((taste) => {
      const read = Tastes.shape[taste].safeParse(found[taste]);
      return read.success ? [[taste, read.data]] : [];
    }),
  ) as Partial<Tastes>;
}

export function createSceneStore(storage?: Pick<Storage, "getItem" | "setItem">): SceneStore {
  const store = createStore<SceneState>(() => ({
    ...defaultSettings,
    depth: 1,
    direction: "both",
    bookmarks: [],
    minimap: true,
    announces: true,
    listed: null,
    ...kept(storage),
  }));
  let isTaking = false;
  store.subscribe((now, before) => {
    if (isTaking || tastes.every((taste) => now[taste] === before[taste])) return;
    storage?.setItem(key, JSON.stringify(tastesOf(now)));
  });
  const reread = () => {
    // What another window wrote is not written again, else the two would go on for ever.
    isTaking = true;
    store.setState({ bookmarks: kept(storage).bookmarks ?? [] });
    isTaking = false;
  };
  return Object.assign(store, { kept: { key, reread } });
}

function kept(storage: Pick<Storage, "getItem"> | undefined): Partial<Tastes> {
  try {
    return readTastes(JSON.parse(storage?.getItem(key) ?? "{}"));
  } catch {
    return {};
  }
}
