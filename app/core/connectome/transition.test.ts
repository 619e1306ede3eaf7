import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PatchWriter } from "#contracts/patch.ts";
import { grown } from "../development/grow.ts";
import { handMade, idOf } from "../development/testing/hand-made.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { decodeSnapshot } from "../engine/reference/snapshot-codec.ts";
import { seeded } from "../engine/testing/seeded.ts";
import type { Genome } from "../genome/genome.ts";
import { type LiveChange, planChange } from "./live-changes.ts";
import { createNeurons, createSynapses, removeNeurons, updateNeurons } from "./live-edits.ts";
import { editedText, gene, Living, probeGenome } from "./testing/living.ts";
import { structuralEdit } from "./testing/random-edits.ts";
import { planTransition } from "./transition.ts";
import { finished } from "./work.ts";

const probe = probeGenome();
const edited = (genome: Genome, values: Record<string, unknown>) => editedText(genome, ({ blueprint }) => Object.assign(blueprint, values));
const wider = (genome: Genome) => edited(genome, { [gene("cBBBBB", "cx-___bbx-i")]: 6 });
const named = (living: Living, name: string) => [...living.connectome.areas.values()].find((area) => area.name === name)!;

/** Gives every synapse a weight of its own and every neuron a state, as if it had learned and run. */
function lived(living: Living, seed = 1): Living {
  const { unit } = seeded(seed);
  const patch = new PatchWriter();
  const { slot } = living.engine.synapses();
  patch.begin("synapseWeights", 2 * slot.length);
  for (const one of slot) patch.u32(one).f32(Math.fround(1 + unit()));
  patch.begin("neuronStates", 3 * living.engine.neuronCount);
  for (let id = 0; id < living.engine.neuronCount; id++) patch.u32(id).f32(Math.fround(unit())).u32(0x2_0003);
  living.engine.apply(patch.take());
  return living;
}

