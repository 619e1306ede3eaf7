/**
 * Which layouts there are: the one shown last, those saved by name, and the steps back through what was done to the docks (apart from
 * the undo of the genome). Kept in this window's storage, since a layout is a taste and no part of a brain.
 */
import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Kept } from "../ui/kept.ts";
import { type Layout, parseLayout, sameShape } from "./layout.ts";
import { type PresetName, presetNames } from "./panels.ts";

interface Layouts {
  /** The preset the docks began from; `reset` goes back to it. */
  preset: PresetName;
  saved: Readonly<Record<string, Layout>>;
  canUndo: boolean;
  canRedo: boolean;
}

export interface LayoutStore {
  store: StoreApi<Layouts>;
  /** Where a window that is made of one view begins, and what resetting goes back to; null: a preset. */
  home: Layout | null;
  /** The layout of the last session; null where there is none, or none that can be read. */
  kept(): Layout | null;
  setPreset(preset: PresetName): void;
  /** How the docks look now, and from which preset. */
  now(): { preset: PresetName; layout: Layout } | null;
  /** Takes note of how the docks look now. */
  note(layout: Layout): void;
  /** The layout one step back or forth, to be shown; null at the end. */
  undo(): Layout | null;
  redo(): Layout | null;
  save(name: string): void;
  /** One that was made elsewhere. */
  add(name: string, layout: Layout): void;
  remove(name: string): void;
  /** The saved ones. */
  savedKept: Kept;
}

/** A layout and the preset it was made from. */
interface Step {
  preset: PresetName;
  layout: Layout;
}

const keptKey = "gyrus.layout.3";
const savedKey = "gyrus.layouts";
const mostSteps = 50;

const KeptLayout = z.object({ preset: z.enum(presetNames), layout: z.unknown() });

/** `keptAs` tells the windows of one lab apart; null keeps nothing, as `home` says what there is. */
export function createLayoutStore(storage: Storage, keptAs: string | null = "", home: Layout | null = null): LayoutStore {
  const kept = KeptLayout.safeParse(keptAs === null ? null : read(storage, keptKey + keptAs));
  const store = createStore<Layouts>(() => ({
    preset: kept.success ? kept.data.preset : "explore",
    saved: readSaved(storage),
    canUndo: false,
    canRedo: false,
  }));
  let now: Step | null = null;
  let past: Step[] = [];
  let future: Step[] = [];
  const keep = () => {
    if (now !== null && keptAs !== null) storage.setItem(keptKey + keptAs, JSON.stringify(now));
    store.setState({ ...(now && { preset: now.preset }), canUndo: past.length > 0, canRedo: future.length > 0 });
  };
  const step = (from: Step[], to: Step[]): Layout | null => {
    const next = from.pop();
    if (next === undefined || now === null) return null;
    to.push(now);
    now = next;
    keep();
    return next.layout;
  };
  const setSaved = (saved: Record<string, Layout>) => {
    storage.setItem(savedKey, JSON.stringify(saved));
    store.setState({ saved });
  };
  return {
    store,
    home,
    kept: () => (kept.success ? parseLayout(kept.data.layout) : null),
    now: () => now,
    setPreset: (preset) => store.setState({ preset }),
    note(layout) {
      if (now !== null && !sameShape(now.layout, layout)) {
        past = [...past.slice(1 - mostSteps), now];
        future = [];
      }
      now = { preset: store.getState().preset, layout };
      keep();
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
    savedKept: { key: savedKey, reread: () => store.setState({ saved: readSaved(storage) }) },
    save: (name) => now !== null && setSaved({ ...store.getState().saved, [name]: now.layout }),
    add: (name, layout) => setSaved({ ...store.getState().saved, [name]: layout }),
    remove(name) {
      const { [name]: _, ...others } = store.getState().saved;
      setSaved(others);
    },
  };
}

function readSaved(storage: Storage): Record<string, Layout> {
  const stored = z.record(z.string(), z.unknown()).safeParse(read(storage, savedKey));
  if (!stored.success) return {};
  return Object.fromEntries(
    Object.entries(stored.data).flatMap(([name, layout]) => {
      const parsed = parseLayout(layout);
      return parsed === null ? [] : [[name, parsed]];
    }),
  );
}

function read(storage: Storage, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}
