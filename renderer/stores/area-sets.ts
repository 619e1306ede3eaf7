/**
 * Selections of areas kept under a name, for each genome by the file it came from. They are of all windows, and stay while the genome
 * loses areas: those of a set that no longer exist are passed over.
 */
import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import { CorticalId } from "#contracts/connectome.ts";
import type { Kept } from "../ui/kept.ts";
import { type BrainStore, fileOf } from "./brain-store.ts";
import type { SelectionStore } from "./selection-store.ts";

export const AreaSet = z.object({ name: z.string().min(1), areas: z.array(CorticalId).min(1) });
export type AreaSet = z.infer<typeof AreaSet>;

interface AreaSetState {
  sets: readonly AreaSet[];
  /** The set that was used or had the focus last. */
  last: string | null;
}
export interface AreaSets {
  store: StoreApi<AreaSetState>;
  /** A set of that name is replaced where it stands. */
  save(name: string, areas: readonly CorticalId[]): void;
  /** A set that had the new name goes. */
  rename(from: string, to: string): void;
  remove(name: string): void;
  /** All of them, as a workspace file has them. */
  set(sets: readonly AreaSet[]): void;
  /** Names the set that is meant without selecting anything. */
  mean(name: string): void;
  /** Selects the areas of a set in this selection; returns how many of them no longer exist. */
  choose(name: string, selection: SelectionStore): number;
  kept: Kept;
}

const key = "gyrus.sets";
const mostGenomes = 40;
const KeptSets = z.array(z.object({ genome: z.string(), sets: z.array(AreaSet) }));
type KeptSets = z.infer<typeof KeptSets>;

export function createAreaSets(brain: BrainStore, storage?: Pick<Storage, "getItem" | "setItem">): AreaSets {
  const store = createStore<AreaSetState>(() => ({ sets: [], last: null }));
  let genome: string | null = null;
  const keep = (sets: readonly AreaSet[]) => {
    store.setState({ sets });
    if (genome === null) return;
    const others = read(storage).filter((one) => one.genome !== genome);
    storage?.setItem(key, JSON.stringify([{ genome, sets }, ...others].slice(0, mostGenomes)));
  };
  brain.subscribe(({ status }, before) => {
    const now = genomeOf(status);
    if (now === genome) return;
    genome = now;
    const { sets } = store.getState();
    const own = setsOf(read(storage), genome);
    // A brain that was saved to a file takes its sets along.
    if (own.length === 0 && sets.length > 0 && status?.brainId != null && status.brainId === before.status?.brainId) keep(sets);
    else store.setState({ sets: own, last: null });
  });
  const named = (name: string) => store.getState().sets.find((one) => one.name === name);
  return {
    store,
    save(name, areas) {
      const { sets } = store.getState();
      const made: AreaSet = { name, areas: [...areas] };
      keep(named(name) ? sets.map((one) => (one.name === name ? made : one)) : [...sets, made]);
      store.setState({ last: name });
    },
    rename(from, to) {
      if (from === to) return;
      const { sets, last } = store.getState();
      keep(sets.filter(({ name }) => name !== to).map((one) => (one.name === from ? { ...one, name: to } : one)));
      if (last === from) store.setState({ last: to });
    },
    remove(name) {
      const { sets, last } = store.getState();
      const left = sets.filter((one) => one.name !== name);
      keep(left);
      // Whose place it takes is meant next.
      if (last === name) store.setState({ last: left[sets.findIndex((one) => one.name === name)]?.name ?? null });
    },
    set: keep,
    mean: (name) => store.setState({ last: name }),
    choose(name, into) {
      const areas = named(name)?.areas ?? [];
      const { areaById } = brain.getState();
      const left = areas.filter((id) => areaById.has(id));
      if (left.length > 0) into.getState().selectAreas(left);
      store.setState({ last: name });
      return areas.length - left.length;
    },
    kept: { key, reread: () => store.setState({ sets: setsOf(read(storage), genome) }) },
  };
}

/** The file it came from, or the brain itself where there is none. */
const genomeOf = (status: BrainStatus | null): string | null => fileOf(status) ?? status?.brainId ?? null;

const setsOf = (kept: KeptSets, genome: string | null): AreaSet[] => kept.find((one) => one.genome === genome)?.sets ?? [];

function read(storage: Pick<Storage, "getItem"> | undefined): KeptSets {
  try {
    return KeptSets.parse(JSON.parse(storage?.getItem(key) ?? "[]"));
  } catch {
    return [];
  }
}
