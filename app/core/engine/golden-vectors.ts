/** Checks the function vectors (format `vectors/1`): one row per table, its inputs and what it yields. */
import { JsonPlace } from "./json-place.ts";
import { changedByteWeight, patternHash, timingPlasticity, traceDecay } from "./learning-rules.ts";
import { firingDraw, int8Charge, int8Level, pcg, retention, unitFraction } from "./membrane.ts";
import { close, type Replay } from "./replay.ts";

/** By table: how many columns are inputs, and the function from inputs to the other columns. */
const tables: Record<string, readonly [inputs: number, yields: (...inputs: number[]) => number[]]> = {
  pcg_hash: [1, (x) => [pcg(x!), unitFraction(pcg(x!))]],
  excitability_random: [2, (neuron, burst) => [firingDraw(neuron!, burst!)]],
  leak_retention: [2, (leak, elapsed) => [retention(Math.fround(leak!), elapsed!)]],
  trace_decay: [1, (bursts) => [traceDecay(bursts!)]],
  int8: [1, (value) => int8Row(Math.fround(value!))],
  timing_stdp_default: [1, (bursts) => [timingPlasticity(bursts!), changedByteWeight(128, timingPlasticity(bursts!))]],
};

export function replayVectors(document: unknown): Replay {
  const result: Replay = { bursts: 0, fired: [], match: null, firstMismatch: null };
  const compare = (what: string, expected: unknown, got: unknown, same: boolean) => {
    result.match = same && result.match !== false;
    if (!same) result.firstMismatch ??= { burst: 0, what, expected, got };
  };
  for (const [name, table] of new JsonPlace(document, "").members()) {
    if (name === "format" || name === "name" || name === "description") continue;
    if (name === "pattern_hash_xxh64_seed0") {
      for (const row of table.list()) {
        const frames = row
          .at("frames")
          .list()
          .map((frame) => frame.list().map((id) => id.u32()));
        const expected = row.at("hash").string();
        const got = patternHash(frames).toString(16).padStart(16, "0");
        compare(row.path, expected, got, expected === got);
      }
      continue;
    }
    if (!Object.hasOwn(tables, name)) table.unsupported("a function this engine does not have");
    const [inputs, yields] = tables[name]!;
    for (const row of table.at("rows").list()) {
      const values = row.tuple(table.at("columns").list().length).map((at) => at.number());
      const expected = values.slice(inputs);
      const got = yields(...values.slice(0, inputs));
      compare(row.path, expected, got, expected.length === got.length && expected.every((value, i) => close(value, got[i]!)));
    }
  }
  return result;
}

/** Level when stored as a limit, level of a charge, fraction of a charge. */
function int8Row(value: number): number[] {
  const charge = int8Charge(value);
  return [int8Level(value), Math.floor(charge), Math.fround(charge - Math.floor(charge))];
}
