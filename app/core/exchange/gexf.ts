/** GEXF 1.2 (gexf.net) of the neuron graph, for Gephi: one node a neuron at its voxel in lab space, one edge a synapse. */
import { batched } from "./csv.ts";
import type { ExportNetwork } from "./network.ts";
import { synapseType } from "./tables.ts";
import { escaped } from "./xml.ts";

const nodeAttributes = [
  ["area", "string"],
  ["area_name", "string"],
  ["area_kind", "string"],
  ["x", "integer"],
  ["y", "integer"],
  ["z", "integer"],
  ["firing_threshold", "double"],
  ["leak", "double"],
  ["refractory_period", "integer"],
] as const;
const edgeAttributes = [
  ["psp", "double"],
  ["type", "string"],
  ["delay", "integer"],
] as const;

export function* gexf(network: ExportNetwork): Generator<string> {
  const { ids, neurons: n, synapses, areaByIndex, idBase } = network;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">\n';
  yield `<meta><creator>Gyrus</creator><description>${escaped(network.title)}</description></meta>\n`;
  yield '<graph defaultedgetype="directed" mode="static">\n';
  yield declared("node", nodeAttributes);
  yield declared("edge", edgeAttributes);
  yield "<nodes>\n";
  yield* batched(ids.length, (i) => {
    const id = ids[i]!;
    const area = areaByIndex.get(n.area[id]!)!;
    const place = [n.x[id]!, n.y[id]!, n.z[id]!] as const;
    const values = [area.id, escaped(area.name), area.kind, ...place, n.threshold[id]!, n.leak[id]!, n.refractoryPeriod[id]!];
    const [x, y, z] = place.map((at, axis) => at + area.position[axis]!);
    const position = `<viz:position x="${x}" y="${y}" z="${z}"/>`;
    return `<node id="n${id + idBase}" label="${escaped(area.name)} ${place.join(",")}"><attvalues>${given(values)}</attvalues>${position}</node>\n`;
  });
  yield "</nodes>\n<edges>\n";
  const { slot, source, target, weight, psp, kind, delay } = synapses;
  yield* batched(slot.length, (i) => {
    const values = given([psp[i]!, synapseType(kind[i]!), delay[i]!]);
    return `<edge id="s${slot[i]}" source="n${source[i]! + idBase}" target="n${target[i]! + idBase}" weight="${weight[i]}"><attvalues>${values}</attvalues></edge>\n`;
  });
  yield "</edges>\n</graph>\n</gexf>\n";
}

function declared(owner: string, attributes: readonly (readonly [string, string])[]): string {
  const rows = attributes.map(([title, type], id) => `<attribute id="${id}" title="${title}" type="${type}"/>`);
  return `<attributes class="${owner}" mode="static">${rows.join("")}</attributes>\n`;
}

function given(values: readonly (string | number)[]): string {
  let text = "";
  for (const [id, value] of values.entries()) text += `<attvalue for="${id}" value="${value}"/>`;
  return text;
}
