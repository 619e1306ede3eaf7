/** How the scene shows the brain: what the person chose for this window. Tastes stay in its storage; what is hidden belongs to the brain on the bench. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import type { Pose } from "../scene/camera-rig.ts";
import { colourings, defaultSettings, type SceneSettings } from "../scene/scene-types.ts";
import type { Direction } from "../scene/visibility.ts";

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
  listed: ListedVoxel | null;
}
export type SceneStore = StoreApi<SceneState>;

const key = "gyrus.scene";
const tastes = ["colourBy", "labels", "arcs", "flow", "views", "linked", "depth", "direction", "bookmarks"] as const;

export function createSceneStore(storage?: Pick<Storage, "getItem" | "setItem">): SceneStore {
  const store = createStore<SceneState>(() => ({
    ...defaultSettings,
    depth: 1,
    direction: "both",
    bookmarks: [],
    listed: null,
    ...kept(storage),
  }));
  store.subscribe((now, before) => {
    if (tastes.every((taste) => now[taste] === before[taste])) return;
    storage?.setItem(key, JSON.stringify(Object.fromEntries(tastes.map((taste) => [taste, now[taste]]))));
  });
  return store;
}

function kept(storage: Pick<Storage, "getItem"> | undefined): Partial<SceneState> {
  try {
    const found = JSON.parse(storage?.getItem(key) ?? "{}") as Partial<SceneState>;
    // An older window may have kept what this one does not know.
    if (found.colourBy && !colourings.includes(found.colourBy)) delete found.colourBy;
    return found;
  } catch {
    return {};
  }
}
