/**
 * An hour of associative learning at 30 Hz, as fast as it goes: what the engines hold and how long bursts take when it begins and when it
 * ends. The engines must end in the same state.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { grown } from "#core/development/grow.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { Association } from "#core/plasticity/association.ts";
import { associativeSoak, type SoakReading } from "#core/plasticity/associative-soak.ts";
import { packageRoot } from "../../paths.ts";
import type { Row, Sitting } from "./suite.ts";

const HOUR_BURSTS = 108_000;
const READINGS = 20;

export async function measureSoak({ engines, note }: Sitting): Promise<Row[]> {
  const folder = path.join(packageRoot(), "resources/experiments");
  const experiment = Association.parse(JSON.parse(readFileSync(path.join(folder, "association.json"), "utf8")));
  const parsed = parseGenome(readFileSync(path.join(folder, experiment.genome), "utf8"));
  if (!parsed.ok) throw new Error("the genome of the experiment does not parse");
  const rows: Row[] = [];
  const hashes = new Set<bigint>();
  for (const { name, make } of engines) {
    const connectome = grown(parsed.genome);
    const engine = make(1);
    engine.load(connectome.image);
    engine.apply(connectome.switchOn);
    const readings: (SoakReading & { wholeMs: number })[] = [];
    let began = performance.now();
    for (const reading of associativeSoak(engine, connectome, experiment, HOUR_BURSTS / READINGS)) {
      readings.push({ ...reading, wholeMs: (performance.now() - began) / (HOUR_BURSTS / READINGS) });
      began = performance.now();
      if (reading.burst >= HOUR_BURSTS) break;
    }
    hashes.add(engine.stateHash());
    engine.dispose();
    const [first, last] = [readings[0]!, readings.at(-1)!];
    const row = (metric: string, unit: string, value: number) => rows.push({ metric, unit, engine: name, threads: 1, values: [value] });
    for (const [when, reading] of [
      ["first 3 minutes", first],
      ["last 3 minutes", last],
    ] as const) {
      row(`burst, ${when}`, "ms", reading.engineMs);
      row(`burst with pattern memory, ${when}`, "ms", reading.wholeMs);
      row(`living synapses, ${when}`, "", reading.synapses);
      row(`slots, ${when}`, "", reading.slots);
      row(`synapses, ${when}`, "kB", reading.synapseBytes / 1e3);
      row(`engine, ${when}`, "kB", reading.bytes / 1e3);
    }
    row("memory neurons evicted", "", last.evicted);
  }
  if (hashes.size > 1) note("soak: the engines ended in different states");
  return rows;
}
