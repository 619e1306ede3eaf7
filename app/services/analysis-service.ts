/** Statistics of what is recorded: rates, intervals, spectra, durations and traffic. Frames are read, the brain is not touched. */
import type { AbortSignalLike, ServiceOf } from "#contracts/command.ts";
import { MOST_BURSTS, USUAL_BURSTS } from "#contracts/commands/analysis.ts";
import type { commandGroups } from "#contracts/commands.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { readFrameHeader, readFrameSections } from "#contracts/frame.ts";
import { communitiesOf } from "#core/analysis/communities.ts";
import { type BurstDuration, durationHistogram } from "#core/analysis/durations.ts";
import { pairFlows } from "#core/analysis/flow.ts";
import { IntervalHistogram, NeuronsAtInterval } from "#core/analysis/intervals.ts";
import { fanoFactor, powerSpectrum, synchrony } from "#core/analysis/population.ts";
import { livingNeurons } from "#core/connectome/census.ts";
import type { LabState } from "./lab-state.ts";

/** Bursts read without a turn of the event loop. */
const BREATH = 64;

interface Asked {
  from?: number | undefined;
  to?: number | undefined;
}

export function createAnalysisService(state: LabState): ServiceOf<(typeof commandGroups)["analysis"]> {
  const areaOf = (id: string): CorticalArea => {
    const area = state.living.connectome.areas.get(id);
    if (area) return area;
    throw new LabError("E_NOT_FOUND", `No cortical area has the id ${id}`, { id }, "connectome.listAreas tells the ids.");
  };
  const neuronsIn = (area: CorticalArea) => livingNeurons(state.living.connectome, area);

  const rangeOf = ({ from, to }: Asked) => {
    void state.living;
    const { recorder } = state.recording;
    const last = Math.min(recorder.last, to ?? recorder.last);
    const first = Math.max(recorder.first, from ?? last - USUAL_BURSTS + 1);
    if (last < first) throw new LabError("E_NOT_FOUND", `Nothing is recorded from ${first} to ${last}`, { first, last });
    if (last - first >= MOST_BURSTS) {
      const path = "from";
      const message = `at most ${MOST_BURSTS} bursts are read at once`;
      throw new LabError("E_INVALID", `${path}: ${message}`, { issues: [{ path, message }] }, "Ask for fewer.");
    }
    return { from: first, to: last, recorder };
  };

  async function* frames({ from, to, recorder }: ReturnType<typeof rangeOf>, signal: AbortSignalLike) {
    for (let burst = from; burst <= to; burst++) {
      if (signal.aborted) throw new LabError("E_CANCELLED", "Reading the recording was cancelled", { burst });
      yield { burst, frame: (await recorder.recorded(burst)).frame };
      if ((burst - from) % BREATH === 0) await state.ports.clock.breathe();
    }
  }

  /** Who fired of some areas, burst by burst; ids ascend within an area. */
  async function* firings(range: ReturnType<typeof rangeOf>, areas: ReadonlySet<number> | undefined, signal: AbortSignalLike) {
    for await (const { burst, frame } of frames(range, signal)) yield { burst, sections: readFrameSections(frame, areas) };
  }

  return {
    async rates({ areas: ids, points, ...asked }, { signal }) {
      const range = rangeOf(asked);
      const { from, to } = range;
      const every = Math.max(1, Math.ceil((to - from + 1) / points));
      const areas = ids.map(areaOf);
      const rows = new Map(areas.map(({ index }) => [index, new Array<number>(Math.ceil((to - from + 1) / every)).fill(0)]));
      for await (const { burst, sections } of firings(range, new Set(rows.keys()), signal))
        for (const { area, ids: fired } of sections) rows.get(area)![Math.floor((burst - from) / every)]! += fired.length;
      const lengthOf = (part: number) => Math.min(every, to - from + 1 - part * every);
      return {
        ...{ from, to, every },
        areas: areas.map((area) => {
          const neurons = neuronsIn(area);
          const rate = rows.get(area.index)!.map((fired, part) => (neurons === 0 ? 0 : fired / neurons / lengthOf(part)));
          return { area: area.id, name: area.name, neurons, rate };
        }),
      };
    },

    async intervals({ area: id, bins, window, ...asked }, { signal }) {
      const range = rangeOf(asked);
      const area = areaOf(id);
      const histogram = new IntervalHistogram(bins);
      const spikes = new Map<number, number>();
      const counts: number[] = [];
      for await (const { burst, sections } of firings(range, new Set([area.index]), signal)) {
        let fired = 0;
        for (const { ids } of sections) {
          histogram.add(burst, ids);
          fired += ids.length;
          for (const neuron of ids) spikes.set(neuron, (spikes.get(neuron) ?? 0) + 1);
        }
        counts.push(fired);
      }
      return {
        ...{ area: id, from: range.from, to: range.to },
        spikes: counts.reduce((sum, count) => sum + count, 0),
        firing: histogram.firing,
        ...histogram.statistics(),
        fano: { window, value: fanoFactor(counts, window) },
        synchrony: synchrony(counts, spikes.values(), neuronsIn(area)),
      };
    },

    async spectrum({ area: id, ...asked }, { signal }) {
      const range = rangeOf(asked);
      const { from, to } = range;
      const area = areaOf(id);
      const counts: number[] = [];
      for await (const { sections } of firings(range, new Set([area.index]), signal)) {
        let fired = 0;
        for (const { ids } of sections) fired += ids.length;
        counts.push(fired);
      }
      const spectrum = powerSpectrum(counts);
      if (spectrum === null) {
        const message = `A spectrum needs 16 bursts, and ${counts.length} are recorded from ${from} to ${to}`;
        throw new LabError("E_NOT_FOUND", message, { from, to }, "Run the brain on, or ask for more bursts.");
      }
      return { area: id, from, to, ...spectrum };
    },

    async neuronsAtInterval({ area: id, least, longest, most, ...asked }, { signal }) {
      const range = rangeOf(asked);
      const area = areaOf(id);
      const found = new NeuronsAtInterval(least, longest);
      for await (const { burst, sections } of firings(range, new Set([area.index]), signal))
        for (const { ids } of sections) found.add(burst, ids);
      const neurons = [...found.neurons].sort((a, b) => a - b);
      const { from, to } = range;
      return { from, to, intervals: found.intervals, count: neurons.length, neurons: neurons.slice(0, most) };
    },

    async durations({ bins, ...asked }, { signal }) {
      const range = rangeOf(asked);
      const durations: BurstDuration[] = [];
      for await (const { frame } of frames(range, signal)) {
        const { engine, engineNanos } = readFrameHeader(frame);
        durations.push({ engine, nanos: engineNanos });
      }
      const { fromNanos, binNanos, engines } = durationHistogram(durations, bins);
      return {
        ...{ from: range.from, to: range.to, fromMs: fromNanos / 1e6, binMs: binNanos / 1e6 },
        engines: engines.map(({ meanNanos, medianNanos, mostNanos, ...rest }) => ({
          ...rest,
          ...{ meanMs: meanNanos / 1e6, medianMs: medianNanos / 1e6, mostMs: mostNanos / 1e6 },
        })),
      };
    },

    async burstsLasting({ leastMs, belowMs, most, ...asked }, { signal }) {
      const range = rangeOf(asked);
      const [least, below] = [leastMs, belowMs ?? Number.POSITIVE_INFINITY].map((ms) => Math.round(ms * 1e6)) as [number, number];
      const bursts: number[] = [];
      let count = 0;
      for await (const { burst, frame } of frames(range, signal)) {
        const { engineNanos } = readFrameHeader(frame);
        if (engineNanos < least || engineNanos >= below) continue;
        count++;
        if (bursts.length < most) bursts.push(burst);
      }
      return { from: range.from, to: range.to, count, bursts };
    },

    async flow(asked, { signal }) {
      const range = rangeOf(asked);
      const brain = state.living;
      const spikes = new Float64Array(brain.runner.engine.neuronCount);
      for await (const { sections } of firings(range, undefined, signal))
        for (const { ids } of sections) for (const id of ids) if (id < spikes.length) spikes[id]!++;
      const twin = await state.turns.take(() => brain.runner.engine.fork());
      try {
        const { connectome } = brain;
        const work = pairFlows(connectome, twin, spikes);
        let step = work.next();
        for (; !step.done; step = work.next()) {
          if (signal.aborted) throw new LabError("E_CANCELLED", "Reading the synapses was cancelled", {});
          await state.ports.clock.breathe();
        }
        const pairs = step.value;
        const links = pairs.map(({ src, dst, synapses }) => ({ src, dst, weight: synapses }));
        const { of, modularity } = communitiesOf(connectome.areas.size, links);
        const areas = [...connectome.areas.values()].map(({ id, name, kind, region }, at) => {
          return { area: id, name, kind, region, community: of[at] ?? null };
        });
        return { from: range.from, to: range.to, areas, modularity, pairs };
      } finally {
        twin.dispose();
      }
    },

    async spikes({ area: id, most, ...asked }, { signal }) {
      const range = rangeOf(asked);
      const area = areaOf(id);
      const [bursts, neurons]: [number[], number[]] = [[], []];
      let count = 0;
      for await (const { burst, sections } of firings(range, new Set([area.index]), signal)) {
        for (const { ids } of sections) {
          count += ids.length;
          for (const neuron of ids.subarray(0, most - neurons.length)) {
            bursts.push(burst);
            neurons.push(neuron);
          }
        }
      }
      return { from: range.from, to: range.to, count, bursts, neurons };
    },
  };
}
