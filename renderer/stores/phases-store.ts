/** One recorded burst, phase by phase: which burst, and how far somebody has stepped through it. */

import type { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BurstPhases } from "#contracts/commands/time.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { messageOf } from "../ui/error-text.ts";

/** In the engine's order. */
export const phaseNames = ["inject", "integrate", "fire", "propagate", "learn"] as const;
export type PhaseName = (typeof phaseNames)[number];

interface PhasesState {
  phases: z.infer<typeof BurstPhases> | null;
  phase: PhaseName;
  problem: string | null;
}

export interface Phases {
  store: StoreApi<PhasesState>;
  /** Looks into a recorded burst. */
  open(burst: number, phase?: PhaseName): Promise<void>;
  /** The next phase of the burst the brain stands at; after the last, the first of a new burst, which is computed. */
  step(at: number): Promise<void>;
  choose(phase: PhaseName): void;
  clear(): void;
}

/** Of each phase: what the scene marks. */
const mostRows = 2000;

export function createPhases(bridge: LabBridge): Phases {
  const store = createStore<PhasesState>(() => ({ phases: null, phase: "inject", problem: null }));
  const open = async (burst: number, phase: PhaseName = "inject") => {
    try {
      const phases = await bridge.call("time.phases", { burst, limit: mostRows });
      store.setState({ phases, phase, problem: null });
    } catch (error) {
      store.setState({ phases: null, problem: messageOf(error) });
    }
  };
  return {
    store,
    open,
    async step(at) {
      const { phases, phase } = store.getState();
      const next = phaseNames[phaseNames.indexOf(phase) + 1];
      if (phases?.burst === at && next !== undefined) return store.setState({ phase: next });
      const { burst } = await bridge.call("brain.step", {});
      await open(burst);
    },
    choose: (phase) => store.setState({ phase }),
    clear: () => store.setState({ phases: null, phase: "inject", problem: null }),
  };
}
