/**
 * CSV for `neo4j-admin database import`: a file of data and one of its header for each kind of node and relationship.
 *
 * (:Neuron)-[:SYNAPSE]->(:Neuron), (:Neuron)-[:IN]->(:Area), (:Area)-[:MAPS_TO {synapses}]->(:Area). Ids live in spaces of their own,
 * so that the number of a neuron and the id of an area never meet.
 */
import { batched, quoted } from "./csv.ts";
import type { ExportPart } from "./exchange.ts";
import type { ExportNetwork } from "./network.ts";
import { synapseType } from "./tables.ts";

const headers = {
  areas: "id:ID(Area),id_text,name,kind,region,width:int,height:int,depth:int,x:int,y:int,z:int",
  neurons: ":ID(Neuron),id:long,x:int,y:int,z:int,threshold:float,leak:float,refractory_period:int,excitability:float",
  in: ":START_ID(Neuron),:END_ID(Area)",
  synapses: ":START_ID(Neuron),:END_ID(Neuron),slot:long,weight:float,psp:float,type,delay:int",
  maps: ":START_ID(Area),:END_ID(Area),synapses:long",
} as const;

const command = `neo4j-admin database import full neo4j \\
  --nodes=Area=areas-header.csv,areas.csv \\
  --nodes=Neuron=neurons-header.csv,neurons.csv \\
  --relationships=IN=in-header.csv,in.csv \\
  --relationships=SYNAPSE=synapses-header.csv,synapses.csv \\
  --relationships=MAPS_TO=maps-header.csv,maps.csv`;

export function neo4jCsv(network: ExportNetwork): ExportPart[] {
  const { ids, areas, neurons: n, synapses: s, areaByIndex } = network;
  const rows: Record<keyof typeof headers, () => Generator<string>> = {
    areas: () =>
      batched(areas.length, (i) => {
        const { id, idText, name, kind, region, dimensions, position } = areas[i]!;
        return `${[...[id, idText, name, kind, region].map(cell), ...dimensions, ...position].join(",")}\n`;
      }),
    neurons: () =>
      batched(ids.length, (i) => {
        const id = ids[i]!;
        const membrane = `${n.threshold[id]},${n.leak[id]},${n.refractoryPeriod[id]},${n.excitability[id]}`;
        return `${id},${id},${n.x[id]},${n.y[id]},${n.z[id]},${membrane}\n`;
      }),
    in: () => batched(ids.length, (i) => `${ids[i]},${areaByIndex.get(n.area[ids[i]!]!)!.id}\n`),
    synapses: () =>
      batched(s.slot.length, (i) => {
        const ends = `${s.source[i]},${s.target[i]},${s.slot[i]}`;
        return `${ends},${s.weight[i]},${s.psp[i]},${synapseType(s.kind[i]!)},${s.delay[i]}\n`;
      }),
    maps: () => mapsOf(network),
  };
  return [
    { name: "README.md", pieces: [readme(network)] },
    ...(Object.keys(headers) as (keyof typeof headers)[]).flatMap((kind) => [
      { name: `${kind}-header.csv`, pieces: [`${headers[kind]}\n`] },
      { name: `${kind}.csv`, pieces: rows[kind]() },
    ]),
  ];
}

function* mapsOf({ synapses: { source, target }, neurons, areaByIndex }: ExportNetwork): Generator<string> {
  const counts = new Map<string, number>();
  for (let row = 0; row < source.length; row++) {
    const pair = `${areaByIndex.get(neurons.area[source[row]!]!)!.id},${areaByIndex.get(neurons.area[target[row]!]!)!.id}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  for (const [pair, count] of counts) yield `${pair},${count}\n`;
}

/** The importer reads no line break inside a cell unless told so, hence spaces. */
const cell = (text: string) => quoted(text.replace(/[\r\n]+/g, " "));

const readme = ({ title, burst, ids, synapses }: ExportNetwork) => `# ${title}, burst ${burst}

${ids.length} neurons, ${synapses.slot.length} synapses. In this folder, with the database stopped:

\`\`\`
${command}
\`\`\`

Potentials are in engine units, delays in bursts.
`;
