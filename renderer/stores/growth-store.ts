/** A genome growing into a brain: which stage, how far, which areas are done, and why it failed where it did. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import { type GenomeProblem, type GrowthProgress, type GrowthStage, growthStages } from "#contracts/genome.ts";

export type FinishedArea = NonNullable<GrowthProgress["finishedArea"]>;

interface GrowthState {
  phase: "idle" | "growing" | "failed" | "cancelled";
  stage: GrowthStage | null;
  /** Share done of every stage; stages before the current one are 1. */
  done: Readonly<Record<GrowthStage, number>>;
  areas: number;
  neurons: number;
  synapses: number;
  finished: readonly FinishedArea[];
  failure: { name: string; problems: GenomeProblem[] } | null;
  progress(progress: GrowthProgress): void;
  fail(name: string, problems: GenomeProblem[]): void;
  cancelled(): void;
  /** A status without growth ends it. */
  follow(status: BrainStatus): void;
  /** The person has read about the failure. */
  dismiss(): void;
}
export type GrowthStore = StoreApi<GrowthState>;

export function createGrowthStore(): GrowthStore {
  return createStore<GrowthState>((set) => ({
    ...nothing(),
    phase: "idle",
    failure: null,
    progress: (progress) => set((state) => advance(state, progress)),
    fail: (name, problems) => set({ ...nothing(), phase: "failed", failure: { name, problems } }),
    cancelled: () => set({ ...nothing(), phase: "cancelled", failure: null }),
    follow: ({ state }) =>
      set((growth) => {
        if (state === "growing" && growth.phase !== "growing") return { ...nothing(), phase: "growing", failure: null };
        if (state !== "growing" && growth.phase === "growing") return { ...nothing(), phase: "idle" };
        return growth;
      }),
    dismiss: () => set((state) => (state.phase === "growing" ? state : { ...nothing(), phase: "idle", failure: null })),
  }));
}

function nothing(): Pick<GrowthState, "stage" | "done" | "areas" | "neurons" | "synapses" | "finished"> {
  return { stage: null, done: doneUntil(null, 0), areas: 0, neurons: 0, synapses: 0, finished: [] };
}

function advance(state: GrowthState, { stage, done, areas, neurons, synapses, finishedArea }: GrowthProgress): Partial<GrowthState> {
  // Progress of a new genome begins from nothing, also when the end of the last one was missed.
  const again = state.stage !== null && growthStages.indexOf(stage) < growthStages.indexOf(state.stage);
  const before = again || state.phase !== "growing" ? [] : state.finished;
  const finished = finishedArea ? [...before.filter(({ id }) => id !== finishedArea.id), finishedArea] : before;
  return { phase: "growing", failure: null, stage, done: doneUntil(stage, done), areas, neurons, synapses, finished };
}

function doneUntil(stage: GrowthStage | null, done: number): Record<GrowthStage, number> {
  const at = stage === null ? -1 : growthStages.indexOf(stage);
  const shares = growthStages.map((name, i) => [name, i < at ? 1 : i === at ? done : 0] as const);
  return Object.fromEntries(shares) as Record<GrowthStage, number>;
}
