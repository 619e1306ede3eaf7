/** A brain that lives and is edited, for tests: a connectome beside an engine. */
import { readFileSync } from "node:fs";
import type { CorticalId } from "#contracts/connectome.ts";
import { grown } from "../../development/grow.ts";
import type { Engine } from "../../engine/engine.ts";
import { createReferenceEngine } from "../../engine/reference/reference-engine.ts";
import { decodeSnapshot } from "../../engine/reference/snapshot-codec.ts";
import type { Genome } from "../../genome/genome.ts";
import { parseGenome } from "../../genome/parse.ts";
import type { Connectome } from "../connectome.ts";
import type { TransitionOptions } from "../prepare.ts";
import { planTransition, type Transition } from "../transition.ts";
import { finished } from "../work.ts";

export type FlatDocument = { blueprint: Record<string, unknown>; neuron_morphologies: Record<string, unknown> };

export const probeGenome = (): Genome => genomeOf(readFileSync(new URL("../../genome/golden/probe-edits.json", import.meta.url), "utf8"));

export function genomeOf(text: string, strict = false): Genome {
  const parsed = parseGenome(text, { strict });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}

/** A genome after a change of its document. */
export function editedText(genome: Genome, edit: (document: FlatDocument) => void): Genome {
  const document = JSON.parse(genome.source) as FlatDocument;
  edit(document);
  return genomeOf(JSON.stringify(document), genome.strict);
}

export const gene = (area: string, tail: string) => `_____10c-${area}-${tail}`;

/** Takes an area out, with what maps to it. */
export function withoutArea({ blueprint }: FlatDocument, area: string): void {
  for (const key of Object.keys(blueprint)) {
    if (key.startsWith(gene(area, ""))) delete blueprint[key];
    else if (key.endsWith("cx-dstmap-d")) delete (blueprint[key] as Record<string, unknown>)[area];
  }
}

export class Living {
  connectome: Connectome;
  readonly engine: Engine;

  constructor(genome: Genome, engine = createReferenceEngine(), dynamics: Connectome["dynamics"] = "standard") {
    const { image, switchOn, ...connectome } = grown(genome, { dynamics });
    this.connectome = connectome;
    this.engine = engine;
    engine.load(image);
    engine.apply(switchOn);
  }

  /** Plans and applies. */
  become(genome: Genome, options: TransitionOptions = {}): Transition {
    const transition = finished(planTransition(this.connectome, genome, this.engine, options));
    this.engine.apply(transition.patch);
    this.connectome = transition.connectome;
    return transition;
  }

  burst(count: number): void {
    for (let i = 0; i < count; i++) this.engine.burstIntoSync(new Uint32Array(this.engine.frameWords));
  }

  /** Living neurons by area and synapses by pair of areas, counted one by one. */
  recount(label: (id: CorticalId) => string = (id) => id) {
    const { columns: c } = decodeSnapshot(this.engine.snapshot());
    const names = new Map([...this.connectome.areas.values()].map(({ id, index }) => [index, label(id)]));
    const neurons: Record<string, number> = {};
    const synapses: Record<string, number> = {};
    const count = (counts: Record<string, number>, name: string) => {
      counts[name] = (counts[name] ?? 0) + 1;
    };
    const nameOf = (id: number) => ((c.neuronFlags[id]! & 1) === 1 ? names.get(c.area[id]!) : undefined);
    for (let id = 0; id < c.area.length; id++) if ((c.neuronFlags[id]! & 1) === 1) count(neurons, nameOf(id) ?? "nowhere");
    for (let slot = 0; slot < c.source.length; slot++) {
      if ((c.synapseState[slot]! & 1) === 1) count(synapses, `${nameOf(c.source[slot]!)}->${nameOf(c.target[slot]!)}`);
    }
    return { neurons, synapses };
  }

  places(): string[] {
    return synapsesByPlace(this.connectome, this.engine);
  }
}

/** Every synapse by the places of its ends, sorted: what ids cannot hide. */
export function synapsesByPlace({ areas }: Connectome, engine: Engine): string[] {
  const blocks = [...areas.values()];
  const placeOf = (id: number) => {
    const area = blocks.find(({ firstNeuron, neurons }) => id >= firstNeuron && id < firstNeuron + neurons);
    return area ? `${area.id}/${id - area.firstNeuron}` : `id ${id}`;
  };
  const { slot, source, target, weight, psp, kind, delay } = engine.synapses();
  return Array.from(slot, (_, i) => `${placeOf(source[i]!)} ${placeOf(target[i]!)} ${weight[i]} ${psp[i]} ${kind[i]} ${delay[i]}`).sort();
}
