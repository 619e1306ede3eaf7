/** Counts stay those of the engine, whatever is loaded, edited, undone and run. Every engine is held to it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PatchWriter } from "#contracts/patch.ts";
import type { Engine } from "../../engine/engine.ts";
import { census, counted, neuronsOf } from "../census.ts";
import type { Connectome } from "../connectome.ts";
import type { Kept } from "../kept.ts";
import { invertedChange, type LiveChange, planChange } from "../live-changes.ts";
import { createNeurons, createSynapses, removeNeurons, removeSynapses } from "../live-edits.ts";
import { finished } from "../work.ts";
import { editedText, Living, probeGenome } from "./living.ts";
import { structuralEdit } from "./random-edits.ts";

type Act = (life: Life) => void;

class Life extends Living {
  readonly #steps: ({ genome: Connectome["genome"]; kept: Kept } | LiveChange)[] = [];

  edit(edit: Parameters<typeof editedText>[1]): void {
    const { genome } = this.connectome;
    const { kept } = this.become(editedText(genome, edit));
    this.#steps.push({ genome, kept });
  }

  change(build: (connectome: Connectome, engine: Engine) => LiveChange): void {
    this.#steps.push(this.#put(build(this.connectome, this.engine)));
  }

  undo(): void {
    const step = this.#steps.pop();
    if (step && "kept" in step) this.become(step.genome, { kept: step.kept });
    else if (step) this.#put(invertedChange(step));
  }

  /** A living neuron of an area that is no core one. */
  pick(at: number): number | undefined {
    const { extras, holes } = this.connectome;
    const dead = new Set([...holes.values()].flat());
    const ids = [...this.connectome.areas.values()].flatMap(({ id, kind, firstNeuron, neurons }) =>
      kind === "core" ? [] : [...Array.from({ length: neurons }, (_, place) => firstNeuron + place), ...(extras.get(id) ?? [])],
    );
    const living = ids.filter((id) => !dead.has(id));
    return living[at % living.length];
  }

  #put(asked: LiveChange): LiveChange {
    const { patch, connectome, change } = planChange(this.connectome, this.engine, asked);
    this.engine.apply(patch);
    this.connectome = connectome;
    return change;
  }
}

const neuron = fc.nat(500);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: structuralEdit.map(
      (edit): Act =>
        (life) =>
          life.edit(edit),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Act>((life) => life.undo()) },
  fc.constant<Act>((life) => life.burst(1)),
  fc.array(neuron, { minLength: 1, maxLength: 3 }).map(
    (at): Act =>
      (life) => {
        const ids = at.flatMap((one) => life.pick(one) ?? []);
        if (ids.length > 0) life.change((connectome, engine) => removeNeurons(connectome, engine, ids));
      },
  ),
  fc.nat(9).map(
    (at): Act =>
      (life) => {
        const areas = [...life.connectome.areas.values()].filter(({ kind }) => kind !== "core");
        const area = areas[at % areas.length];
        if (area) life.change((connectome, engine) => createNeurons(connectome, engine, area.id, [{ voxel: [0, 0, 0] }]));
      },
  ),
  fc.tuple(neuron, neuron).map(
    ([a, b]): Act =>
      (life) => {
        const [source, target] = [life.pick(a), life.pick(b)];
        if (source !== undefined && target !== undefined)
          life.change((connectome, engine) => createSynapses(connectome, engine, [{ source, target, weight: 2 }]));
      },
  ),
  neuron.map(
    (at): Act =>
      (life) => {
        const { source, target } = life.engine.synapses();
        const row = at % source.length;
        if (source.length > 0)
          life.change((connectome, engine) => removeSynapses(connectome, engine, [{ source: source[row]!, target: target[row]! }]));
      },
  ),
  fc.tuple(neuron, neuron).map(
    ([a, b]): Act =>
      (life) => {
        // As learning does: a synapse that no edit has made.
        const [source, target] = [life.pick(a), life.pick(b)];
        if (source === undefined || target === undefined) return;
        life.engine.apply(new PatchWriter().op("addSynapses", [source, target, 1, 1, 0x100], [2, 3]).take());
        if (life.connectome.dynamics === "feagi-strict") life.engine.apply(new PatchWriter().op("rebuildSynapseIndex").take());
      },
  ),
);

export function countingSuite(name: string, createEngine: () => Engine, runs: number): void {
  describe(`counts of a brain on the ${name} engine`, () => {
    test.each(["standard", "feagi-strict"] as const)("are those of its snapshot after any edits, undone and redone, in %s", (dynamics) => {
      fc.assert(
        fc.property(fc.array(act, { minLength: 1, maxLength: 8 }), (acts) => {
          const life = new Life(probeGenome(), createEngine(), dynamics);
          for (const one of acts) {
            one(life);
            expectTrueCounts(life);
          }
          life.engine.dispose();
        }),
        { seed: 1, numRuns: runs },
      );
    });
  });
}

function expectTrueCounts(life: Living): void {
  const { neurons, synapses } = life.recount();
  const counts = finished(census(life.connectome, life.engine));
  const sum = (of: Record<string, number>) => Object.values(of).reduce((total, one) => total + one, 0);
  expect(neuronsOf(life.connectome)).toBe(sum(neurons));
  expect(life.engine.synapseCount).toBe(sum(synapses));
  expect(Object.fromEntries([...counts.pairs].map(([pair, count]) => [pair.replace(">", "->"), count]))).toEqual(synapses);
  const { areas, mappings } = counted(life.connectome, counts);
  for (const { id, neurons: block, livingNeurons = block } of areas) expect(livingNeurons, id).toBe(neurons[id] ?? 0);
  for (const { src, dst, synapses: count } of mappings) expect(count).toBe(synapses[`${src}->${dst}`] ?? 0);
}
