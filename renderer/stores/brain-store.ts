/** The brain on the bench: its status, and its connectome as last read from the host. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { BrainRegion, CorticalArea, CorticalId, CorticalMapping } from "#contracts/connectome.ts";

interface BrainState {
  status: BrainStatus | null;
  areas: readonly CorticalArea[];
  areaById: ReadonlyMap<CorticalId, CorticalArea>;
  regions: readonly BrainRegion[];
  mappings: readonly CorticalMapping[];
  /** Generation of the connectome held here; behind `status.generation` while a new one is being read. */
  readGeneration: number;
  setStatus(status: BrainStatus): void;
  setConnectome(connectome: Pick<BrainState, "areas" | "regions" | "mappings">, generation: number): void;
  clear(): void;
}
export type BrainStore = StoreApi<BrainState>;

export function createBrainStore(): BrainStore {
  return createStore<BrainState>((set) => ({
    status: null,
    areas: [],
    areaById: new Map(),
    regions: [],
    mappings: [],
    readGeneration: 0,
    setStatus: (status) => set({ status }),
    setConnectome: ({ areas, regions, mappings }, readGeneration) =>
      set((state) => {
        // Two reads can cross on the wire; the older brain never replaces the newer.
        if (readGeneration < state.readGeneration) return state;
        return { areas, areaById: byId(areas), regions, mappings, readGeneration };
      }),
    clear: () => set({ areas: [], areaById: new Map(), regions: [], mappings: [], readGeneration: 0 }),
  }));
}

/** Of the file on the bench, wherever it is named. */
export const fileOf = (status: { genomePath: string | null; kept?: { path: string } | null } | null): string | null =>
  status?.genomePath ?? status?.kept?.path ?? null;

function byId(areas: readonly CorticalArea[]): Map<CorticalId, CorticalArea> {
  return new Map(areas.map((area) => [area.id, area]));
}

/** The area that a neuron is of. */
export function areaOfNeuron<A extends Pick<CorticalArea, "firstNeuron" | "neurons">>(areas: readonly A[], neuron: number): A | undefined {
  return areas.find(({ firstNeuron, neurons }) => neuron >= firstNeuron && neuron < firstNeuron + neurons);
}
