/** Breakpoints and their hits, as the host last told; it announces neither, so they are read when the brain has moved. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { Condition } from "#contracts/conditions.ts";
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import type { Breakpoint, LoggedHit } from "#contracts/debug.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { createPacer } from "./pacer.ts";

interface DebugState {
  breakpoints: readonly Breakpoint[];
  /** Newest last. */
  hits: readonly LoggedHit[];
  /** Text in the field for a new one; what another view proposes lands here. */
  draft: string;
  /** The one whose settings are open. */
  editing: string | null;
}

export interface Debug {
  store: StoreApi<DebugState>;
  follow(status: BrainStatus): void;
  /** Reads again after a change of one's own. */
  read(): Promise<void>;
  /** Removes the breakpoint with this condition, or sets one. */
  toggle(condition: Condition): Promise<void>;
  close(): void;
}

const readMs = 1000;
const mostHits = 500;

export function createDebug(bridge: LabBridge): Debug {
  const store = createStore<DebugState>(() => ({ breakpoints: [], hits: [], draft: "", editing: null }));
  let seen = "";
  const read = async () => {
    if (bridge.connection.phase !== "open") return;
    const [breakpoints, hits] = await Promise.all([bridge.call("debug.list", {}), bridge.call("debug.hits", { limit: mostHits })]);
    store.setState({ breakpoints, hits });
  };
  // The connection is shown as lost elsewhere; the next status reads again.
  const pacer = createPacer(() => read().catch(() => {}), readMs);
  return {
    store,
    follow({ burst, state, generation }) {
      const now = `${generation} ${state} ${burst}`;
      if (now !== seen) pacer.soon();
      seen = now;
    },
    read,
    async toggle(condition) {
      await read();
      const same = breakpointOn(store.getState().breakpoints, condition);
      if (same) await bridge.call("debug.remove", { id: same.id });
      else await bridge.call("debug.add", { condition });
      await read();
    },
    close: () => pacer.stop(),
  };
}

/** Hits of one timeline: its id is that of the brain that lives in it. */
export function hitsOn(hits: readonly LoggedHit[], timeline: string | null): readonly LoggedHit[] {
  return hits.filter((hit) => hit.timeline.id === timeline);
}

/** The one with exactly this condition. The host adds what a synapse joined (`ends`). */
export function breakpointOn(breakpoints: readonly Breakpoint[], condition: Condition): Breakpoint | undefined {
  const written = (one: Condition) => JSON.stringify(one, (key, value) => (key === "ends" ? undefined : value));
  const wanted = written(condition);
  return breakpoints.find((one) => written(one.condition) === wanted);
}

/** Of each area that a breakpoint looks at, or at a neuron of: the one that matters most. What acts comes before what is off, a pause before a line in the log. */
export function breakpointsOfAreas(
  breakpoints: readonly Breakpoint[],
  areas: readonly Pick<CorticalArea, "id" | "name" | "firstNeuron" | "neurons">[],
): Map<CorticalId, Breakpoint> {
  const found = new Map<CorticalId, Breakpoint>();
  const weight = (one: Breakpoint) => (isArmed(one) ? 2 : 0) + (one.action === "pause" ? 1 : 0);
  const ascending = breakpoints.toSorted((a, b) => weight(a) - weight(b));
  for (const breakpoint of ascending) {
    const terms = termsOf(breakpoint.condition);
    for (const { id, name, firstNeuron, neurons } of areas) {
      const looksAt = (term: Condition) =>
        ("area" in term && (term.area === id || term.area === name)) ||
        ("neuron" in term && term.neuron >= firstNeuron && term.neuron < firstNeuron + neurons);
      if (terms.some(looksAt)) found.set(id, breakpoint);
    }
  }
  return found;
}

/** Whether it acts when its condition holds. */
export const isArmed = ({ enabled, problem }: Pick<Breakpoint, "enabled" | "problem">) => enabled && problem === null;

function termsOf(condition: Condition): Condition[] {
  if ("left" in condition) return [...termsOf(condition.left), ...termsOf(condition.right)];
  return condition.op === "not" ? termsOf(condition.value) : [condition];
}

/** Something in this area fires. */
export const firesIn = (area: CorticalId): Condition => ({
  op: ">",
  left: { op: "fires", area },
  right: { op: "number", value: 0 },
});

/** The breakpoint a view sets in one stroke: this neuron fires, or anything in this area does. */
export function conditionOn(selected: { area: string | null; neuron: number | null }): Condition | null {
  if (selected.neuron !== null) return { op: "fired", neuron: selected.neuron };
  return selected.area === null ? null : firesIn(selected.area);
}
