/**
 * GraphML (graphml.graphdrawing.org) of the neuron graph: a directed graph, one node a neuron, one edge a synapse. Parallel
 * synapses stay apart: edges carry ids.
 */
import { batched } from "./csv.ts";
import type { ExportNetwork } from "./network.ts";
import { synapseType } from "./tables.ts";
import { escaped } from "./xml.ts";

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

export function* graphml(network: ExportNetwork): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  for (const [id, owner, name, type] of keys) yield `<key id="${id}" for="${owner}" attr.name="${name}" attr.type="${type}"/>\n`;
  yield `<graph id="${escaped(network.title)}" edgedefault="directed">\n`;
  const { ids, neurons: n, areaByIndex, idBase } = network;
  const shared = new Map(
    [...areaByIndex].map(([index, area]) => [index, data("area", area.id) + data("name", escaped(area.name)) + data("kind", area.kind)]),
  );
  yield* batched(ids.length, (i) => {
    const id = ids[i]!;
    const place = data("x", n.x[id]) + data("y", n.y[id]) + data("z", n.z[id]);
    const membrane = data("threshold", n.threshold[id]) + data("leak", n.leak[id]) + data("refractory", n.refractoryPeriod[id]);
    return `<node id="n${id + idBase}">${shared.get(n.area[id]!)}${place}${membrane}</node>\n`;
  });
  const { slot, source, target, weight, psp, kind, delay } = network.synapses;
  yield* batched(slot.length, (i) => {
    const values = data("weight", weight[i]) + data("psp", psp[i]) + data("type", synapseType(kind[i]!)) + data("delay", delay[i]);
    return `<edge id="s${slot[i]}" source="n${source[i]! + idBase}" target="n${target[i]! + idBase}">${values}</edge>\n`;
  });
  yield "</graph>\n</graphml>\n";
}

function data(key: (typeof keys)[number][0], value: string | number | undefined): string {
  return `<data key="${key}">${value}</data>`;
}
