/**
 * Comma-separated tables (RFC 4180): synapses, neurons, areas. One header row, then one row an item; voxel coordinates are
 * local to the area; potentials and weights in engine units; delays in bursts.
 */
import type { CorticalArea } from "#contracts/connectome.ts";
import type { Connectome } from "../connectome/connectome.ts";
import { decodeSnapshot } from "../engine/reference/snapshot-codec.ts";
import type { ExportSource } from "./exchange.ts";

/** Rows gathered into one piece before it is handed over. */
const ROWS = 4096;

export function* synapseRows({ connectome, synapses, snapshot }: ExportSource): Generator<string> {
  const areaOf = areaNames(connectome);
  const neurons = decodeSnapshot(snapshot).columns;
  const place = (id: number) => `${id},${areaOf(neurons.area[id] as number)},${neurons.x[id]},${neurons.y[id]},${neurons.z[id]}`;
  yield "slot,source,source_area,source_x,source_y,source_z,target,target_area,target_x,target_y,target_z,weight,psp,type,delay\n";
  yield* batched(synapses.slot.length, (i) => {
    const kind = synapses.kind[i] === 0 ? "excitatory" : "inhibitory";
    const ends = `${place(synapses.source[i] as number)},${place(synapses.target[i] as number)}`;
    return `${synapses.slot[i]},${ends},${synapses.weight[i]},${synapses.psp[i]},${kind},${synapses.delay[i]}\n`;
  });
}

export function* neuronRows({ connectome, snapshot }: ExportSource): Generator<string> {
  const areaOf = areaNames(connectome);
  const n = decodeSnapshot(snapshot).columns;
  yield "id,area,x,y,z,threshold,threshold_limit,leak,refractory_period,excitability,consecutive_fire_limit,snooze_period,charge_accumulation\n";
  yield* batched(n.area.length, (i) => {
    if ((n.neuronFlags[i]! & 1) === 0) return "";
    const head = `${i},${areaOf(n.area[i] as number)},${n.x[i]},${n.y[i]},${n.z[i]}`;
    const membrane = `${n.threshold[i]},${n.thresholdLimit[i]},${n.leak[i]},${n.refractoryPeriod[i]},${n.excitability[i]}`;
    return `${head},${membrane},${n.consecutiveFireLimit[i]},${n.snoozePeriod[i]},${(n.neuronFlags[i]! & 2) !== 0}\n`;
  });
}

export function* areaRows({ areas }: Connectome): Generator<string> {
  yield "id,id_text,name,kind,region,width,height,depth,x,y,z,neurons_per_voxel,first_neuron,neurons\n";
  for (const area of areas.values()) {
    const words = [area.id, area.idText, area.name, area.kind, area.region].map(quoted);
    yield `${[...words, ...area.dimensions, ...area.position, area.neuronsPerVoxel, area.firstNeuron, area.neurons].join(",")}\n`;
  }
}

/** Quotes what would break a row; a quote inside is doubled. */
export function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function areaNames(connectome: Connectome): (index: number) => string {
  const byIndex = new Map<number, CorticalArea>();
  for (const area of connectome.areas.values()) byIndex.set(area.index, area);
  const names = new Map([...byIndex].map(([index, area]) => [index, quoted(area.id)]));
  return (index) => names.get(index) ?? String(index);
}

function* batched(count: number, row: (i: number) => string): Generator<string> {
  for (let start = 0; start < count; start += ROWS) {
    let piece = "";
    for (let i = start; i < Math.min(count, start + ROWS); i++) piece += row(i);
    yield piece;
  }
}
