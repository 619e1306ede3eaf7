/**
 * CSV for `neo4j-admin database import`: a file of data and one of its header for each kind of node and relationship.
 *
 * (:Neuron)-[:SYNAPSE]->(:Neuron), (:Neuron)-[:IN]->(:Area), (:Area)-[:MAPS_TO {synapses}]->(:Area). Ids live in spaces of their own,
 * so that the number of a neuron and the id of an area never meet.
 */
import { batched, quoted } from "./csv.ts";
import type { ExportPart } from "./exchange.ts";
import type { ExportNetwork } from "./network.ts";
import { partName, synapseType } from "./tables.ts";

const headers = {
  areas: "id:ID(Area),id_text,name,kind,region,width:int,height:int,depth:int,x:int,y:int,z:int",
  neurons: ":ID(Neuron),id:long,x:int,y:int,z:int,threshold:float,leak:float,refractory_period:int,excitability:float",
  in: ":START_ID(Neuron),:END_ID(Area)",
  synapses: ":START_ID(Neuron),:END_ID(Neuron),slot:long,weight:float,psp:float,type,delay:int",
  maps: ":START_ID(Area),:END_ID(Area),synapses:long",
} as const;

type Kind = keyof typeof headers;
const labels = {
  areas: "nodes=Area",
  neurons: "nodes=Neuron",
  in: "relationships=IN",
  synapses: "relationships=SYNAPSE",
  maps: "relationships=MAPS_TO",
} as const satisfies Record<Kind, string>;

export function neo4jCsv(network: ExportNetwork, rowsPerFile = Number.POSITIVE_INFINITY): ExportPart[] {
  const { ids, areas, neurons: n, synapses: s, areaByIndex, idBase } = network;
  const maps = mapsOf(network);
  const tables: Record<Kind, { rows: number; row(i: number): string }> = {
    areas: {
      rows: areas.length,
      row: (i) => {
        const { id, idText, name, kind, region, dimensions, position } = areas[i]!;
        return `${[...[id, idText, name, kind, region].map(cell), ...dimensions, ...position].join(",")}\n`;
      },
    },
    neurons: {
      rows: ids.length,
      row: (i) => {
        const id = ids[i]!;
        const membrane = `${n.threshold[id]},${n.leak[id]},${n.refractoryPeriod[id]},${n.excitability[id]}`;
        return `${id + idBase},${id + idBase},${n.x[id]},${n.y[id]},${n.z[id]},${membrane}\n`;
      },
    },
    in: { rows: ids.length, row: (i) => `${ids[i]! + idBase},${areaByIndex.get(n.area[ids[i]!]!)!.id}\n` },
    synapses: {
      rows: s.slot.length,
      row: (i) => {
        const ends = `${s.source[i]! + idBase},${s.target[i]! + idBase},${s.slot[i]}`;
        return `${ends},${s.weight[i]},${s.psp[i]},${synapseType(s.kind[i]!)},${s.delay[i]}\n`;
      },
    },
    maps: { rows: maps.length, row: (i) => maps[i]! },
  };
  const files = (Object.keys(headers) as Kind[]).map((kind) => {
    const { rows, row } = tables[kind];
    const parts = Array.from({ length: Math.max(1, Math.ceil(rows / rowsPerFile)) }, (_, part) => {
      const start = part === 0 ? 0 : part * rowsPerFile;
      return { name: `${partName(kind, part)}.csv`, pieces: batched(Math.min(rowsPerFile, rows - start), (i) => row(start + i)) };
    });
    return { kind, parts: [{ name: `${kind}-header.csv`, pieces: [`${headers[kind]}\n`] }, ...parts] };
  });
  const command = [
    "neo4j-admin database import full neo4j",
    ...files.map(({ kind, parts }) => `--${labels[kind]}=${parts.map(({ name }) => name).join(",")}`),
  ].join(" \\\n  ");
  return [{ name: "README.md", pieces: [readme(network, command)] }, ...files.flatMap(({ parts }) => parts)];
}

function mapsOf({ synapses: { source, target }, neurons, areaByIndex }: ExportNetwork): string[] {
  const counts = new Map<string, number>();
  for (let row = 0; row < source.length; row++) {
    const pair = `${areaByIndex.get(neurons.area[source[row]!]!)!.id},${areaByIndex.get(neurons.area[target[row]!]!)!.id}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return Array.from(counts, ([pair, count]) => `${pair},${count}\n`);
}

/** The importer reads no line break inside a cell unless told so, hence spaces. */
const cell = (text: string) => quoted(text.replace(/[\r\n]+/g, " "));

const readme = ({ title, burst, ids, synapses }: ExportNetwork, command: string) => `# ${title}, burst ${burst}

${ids.length} neurons, ${synapses.slot.length} synapses. In this folder, with the database stopped:

\`\`\`
${command}
\`\`\`

Potentials are in engine units, delays in bursts.
`;
