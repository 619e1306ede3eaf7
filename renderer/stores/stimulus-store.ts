/** The stimuli that run now. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Stimulus } from "#contracts/commands/stimulus.ts";

interface StimulusState {
  stimuli: readonly Stimulus[];
  set(stimuli: readonly Stimulus[]): void;
}
export type StimulusStore = StoreApi<StimulusState>;

export function createStimulusStore(): StimulusStore {
  return createStore<StimulusState>((set) => ({ stimuli: [], set: (stimuli) => set({ stimuli }) }));
}
