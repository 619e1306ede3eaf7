/** Pattern memory of the living brain: what its areas remember, and making them forget. */
import type { ServiceOf } from "#contracts/command.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { LabError } from "#contracts/errors.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { Eve } from "#core/debug/causes/eve.ts";
import type { Engine } from "#core/engine/engine.ts";
import type { MemoryNeuron } from "#core/plasticity/memory-array.ts";
import { evenBursts, walk } from "#core/recording/walk.ts";
import type { LabState, LivingBrain } from "./lab-state.ts";

const ASSOCIATIVE = 1;

export function createMemoryService(state: LabState): ServiceOf<(typeof commandGroups)["memory"]> {
  /** In turn. Pattern memory stands as after the last burst: areas edited since are heard of in the next. */
  const read = <T>(reading: (brain: LivingBrain, nameOf: (area: number) => string | null) => T): Promise<T> =>
    state.turns.take(() => {
      const brain = state.living;
      const names = new Map([...brain.connectome.areas.values()].map(({ id, index }) => [index, id]));
      return reading(brain, (area) => names.get(area) ?? null);
    });

  return {
    areas: () =>
      read(({ connectome, memory, runner }, nameOf) => {
        const eve = new Eve(runner.engine.moment());
        const rows = Array.from(eve.isLif ? [] : eve.u32("twinMemoryArea"), (area, at) => ({
          area,
          upstream: nameOf(eve.u32("twinUpstreamArea")[at]!),
          twin: nameOf(eve.u32("twinArea")[at]!),
        }));
        return memory.memory.areas.flatMap(({ area: index, upstream, learnsPotentials, change, cap, ...settings }) => {
          const area = nameOf(index);
          if (area === null) return [];
          const remembering = {
            area,
            name: connectome.areas.get(area)!.name,
            temporalDepth: settings.temporalDepth,
            upstream: upstream.flatMap((source) => nameOf(source) ?? []),
            twins: rows.flatMap((row) =>
              row.area === index && row.upstream !== null && row.twin !== null ? [{ upstream: row.upstream, twin: row.twin }] : [],
            ),
            initialLifespan: settings.initialLifespan,
            lifespanGrowthRate: settings.lifespanGrowthRate,
            longTermThreshold: settings.longTermThreshold,
            cap: cap === 0 ? null : cap,
            eviction: settings.eviction,
            learnsPotentials: learnsPotentials ?? false,
            change: change ?? null,
            neurons: memory.memory.neurons().filter((neuron) => neuron.area === index).length,
          };
          return [remembering];
        });
      }),

    neurons: ({ area, offset, limit, sort, descending }) =>
      read(({ connectome, memory }, nameOf) => {
        const index = area === undefined ? null : connectome.areas.get(area)?.index;
        if (index === undefined)
          throw new LabError("E_NOT_FOUND", "No such cortical area", { id: area }, "memory.areas lists the memory areas.");
        const sign = descending ? -1 : 1;
        const all = memory.memory.neurons().filter((neuron) => (index === null || neuron.area === index) && nameOf(neuron.area) !== null);
        const sorted = all.toSorted((a, b) => sign * (a[sort] - b[sort]) || a.id - b.id);
        return { total: all.length, neurons: sorted.slice(offset, offset + limit).map((neuron) => rowOf(neuron, nameOf)) };
      }),

    neuron: ({ id, links }) =>
      read(({ memory, runner }, nameOf) => {
        const neuron = memory.memory.neurons().find((one) => one.id === id);
        if (!neuron || nameOf(neuron.area) === null) throw unknown(id);
        const frames = memory.memory.framesOf(id).map(({ offset, upstreamArea, voxels, potentials }) => ({
          ...{ offset, upstream: nameOf(upstreamArea), voxels, potentials: potentials ?? null },
        }));
        const all = linksOf(runner.engine, id);
        const pattern = neuron.hash.toString(16).padStart(16, "0");
        return { ...rowOf(neuron, nameOf), pattern, frames, links: all.slice(0, links), synapses: all.length };
      }),

    statistics: () =>
      read(({ memory: runner }, nameOf) => {
        const { memory, formationOff } = runner;
        const neurons = memory.neurons();
        const areas = memory.areas.flatMap(({ area: index, cap }) => {
          const area = nameOf(index);
          if (area === null) return [];
          const own = neurons.filter((neuron) => neuron.area === index);
          const { longTerm: promoted, ...totals } = memory.totalsOf(index);
          const statistics = {
            area,
            neurons: own.length,
            longTerm: own.filter(({ longTerm }) => longTerm).length,
            cap: cap === 0 ? null : cap,
            promoted,
            ...totals,
            formationOff: formationOff.has(index),
          };
          return [statistics];
        });
        return { pool: memory.pool, neurons: neurons.length, longTerm: memory.longTerm, detected: memory.totals.detected, areas };
      }),

    async curve(asked, { signal }) {
      const { recorder } = state.recording;
      const { connectome, memory } = state.living;
      const indices = memory.memory.areas.map(({ area }) => area);
      const remembering = [...connectome.areas.values()].filter(({ index }) => indices.includes(index));
      const points = [];
      for await (const engine of walk(recorder, evenBursts(recorder, asked), { signal, breathe: () => state.ports.clock.breathe() })) {
        const eve = new Eve(engine.moment());
        const areas = eve.isLif ? [] : Array.from(eve.u32("memoryArea"));
        points.push({ burst: engine.burst, neurons: remembering.map(({ index }) => areas.filter((area) => area === index).length) });
      }
      return { areas: remembering.map(({ id }) => id), points };
    },

    forget: ({ ids }, { source }) =>
      state.turns.take(async () => {
        const brain = state.living;
        const known = new Set(brain.memory.memory.neurons().map(({ id }) => id));
        const missing = ids.find((id) => !known.has(id));
        if (missing !== undefined) throw unknown(missing);
        await state.record("memory.forgotten", source, { brainId: brain.id, ids });
        await forgetMemories(brain, ids);
        brain.changedByHand = true;
        brain.checkpointDue = true;
        return { forgotten: new Set(ids).size };
      }),
  };
}

/** Takes memories from the engine and from pattern memory; unknown ids are passed over. In turn. */
export async function forgetMemories({ memory, runner }: LivingBrain, ids: readonly number[]): Promise<void> {
  // What memory has asked for may concern them, so it comes first.
  await runner.apply(memory.take());
  const patch = new PatchWriter().begin("removeMemoryNeurons", ids.length).append(Uint32Array.from(ids));
  await runner.apply(patch.take());
}

function rowOf({ id, area, lifespan, longTerm, created, lastSeen, activations }: MemoryNeuron, nameOf: (area: number) => string | null) {
  return { id, area: nameOf(area)!, lifespan, longTerm, created, lastSeen, activations };
}

function linksOf(engine: Engine, id: number) {
  return (["in", "out"] as const).flatMap((direction) => {
    const { slot, source, target, weight, psp, delay, flags } = direction === "in" ? engine.incoming(id) : engine.outgoing(id);
    return Array.from(slot, (at, i) => ({
      ...{ direction, slot: at, other: direction === "in" ? source[i]! : target[i]! },
      ...{ weight: weight[i]!, psp: psp[i]!, delay: delay[i]!, associative: (flags[i]! & ASSOCIATIVE) !== 0 },
    }));
  });
}

function unknown(id: number): LabError {
  return new LabError("E_NOT_FOUND", `No memory neuron has the id ${id}`, { id }, "It may be forgotten; memory.neurons lists them.");
}
