/** Everything of a brain in one folder: the brain file to go on from, its genome to read, what fired, and a page that says which is which. */
import { saveGenome } from "../genome/save.ts";
import { encodeBrain } from "./brain-file.ts";
import type { ExportPart } from "./exchange.ts";
import type { ExportSource } from "./network.ts";
import { type ExportTable, spikeTable } from "./tables.ts";

/** `encode` makes a Parquet file of a table. */
export function bundleParts(source: ExportSource, encode: (table: ExportTable) => Iterable<Uint8Array>): ExportPart[] {
  const { connectome, synapses, spikes } = source;
  const hasActivity = spikes !== undefined && spikes.last >= spikes.first;
  return [
    { name: "README.md", pieces: [readme(source, hasActivity)] },
    { name: "brain.brain", pieces: [encodeBrain(source)] },
    { name: "genome.json", pieces: [saveGenome(connectome.genome, "source", synapses.slot.length)] },
    ...(hasActivity ? [{ name: "activity.parquet", pieces: encode(spikeTable(spikes)) }] : []),
  ];
}

const readme = ({ meta, spikes }: ExportSource, hasActivity: boolean) => `# ${meta.title}, burst ${meta.burst}

- \`brain.brain\`: genome, connectome and complete state. Gyrus goes on from burst ${meta.burst}.
- \`genome.json\`: what it grew from, as it was edited.
${hasActivity ? `- \`activity.parquet\`: burst and neuron of each spike in bursts ${spikes!.first} to ${spikes!.last}.\n` : ""}- \`provenance.json\`: by what and with which options these were made, and their checksums. \`gyrus verify\` with this folder reads all again.
`;
