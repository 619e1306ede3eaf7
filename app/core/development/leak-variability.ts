/**
 * Leak variability: neurons of one area that lose unlike shares of their membrane potential, as the Python original grows
 * them and FEAGI does not. Off unless asked for. Source: spec/development.md section 4 and defect D11.
 */
import type { GenomeProblem } from "#contracts/genome.ts";
import { documentPath, type GrowingArea, type Growth } from "./growth.ts";
import { Random } from "./random.ts";

/** Up to here, in percent and either way, an area has no variability. */
const LEAST = 2;

/** Writes the leak of the neurons [from, until) of an area, counted inside it. */
type LeakSpread = (leak: Float32Array, from: number, until: number) => void;

/**
 * leak + leak · r / 100, with r a whole number of at least 1 and below the variability, drawn by seed, area and place of the
 * neuron in its area: what else grows, and in which slices, changes nothing. A negative variability leaves no number to draw;
 * such an area keeps one leak and a problem says so.
 */
export function leakSpread(
  { leakVariability: isAskedFor, seed, problems, genome }: Growth,
  { gene, area }: GrowingArea,
): LeakSpread | null {
  const { leak, leakVariability } = gene.parameters;
  if (!isAskedFor || !(Math.abs(leakVariability) > LEAST)) return null;
  if (leakVariability < 0 || !Number.isFinite(leakVariability)) {
    problems.push(withoutRange(documentPath(genome, gene, { flat: "nx-leak_v-f", hierarchical: "leak_variability" }), leakVariability));
    return null;
  }
  const chance = new Random(`${seed}/${area.id}/leak`);
  const numbers = Math.ceil(leakVariability) - 1;
  return (column, from, until) => {
    chance.jumpTo(from);
    for (let place = from; place < until; place++) column[area.firstNeuron + place] = leak + (leak * (1 + chance.below(numbers))) / 100;
  };
}

function withoutRange(path: string, found: number): GenomeProblem {
  return {
    path,
    code: "LEAK_VARIABILITY",
    message: "no whole number lies between 1 and this variability; all neurons of the area leak alike",
    expected: "a percentage above 2, or 0 for none",
    found: String(found),
  };
}
