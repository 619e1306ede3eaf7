/**
 * What is being edited beyond the selected areas: the mapping, region, rule or synapse that was chosen last, which of them the
 * inspector shows, and the dialog of an edit. The selection leads: another area lets go of what was chosen beside the one before.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CorticalId } from "#contracts/connectome.ts";
import type { BrainStore } from "./brain-store.ts";
import type { SelectionStore } from "./selection-store.ts";

export const inspectorTabs = ["area", "compare", "region", "mapping", "rule", "voxel", "neuron", "synapse"] as const;
export type InspectorTab = (typeof inspectorTabs)[number];

export interface Pair {
  src: CorticalId;
  dst: CorticalId;
}
export interface SynapseEnds {
  source: number;
  target: number;
}

export type EditDialog =
  | { kind: "createArea" }
  | { kind: "createRegion"; areas: readonly CorticalId[] }
  | { kind: "renameArea" | "renameRegion"; id: string }
  | { kind: "removeAreas"; ids: readonly CorticalId[] }
  | { kind: "moveAreas"; ids: readonly CorticalId[] }
  | { kind: "removeRegion"; id: string }
  | { kind: "cloneRegion"; id: string }
  /** Null: a new one. */
  | { kind: "modulator" | "classifier"; id: string | null }
  | { kind: "renameModulator" | "removeModulator" | "removeClassifier"; id: string }
  /** How many devices its unit has, and how large one is. */
  | { kind: "device"; area: CorticalId }
  | { kind: "addUnit" }
  | { kind: "pasteVoxels" }
  | { kind: "saveSet" }
  | { kind: "renameSet"; name: string }
  /** Which modulators it listens to. */
  | { kind: "listen"; area: CorticalId };

interface Chosen {
  region: string | null;
  mapping: Pair | null;
  rule: string | null;
  synapse: SynapseEnds | null;
}

export interface EditingState extends Chosen {
  tab: InspectorTab;
  /** The region whose inside the circuit shows; null for the root. */
  entered: string | null;
  dialog: EditDialog | null;
  /** Chooses it and brings its tab to the front. */
  choose(chosen: Partial<Chosen>): void;
  show(tab: InspectorTab): void;
  ask(dialog: EditDialog): void;
  closeDialog(): void;
}
export type EditingStore = StoreApi<EditingState>;

const nothing: Chosen = { region: null, mapping: null, rule: null, synapse: null };

export function createEditingStore(selection: SelectionStore, brain: BrainStore): EditingStore {
  const store = createStore<EditingState>((set) => ({
    ...nothing,
    entered: null,
    tab: "area",
    dialog: null,
    choose: (chosen) => {
      const tab = (Object.keys(chosen) as (keyof Chosen)[]).find((key) => chosen[key] !== null);
      set({ ...chosen, ...(tab ? { tab } : {}) });
    },
    show: (tab) => set({ tab }),
    ask: (dialog) => set({ dialog }),
    closeDialog: () => set({ dialog: null }),
  }));
  selection.subscribe((now, before) => {
    if (now.areas !== before.areas && now.areas.join() !== before.areas.join()) store.setState({ ...nothing, tab: "area" });
    if (now.voxel === before.voxel && now.neuron === before.neuron) return;
    store.setState({ synapse: null, ...(now.voxel ? { tab: "neuron" } : {}) });
  });
  brain.subscribe(({ areaById, regions }, before) => {
    if (areaById === before.areaById && regions === before.regions) return;
    const { region, mapping } = store.getState();
    if (region !== null && !regions.some(({ id }) => id === region)) store.setState({ region: null });
    if (mapping && !(areaById.has(mapping.src) && areaById.has(mapping.dst))) store.setState({ mapping: null });
  });
  return store;
}
