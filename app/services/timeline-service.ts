/** Timelines: forking, going over to another, running one on, and comparing two burst by burst. */
import type { AbortSignalLike, ServiceOf } from "#contracts/command.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { LabError } from "#contracts/errors.ts";
import { type AreaDifference, areaDifferences, type FiringDifference } from "#core/recording/two-timelines.ts";
import type { Life } from "./beat.ts";
import type { LabState } from "./lab-state.ts";
import type { Timelines } from "./timelines.ts";

/** Bursts compared without a turn of the event loop. */
const BREATH = 64;
const nothing = (): FiringDifference => ({ here: 0, there: 0, onlyHere: 0, onlyThere: 0 });

export function createTimelineService(state: LabState, timelines: Timelines): ServiceOf<(typeof commandGroups)["timeline"]> {
  const areaAt = (index: number) => {
    const found = [...state.living.connectome.areas.values()].find((area) => area.index === index);
    return { area: found?.id ?? `#${index}`, name: found?.name ?? `#${index}` };
  };
  const shared = (there: Life, from = 1, to = Number.POSITIVE_INFINITY) => {
    const [a, b] = [state.recording.recorder, there.recording.recorder];
    return { from: Math.max(a.first, b.first, from), to: Math.min(a.last, b.last, to) };
  };

  return {
    list: async () => timelines.list(),
    async fork({ name }, { source }) {
      await timelines.fork(name, source);
      return timelines.list();
    },
    async rename({ id, name }) {
      await timelines.rename(id, name);
      return timelines.list();
    },
    async switchTo({ id }, { source }) {
      await timelines.switchTo(id, source);
      return state.status();
    },
    async remove({ id }, { source }) {
      await timelines.remove(id, source);
      return timelines.list();
    },
    catchUp: ({ id, to }, { signal }) => timelines.catchUp(id, to, signal),
    async compare({ id, points, ...wanted }, { signal }) {
      const there = timelines.other(id);
      const { from, to } = shared(there, wanted.from, wanted.to);
      const every = Math.max(1, Math.ceil((to - from + 1) / points));
      const parts = Array.from({ length: Math.max(0, Math.ceil((to - from + 1) / every)) }, nothing);
      const areas = new Map<number, FiringDifference>();
      let firstDifference: number | null = null;
      let differing = 0;
      for (let burst = from; burst <= to; burst++) {
        const before = differing;
        const part = parts[Math.floor((burst - from) / every)]!;
        for (const one of await differencesIn(there, burst)) {
          add(part, one);
          const sum = areas.get(one.area) ?? nothing();
          areas.set(one.area, sum);
          add(sum, one);
          if (one.onlyHere + one.onlyThere > 0) differing = before + 1;
        }
        if (differing > before) firstDifference ??= burst;
        if ((burst - from) % BREATH === 0) await breathe(signal, burst);
      }
      parts.forEach((part, at) => {
        const bursts = Math.min(every, to - from + 1 - at * every);
        for (const key of ["here", "there", "onlyHere", "onlyThere"] as const) part[key] /= bursts;
      });
      return {
        here: timelines.info(state.life),
        there: timelines.info(there),
        from,
        to,
        every,
        parts,
        firstDifference,
        differing,
        areas: [...areas]
          .map(([index, sums]) => ({ ...areaAt(index), ...sums }))
          .sort((a, b) => b.onlyHere + b.onlyThere - a.onlyHere - a.onlyThere || b.here - a.here),
      };
    },
    async difference({ id, burst, limit }) {
      const there = timelines.other(id);
      const { from, to } = shared(there);
      if (burst < from || burst > to) {
        const message = to < from ? "The two timelines share no burst yet" : `Burst ${burst} is not in both; bursts ${from} to ${to} are`;
        throw new LabError("E_NOT_FOUND", message, { burst, from, to }, "timeline.catchUp runs the other one on.");
      }
      const total = nothing();
      const lists: Record<"hereAlone" | "thereAlone", { neuron: number; area: string; areaName: string }[]> = {
        hereAlone: [],
        thereAlone: [],
      };
      for (const one of await differencesIn(there, burst)) {
        add(total, one);
        const { area, name: areaName } = areaAt(one.area);
        for (const side of ["hereAlone", "thereAlone"] as const) {
          for (const neuron of one[side].subarray(0, limit - lists[side].length)) lists[side].push({ neuron, area, areaName });
        }
      }
      return { burst, ...total, onlyHereNeurons: lists.hereAlone, onlyThereNeurons: lists.thereAlone };
    },
  };

  async function differencesIn(there: Life, burst: number): Promise<AreaDifference[]> {
    const [here, other] = [await state.recording.recorder.recorded(burst), await there.recording.recorder.recorded(burst)];
    return [...areaDifferences(here.frame, other.frame)];
  }

  async function breathe(signal: AbortSignalLike, burst: number): Promise<void> {
    if (signal.aborted) throw new LabError("E_CANCELLED", "The comparison was cancelled", { burst });
    await state.ports.clock.breathe();
  }
}

function add(sum: FiringDifference, { here, there, onlyHere, onlyThere }: FiringDifference): void {
  sum.here += here;
  sum.there += there;
  sum.onlyHere += onlyHere;
  sum.onlyThere += onlyThere;
}