/** State and settings of every neuron of every area, by place. */
function neuronsByPlace({ connectome, engine }: Living) {
  return [...connectome.areas.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((area) => {
      const ids = Uint32Array.from({ length: area.neurons }, (_, place) => area.firstNeuron + place);
      const { area: _, ...settings } = engine.neuronSettings(ids);
      const states = engine.neuronStates(ids);
      return { id: area.id, ...settings, ...states };
    });
}

describe("a brain that is edited while it lives", () => {
  test("has the neurons and synapses that the edited genome grows, place by place", () => {
    fc.assert(
      fc.property(fc.array(structuralEdit, { minLength: 1, maxLength: 5 }), (edits) => {
        const living = new Living(probe);
        for (const edit of edits) living.become(editedText(living.connectome.genome, edit));
        const fresh = new Living(living.connectome.genome);
        expect(living.places()).toEqual(fresh.places());
        expect(neuronsByPlace(living)).toEqual(neuronsByPlace(fresh));
        const counts = ({ connectome: { mappings, areas } }: Living) => ({
          mappings,
          areas: [...areas.values()].map(({ index: _, firstNeuron: __, ...area }) => area).sort((a, b) => (a.id < b.id ? -1 : 1)),
        });
        expect(counts(living)).toEqual(counts(fresh));
        expect([...living.connectome.regions.values()]).toEqual([...fresh.connectome.regions.values()]);
        const problems = ({ connectome }: Living) => connectome.problems.map(({ code, path }) => `${code} ${path}`).sort();
        expect(problems(living)).toEqual(problems(fresh));
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test("is brought back by the way back: learned weights, hand-made and pruned synapses, states and settings of neurons", () => {
    fc.assert(
      fc.property(fc.array(structuralEdit, { minLength: 1, maxLength: 4 }), fc.nat(), (edits, seed) => {
        const living = lived(new Living(probe), seed);
        const [a, c] = [named(living, "A"), named(living, "C")];
        const { slot } = living.engine.synapses();
        const byHand = new PatchWriter().op("removeSynapseSlots", [slot[seed % slot.length]!]);
        const own = updateNeurons(living.connectome, living.engine, [a.firstNeuron + (seed % 12), c.firstNeuron], { excitability: 0.5 });
        living.engine.apply(planChange(living.connectome, living.engine, own).patch);
        byHand.begin("addSynapses", 5).u32(a.firstNeuron).u32(c.firstNeuron).f32(7).f32(8).u32(0x301);
        living.engine.apply(byHand.take());
        const live = (change: LiveChange) => {
          const { patch, connectome } = planChange(living.connectome, living.engine, change);
          living.engine.apply(patch);
          living.connectome = connectome;
        };
        const { neuronCount: extra } = living.engine;
        live(removeNeurons(living.connectome, living.engine, [a.firstNeuron + (seed % 11), c.firstNeuron + 1]));
        live(createNeurons(living.connectome, living.engine, c.id, [{ voxel: [1, 1, 0] }]));
        live(createNeurons(living.connectome, living.engine, a.id, [{ voxel: [0, 0, 0], values: { excitability: 0.5 } }]));
        live(
          createSynapses(living.connectome, living.engine, [
            { source: extra, target: extra + 1, weight: 4 },
            { source: a.firstNeuron + 11, target: extra, weight: 5 },
          ]),
        );
        const indices = [...living.connectome.areas.values()].map(({ id, index }) => [id, index]);
        const before = { places: living.places(), neurons: neuronsByPlace(living), indices };
        const steps = edits.map((edit) => {
          const { genome } = living.connectome;
          const { kept } = living.become(editedText(genome, edit));
          return { genome, kept };
        });
        const later = { places: living.places(), neurons: neuronsByPlace(living) };
        const forth = steps.reverse().map(({ genome, kept }) => {
          const now = living.connectome.genome;
          return { genome: now, kept: living.become(genome, { kept }).kept };
        });
        expect(living.places()).toEqual(before.places);
        expect(neuronsByPlace(living)).toEqual(before.neurons);
        expect([...living.connectome.areas.values()].map(({ id, index }) => [id, index])).toEqual(before.indices);
        expect(living.engine.neuronSettings(Uint32Array.of(extra, extra + 1))).toMatchObject({
          valid: Uint8Array.of(1, 1),
          area: Uint32Array.of(c.index, a.index),
          excitability: Float32Array.of(1, 0.5),
        });
        for (const { genome, kept } of forth.reverse()) living.become(genome, { kept });
        expect(living.places()).toEqual(later.places);
        expect(neuronsByPlace(living)).toEqual(later.neurons);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test("keeps ids, weights, traces, what is under way and what was registered where the edit does not reach", () => {
    const living = lived(new Living(probe));
    const [a, b] = [named(living, "A"), named(living, "B")];
    const learning = new PatchWriter().op("trackFiring", [a.index, 5, 0]).op("trackFiring", [b.index, 5, 0]);
    learning.op("registerMapping", [b.index, b.index, 1, 5, 1, 1, 0.1, 9, 0.5, 0, 1, 0x100], [6, 7, 8, 10]);
    living.engine.apply(learning.op("stageInput", [a.firstNeuron, 50, b.firstNeuron, 50], [1, 3]).take());
    living.burst(2);
    const before = decodeSnapshot(living.engine.snapshot()).columns;
    const { summary } = living.become(
      editedText(living.connectome.genome, ({ blueprint }) => {
        (blueprint[gene("cAAAAA", "cx-dstmap-d")] as Record<string, unknown>).cCCCCC = [["projector", [1, 1, 1], 3, false, 1, 1, 1, 1]];
      }),
    );
    const after = decodeSnapshot(living.engine.snapshot()).columns;
    expect(summary).toMatchObject({ synapsesAdded: 12, synapsesRemoved: 0, neuronsAdded: 0, neuronsRemoved: 0 });
    for (const [name, column] of Object.entries(before)) {
      const now = Array.from(after[name as keyof typeof after]).slice(0, column.length);
      expect(now, name).toEqual(Array.from(column));
    }
  });

  test("carries the neurons of a resized area to their new ids with state and synapses", () => {
    const living = lived(new Living(probe));
    const old = { area: named(living, "B"), states: neuronsByPlace(living), synapses: living.places() };
    const { summary, isStructural } = living.become(wider(probe));
    const area = named(living, "B");
    expect(area).toMatchObject({ index: old.area.index, firstNeuron: 35, neurons: 18 });
    expect(isStructural).toBe(true);
    expect(summary).toMatchObject({ neuronsAdded: 6, neuronsRemoved: 0, areas: { resized: [area.id] } });
    expect(summary.synapsesAdded - summary.synapsesRemoved).toBe(12);
    const [was, is] = [old.states, neuronsByPlace(living)].map((all) => all.find(({ id }) => id === area.id)!);
    expect(is!.potential.slice(0, 12)).toEqual(was!.potential);
    expect(is!.countdown.slice(0, 12)).toEqual(was!.countdown);
    const staying = old.synapses.filter((row) => living.places().includes(row));
    expect(staying).toHaveLength(16);
    expect(living.engine.neuronStates(Uint32Array.of(old.area.firstNeuron)).potential[0]).toBeNaN();
  });

  test("costs nothing where only metadata change, and tells so beforehand", () => {
    const living = new Living(probe);
    const after = edited(probe, { [gene("cAAAAA", "cx-__name-t")]: "A2", [gene("cAAAAA", "cx-rcordx-i")]: 77 });
    const hash = living.engine.stateHash();
    const { patch, summary, isStructural } = finished(planTransition(living.connectome, after, living.engine));
    expect([patch.length, isStructural]).toEqual([0, false]);
    expect(summary.areas.changed).toEqual([named(living, "A").id]);
    expect(living.engine.stateHash()).toBe(hash);
  });

  test("keeps an area that changed its id alone", () => {
    const living = lived(new Living(probe));
    const places = living.places().map((row) => row.replaceAll(named(living, "C").id, "C"));
    const renamed = probe.source.replaceAll("cCCCCC", "cCCCC9");
    const { summary, patch } = living.become(editedText({ ...probe, source: renamed }, () => {}));
    expect(patch.length).toBe(0);
    expect(summary.areas).toMatchObject({ added: [], removed: [] });
    expect(living.places().map((row) => row.replaceAll(named(living, "C").id, "C"))).toEqual(places);
  });

  test("refuses what no engine holds, before anything changes", () => {
    const living = new Living(probe);
    const plan = (genome: Genome, options = {}) => finished(planTransition(living.connectome, genome, living.engine, options));
    const [id, area] = [...probe.areas][0]!;
    const tooLarge = { ...probe, areas: new Map(probe.areas).set(id, { ...area, parameters: { ...area.parameters, leak: 1e300 } }) };
    expect(() => plan(tooLarge)).toThrow(expect.objectContaining({ code: "E_INVALID" }));
    expect(() => plan(wider(probe), { capacities: { neurons: 50 } })).toThrow(/ids/);
    expect(() => plan(wider(probe), { capacities: { synapses: 20 } })).toThrow(/synapses/);
  });
});

describe("dead ids", () => {
  test("stay dead: what is removed and made again gets new ones", () => {
    const living = new Living(probe, createReferenceEngine());
    const first = named(living, "B").firstNeuron;
    living.become(wider(probe));
    living.become(probe);
    expect(named(living, "B").firstNeuron).toBeGreaterThan(first);
    expect(living.places()).toEqual(new Living(probe).places());
    expect(grown(probe).image.neurons.count).toBe(35);
    expect(living.engine.neuronCount).toBe(35 + 18 + 12);
  });
});

describe("an area that learns or remembers", () => {
  const genomes = {
    all: handMade({
      caaaaaaa: { to: { cbbbbbbb: [{ plastic: true, plasticityWindow: 3 }], mmmmmmmm: [{}] } },
      cbbbbbbb: {},
      mmmmmmmm: {},
    }),
    without: handMade({ caaaaaaa: { to: { cbbbbbbb: [{ plastic: true, plasticityWindow: 3 }] } }, cbbbbbbb: {} }),
    unlearning: handMade({ caaaaaaa: { to: { cbbbbbbb: [{}], mmmmmmmm: [{}] } }, cbbbbbbb: {}, mmmmmmmm: {} }),
  };
  const remembering = () => {
    const living = new Living(genomes.all);
    const [a, b, m] = ["caaaaaaa", "cbbbbbbb", "mmmmmmmm"].map((letters) => living.connectome.areas.get(idOf(letters))!);
    const patch = new PatchWriter().op("trackFiring", [a!.index, 3, 0]).op("trackFiring", [b!.index, 3, 0]);
    patch.op("registerMapping", [a!.index, b!.index, 1, 3, 1, 1, 0.1, 9, 0.5, 0, 1, 0x100], [6, 7, 8, 10]);
    patch.op("mapMemoryNeurons", [50_000_007, m!.index]).op("addSynapses", [50_000_007, a!.firstNeuron, 1, 1, 0x100], [2, 3]);
    living.engine.apply(patch.take());
    return living;
  };
  const columns = ({ engine }: Living) => decodeSnapshot(engine.snapshot()).columns;

  test("takes its memory neurons and their synapses with it, and leaves the learning of others", () => {
    const living = remembering();
    living.become(genomes.without);
    expect([columns(living).memoryId.length, columns(living).mappingSource.length, living.engine.synapseCount]).toEqual([0, 1, 1]);
  });

  test("no longer learns when its rule does not, and keeps every synapse: no law of growth has changed", () => {
    const living = remembering();
    const { summary } = living.become(genomes.unlearning);
    expect(summary).toMatchObject({ mappings: [], synapsesAdded: 0, synapsesRemoved: 0 });
    expect([columns(living).memoryId.length, columns(living).mappingSource.length, living.engine.synapseCount]).toEqual([1, 0, 3]);
  });
});
