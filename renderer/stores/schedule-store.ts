/** Schedules of forced firing as they wait, and the one that is being written. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { StimulusSchedule } from "#contracts/commands/stimulus.ts";
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { createReader, type Reader } from "./reader.ts";
import { check, type Draft, draftOf, type Entry, type Pulse } from "./schedule-draft.ts";

export interface Schedule extends StimulusSchedule {
  /** As they stood when it was first read; what has fired since is among them. */
  entries: readonly Entry[];
}
interface ScheduleState {
  /** Null until they were read. */
  schedules: readonly Schedule[] | null;
  draft: Draft | null;
  problem: string | null;
}
type Areas = ReadonlyMap<CorticalId, CorticalArea>;

export interface Schedules extends Reader {
  store: StoreApi<ScheduleState>;
  /** Begins a new one, with these pulses or with one of this area. */
  begin(pulses: readonly Omit<Pulse, "key">[]): void;
  /** Writes anew one that waits, as it stands at the host. */
  edit(id: number, areas: Areas): Promise<void>;
  addPulse(): void;
  setPulse(key: number, change: Partial<Pulse>): void;
  removePulse(key: number): void;
  setPeriod(period: number | null): void;
  discard(): void;
  /** Sends the draft; refused, it stays. */
  save(areas: Areas): Promise<void>;
  remove(id: number): Promise<void>;
}

export const freshPulse = { voxels: "0,0,0", start: 0, duration: 1, every: 1 };

export function createSchedules(bridge: LabBridge): Schedules {
  const store = createStore<ScheduleState>(() => ({ schedules: null, draft: null, problem: null }));
  /** Entries can be many, so they are read once for each schedule. */
  let entriesById = new Map<number, readonly Entry[]>();
  const entriesOf = async (id: number): Promise<readonly Entry[] | null> => {
    try {
      const entries = entriesById.get(id) ?? (await bridge.call("stimulus.getSchedule", { id })).entries;
      entriesById.set(id, entries);
      return entries;
    } catch (error) {
      // It ended since the list was read.
      if (error instanceof LabError && error.code === "E_NOT_FOUND") return null;
      throw error;
    }
  };
  const reader = createReader(bridge, {
    tell: (problem) => store.setState({ problem }),
    async read(_, went) {
      if (went) entriesById = new Map();
      const schedules: Schedule[] = [];
      for (const row of await bridge.call("stimulus.schedules", {})) {
        const entries = await entriesOf(row.id);
        if (entries) schedules.push({ ...row, entries });
      }
      store.setState({ schedules });
    },
  });
  const setDraft = (change: (draft: Draft) => Draft) => store.setState(({ draft }) => ({ draft: draft && change(draft) }));
  return {
    ...reader,
    store,
    begin: (pulses) => store.setState({ draft: { replaces: null, pulses: pulses.map((pulse, key) => ({ key, ...pulse })), period: null } }),
    async edit(id, areas) {
      const [schedule, { burst }] = await Promise.all([bridge.call("stimulus.getSchedule", { id }), bridge.call("brain.status", {})]);
      store.setState({ draft: draftOf(schedule, burst, areas) });
    },
    addPulse: () =>
      setDraft((draft) => {
        const last = draft.pulses.at(-1);
        if (!last) return draft;
        const key = Math.max(...draft.pulses.map((pulse) => pulse.key)) + 1;
        return { ...draft, pulses: [...draft.pulses, { ...last, key, start: last.start + last.duration }] };
      }),
    setPulse: (key, change) =>
      setDraft((draft) => ({ ...draft, pulses: draft.pulses.map((pulse) => (pulse.key === key ? { ...pulse, ...change } : pulse)) })),
    removePulse: (key) => setDraft((draft) => ({ ...draft, pulses: draft.pulses.filter((pulse) => pulse.key !== key) })),
    setPeriod: (period) => setDraft((draft) => ({ ...draft, period })),
    discard: () => store.setState({ draft: null }),
    async save(areas) {
      const { draft } = store.getState();
      const entries = draft && check(draft, areas).entries;
      if (!draft || !entries) return;
      const { replaces, period } = draft;
      await bridge.call("stimulus.schedule", { entries, periodBursts: period, ...(replaces === null ? {} : { replaces }) });
      store.setState({ draft: null });
      reader.again();
    },
    async remove(id) {
      await bridge.call("stimulus.unschedule", { id });
      reader.again();
    },
  };
}
