/**
 * GraphML (graphml.graphdrawing.org) of the neuron graph: a directed graph, one node a neuron, one edge a synapse. Parallel
 * synapses stay apart: edges carry ids.
 */
import type { Connectome } from "../connectome/connectome.ts";
import type { SynapseRows } from "../engine/engine.ts";
import { decodeSnapshot } from "../engine/reference/snapshot-codec.ts";
import type { ExportSource } from "./exchange.ts";

/** Attribute keys: id, what it belongs to, name, type. */
const keys = [
  ["area", "node", "area", "string"],
  ["name", "node", "area_name", "string"],
  ["kind", "node", "area_kind", "string"],
  ["x", "node", "x", "int"],
  ["y", "node", "y", "int"],
  ["z", "node", "z", "int"],
  ["threshold", "node", "firing_threshold", "double"],
  ["leak", "node", "leak", "double"],
  ["refractory", "node", "refractory_period", "int"],
  ["weight", "edge", "weight", "double"],
  ["psp", "edge", "psp", "double"],
  ["type", "edge", "type", "string"],
  ["delay", "edge", "delay", "int"],
] as const;
const ITEMS = 2048;

export function* graphml({ connectome, synapses, snapshot }: ExportSource): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  for (const [id, owner, name, type] of keys) yield `<key id="${id}" for="${owner}" attr.name="${name}" attr.type="${type}"/>\n`;
  yield `<graph id="${escaped(connectome.genome.title)}" edgedefault="directed">\n`;
  yield* nodes(connectome, snapshot);
  yield* edges(synapses);
  yield "</graph>\n</graphml>\n";
}

function* nodes(connectome: Connectome, snapshot: Uint8Array): Generator<string> {
  const { x, y, z, threshold, leak, refractoryPeriod, neuronFlags } = decodeSnapshot(snapshot).columns;
  for (const area of connectome.areas.values()) {
    const shared = data("area", area.id) + data("name", escaped(area.name)) + data("kind", area.kind);
    let piece = "";
    const extras = connectome.extras.get(area.id) ?? [];
    for (let i = 0; i < area.neurons + extras.length; i++) {
      const n = extras[i - area.neurons] ?? area.firstNeuron + i;
      if ((neuronFlags[n]! & 1) === 0) continue;
      const place = data("x", x[n]) + data("y", y[n]) + data("z", z[n]);
      piece += `<node id="n${n}">${shared}${place}${data("threshold", threshold[n])}${data("leak", leak[n])}${data("refractory", refractoryPeriod[n])}</node>\n`;
      if (i % ITEMS === ITEMS - 1) {
        yield piece;
        piece = "";
      }
    }
    yield piece;
  }
}

function* edges(synapses: SynapseRows): Generator<string> {
  const { slot, source, target, weight, psp, kind, delay } = synapses;
  let piece = "";
  for (let i = 0; i < slot.length; i++) {
    const values = data("weight", weight[i]) + data("psp", psp[i]) + data("type", kind[i] === 0 ? "excitatory" : "inhibitory");
    piece += `<edge id="s${slot[i]}" source="n${source[i]}" target="n${target[i]}">${values}${data("delay", delay[i])}</edge>\n`;
    if (i % ITEMS === ITEMS - 1) {
      yield piece;
      piece = "";
    }
  }
  yield piece;
}

function data(key: (typeof keys)[number][0], value: string | number | undefined): string {
  return `<data key="${key}">${value}</data>`;
}

/** Everything but the characters XML 1.0 can hold: tab, line breaks, and U+0020 to U+FFFD with the upper planes. */
const notXml = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(notXml, "").replace(/[&<>"]/g, (character) => entities[character] as string);
}
