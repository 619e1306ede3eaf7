/** Brains that are not in a lab, to be written to a graph. */
import { grown } from "#core/development/grow.ts";
import { handMade } from "#core/development/testing/hand-made.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { seeded } from "#core/engine/testing/seeded.ts";
import type { GraphSource } from "#core/exchange/graph/parts.ts";
import type { Genome } from "#core/genome/genome.ts";

/** A thousand neurons to each of a thousand, and one by one back: 1,001,000 synapses. */
export function millionSynapses(): Genome {
  const any = [{ type: "any" }, { type: "any" }, { type: "any" }] as const;
  return handMade(
    {
      csource_: { dimensions: [10, 10, 10], to: { ctarget_: [{ morphology: "all", multiplier: 0.5 }] } },
      ctarget_: { dimensions: [10, 10, 10], to: { csource_: [{ morphology: "block_to_block", multiplier: -1 }] } },
    },
    { with: [{ id: "all", class: "custom", type: "patterns", patterns: [{ source: any, target: any }] }] },
  );
}

/** Small areas that map to each other at random, some to themselves. */
export function tangle(areas = 14): Genome {
  const random = seeded(11);
  const letters = (at: number) => `cknot_${String.fromCharCode(97 + at)}_`;
  const names = Array.from({ length: areas }, (_, at) => letters(at));
  const to = () => Object.fromEntries(names.filter(() => random.chance(0.16)).map((name) => [name, [{ morphology: "block_to_block" }]]));
  return handMade(Object.fromEntries(names.map((name) => [name, { dimensions: [2, 2, 1], to: to() }])));
}

export function sourceOf(genome: Genome): GraphSource & { engine: ReturnType<typeof createReferenceEngine> } {
  const connectome = grown(genome);
  const engine = createReferenceEngine();
  engine.load(connectome.image);
  return { connectome, engine, memories: { areas: [], neurons: [], framesOf: () => [] } };
}
