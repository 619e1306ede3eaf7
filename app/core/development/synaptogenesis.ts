/**
 * Stage 4: synapses. Source neurons are visited in id order and each asks its strands in mapping order, so the columns come
 * out sorted by source without sorting. Source: spec/development.md section 6.
 */

import type { CorticalMapping } from "#contracts/connectome.ts";
import type { GrowthProgress } from "#contracts/genome.ts";
import type { SynapseColumns } from "#contracts/network.ts";
import { type GrowingArea, type Growth, progress, refused, type SynapseRun } from "./growth.ts";
import { type Strand, strandsFrom } from "./strands.ts";

/** Synapses and voxels between two breaths: a few milliseconds of work. */
const BREATH = 100_000;
/** Bit of a synapse's flags (contracts/network.ts). */
const ASSOCIATIVE_FLAG = 1;

/** Grows the mappings that are wanted, all unless said; of the others only their rows and problems are listed. */
export function* synaptogenesis(
  growth: Growth,
  isWanted: (mapping: CorticalMapping) => boolean = () => true,
): Generator<GrowthProgress, SynapseColumns, void> {
  for (const [place, source] of growth.areas.entries()) {
    const { true: strands = [], false: others = [] } = Object.groupBy(strandsFrom(growth, source), ({ mapping }) => `${isWanted(mapping)}`);
    for (const { reached } of others) reached.free();
    if (strands.length > 0) {
      for (const done of growStrands(growth, source, strands))
        yield progress(growth, "synaptogenesis", (place + done) / growth.areas.length);
      for (const { reached } of strands) reached.free();
    }
    yield progress(growth, "synaptogenesis", (place + 1) / growth.areas.length);
  }
  growth.scratch.free();
  growth.mappings.sort((a, b) => (a.src === b.src ? (a.dst < b.dst ? -1 : 1) : a.src < b.src ? -1 : 1));
  const joining = growth.synapses.finished();
  for (;;) {
    const step = joining.next();
    if (step.done) {
      for (const { first, count, value } of growth.associativeRuns) step.value.flags.fill(value, first, first + count);
      return step.value;
    }
    yield progress(growth, "synaptogenesis", 1);
  }
}

function addRun(runs: SynapseRun[], first: number, count: number, value: number): void {
  const last = runs.at(-1);
  if (last && last.value === value && last.first + last.count === first) last.count += count;
  else if (count > 0) runs.push({ first, count, value });
}

/** Yields the share of the area that is done whenever it is time to breathe, also amid the synapses of one neuron. */
function* growStrands(growth: Growth, { area }: GrowingArea, strands: Strand[]): Generator<number, void, void> {
  const [width, height, depth] = area.dimensions;
  let work = 0;
  let source = area.firstNeuron;
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      for (let z = 0; z < depth; z++) {
        for (let k = 0; k < area.neuronsPerVoxel; k++, source++) {
          for (const strand of strands) {
            const { reached, mapping, target } = strand;
            if (k === 0 || strand.perNeuron) {
              reached.clear();
              strand.voxels(x, y, z, reached);
              work += reached.length;
            }
            refuseOverflow(growth, strand);
            let from = 0;
            do {
              const until = Math.min(reached.length, from + BREATH);
              const first = growth.synapses.count;
              const made = growth.synapses.append(source, strand, from, until);
              if (strand.group > 0) addRun(growth.groupRuns, first, made, strand.group);
              if (strand.associative) addRun(growth.associativeRuns, first, made, ASSOCIATIVE_FLAG);
              mapping.synapses += made;
              target.area.incomingSynapses += made;
              area.outgoingSynapses += made;
              work += until - from + 1;
              from = until;
              if (work < BREATH) continue;
              yield (source + 1 - area.firstNeuron) / area.neurons;
              work = 0;
            } while (from < reached.length);
          }
        }
      }
    }
  }
}

function refuseOverflow({ synapses, capacities }: Growth, { reached, mapping }: Strand): void {
  const requested = synapses.count + reached.length;
  if (requested <= capacities.synapses) return;
  throw refused({
    path: `blueprint.${mapping.src}.cortical_mapping_dst.${mapping.dst}`,
    code: "SYNAPSE_CAPACITY",
    message: `it asks for more than the ${capacities.synapses} synapses there is room for`,
    expected: `at most ${capacities.synapses} synapses in all mappings together`,
    found: `${requested} synapses or more`,
    fix: "Use a sparser morphology or smaller areas",
  });
}
