/** Moving and resizing an area: a draft that the scene and the fields share, what it would change, and one edit when it is applied. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import type { EditSummary } from "#contracts/edit.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { type Draft, draftOf, isChanged } from "../scene/drafts.ts";
import { messageOf } from "../ui/error-text.ts";
import type { BrainStore } from "./brain-store.ts";
import { createPacer } from "./pacer.ts";

interface PlacingState {
  draft: Draft | null;
  /** Of another size; null where only the place changes, and while it is being worked out. */
  plan: EditSummary | null;
  /** Why the size is refused: too large for the engine, say. */
  refusal: string | null;
}

export interface Placing {
  store: StoreApi<PlacingState>;
  begin(area: CorticalId): void;
  change(draft: Draft): void;
  /** Resolves when it is done; rejects as the lab refuses. */
  apply(): Promise<void>;
  cancel(): void;
}

const planMs = 300;
const nothing: PlacingState = { draft: null, plan: null, refusal: null };

export function createPlacing(bridge: LabBridge, brain: BrainStore): Placing {
  const store = createStore<PlacingState>(() => nothing);
  const areaOf = ({ area }: Draft): CorticalArea | undefined => brain.getState().areaById.get(area);
  const plan = async () => {
    const { draft } = store.getState();
    const area = draft && areaOf(draft);
    if (!draft || !area || draft.dimensions.join() === area.dimensions.join()) return;
    const told = await bridge.call("connectome.planArea", { id: draft.area, dimensions: draft.dimensions }).then(
      ({ summary }) => ({ plan: summary, refusal: null }),
      (error: unknown) => ({ plan: null, refusal: messageOf(error) }),
    );
    // An answer to an older draft says nothing of this one.
    if (store.getState().draft?.dimensions.join() === draft.dimensions.join()) store.setState(told);
  };
  const pacer = createPacer(plan, planMs);
  brain.subscribe(() => {
    const { draft } = store.getState();
    if (draft && !areaOf(draft)) store.setState(nothing);
  });
  return {
    store,
    begin(id) {
      const area = brain.getState().areaById.get(id);
      if (area) store.setState({ ...nothing, draft: draftOf(area) });
    },
    change(draft) {
      const before = store.getState().draft;
      store.setState({ draft });
      if (before?.dimensions.join() === draft.dimensions.join()) return;
      store.setState({ plan: null, refusal: null });
      pacer.soon();
    },
    async apply() {
      const { draft } = store.getState();
      const area = draft && areaOf(draft);
      if (draft && area && isChanged(draft, area)) {
        const { position, dimensions } = draft;
        const moved = position.join() !== area.position.join();
        const resized = dimensions.join() !== area.dimensions.join();
        await bridge.call("connectome.updateArea", { id: draft.area, ...(moved ? { position } : {}), ...(resized ? { dimensions } : {}) });
      }
      store.setState(nothing);
    },
    cancel: () => store.setState(nothing),
  };
}
