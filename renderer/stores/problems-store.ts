/** What the host found wrong with the genome or the brain. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "#contracts/commands/connectome/edits.ts";

interface ProblemsState {
  problems: readonly Problem[];
  set(problems: readonly Problem[]): void;
}
export type ProblemsStore = StoreApi<ProblemsState>;

export function createProblemsStore(): ProblemsStore {
  return createStore<ProblemsState>((set) => ({ problems: [], set: (problems) => set({ problems }) }));
}
