import { describe, expect, test } from "vitest";
import { builtModule } from "#adapters/native/built-module.ts";
import type { Contribution } from "#contracts/debug.ts";
import { firedIds } from "#contracts/frame.ts";
import type { Engine } from "#core/engine/engine.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { generateLif, generateLifPatch } from "#core/engine/testing/generated-lif.ts";
import { seeded } from "#core/engine/testing/seeded.ts";
import { patchOf, tinyNetwork } from "#core/engine/testing/tiny-network.ts";
import { life } from "#core/recording/testing/lives.ts";
import { recorded } from "../testing/recorded.ts";
import { type TracedBurst, traceThrough } from "./trace.ts";
import { accountsOf } from "./why.ts";

const native = builtModule();
const engines: [string, (() => Engine) | undefined][] = [
  ["reference", createReferenceEngine],
  ["native", native && (() => native.createEngine({ threads: 2 }))],
];
const unhurried = { signal: { aborted: false }, breathe: async () => {} };

/** Every burst's row of one neuron, from burst 1 on. */
async function traceOf(recorder: Parameters<typeof traceThrough>[0], neuron: number, to = recorder.last): Promise<TracedBurst[]> {
  const rows: TracedBurst[] = [];
  await traceThrough(recorder, [neuron], [1, to], (_, traced) => void rows.push(traced.get(neuron)!), unhurried);
  return rows;
}

const stage = (neuron: number, potential: number) => patchOf("stageInput", [neuron, potential], [1]);
const arrives = ({ origin }: Contribution) => origin === "synapse" || origin === "earlier";

describe.each(engines)("%s engine", (_, make) => {
  test.skipIf(make === undefined)(
    "every burst is the account of that burst, on generated brains with edits, learning and memory",
    async () => {
      const seen = { rows: 0, psp: 0, external: 0, refractory: 0 };
      for (let seed = 1; seed <= 8; seed++) {
        const { recorder, engine, live } = life(seed + 300, {}, make!, seed % 2 ? "edited" : "extended");
        live(18, 0.7);
        const fired = [...new Set([...firedIds((await recorder.recorded(9)).frame), ...firedIds((await recorder.recorded(18)).frame)])];
        const neurons = [...new Set([0, 1, 2, ...fired.slice(0, 12), ...fired.filter((id) => id >= 50_000_000).slice(0, 4)])];
        const rows = new Map<number, ReadonlyMap<number, TracedBurst>>();
        await traceThrough(recorder, neurons, [4, 18], (burst, traced) => void rows.set(burst, traced), unhurried);
        for (const burst of [4, 9, 18]) {
          const there = neurons.filter((neuron) => rows.get(burst)!.has(neuron));
          for (const [neuron, account] of await accountsOf(recorder, there, burst)) {
            const row = rows.get(burst)!.get(neuron)!;
            const what = `neuron ${neuron}, burst ${burst}, seed ${seed + 300}`;
            expect(row.psp, what).toBe(Number(account.contributions.findLast(arrives)?.sum ?? 0));
            const others = account.contributions.filter((one) => !arrives(one));
            expect(row.external, what).toBe(others.reduce((sum, { value }) => Math.fround(sum + Number(value)), 0));
            expect([row.carried, row.fired, row.exact], what).toEqual([Number(account.carried.left), account.fired, account.exact]);
            const refractory = account.tests.find(({ name }) => name === "refractory");
            if (refractory) expect(row.refractory, what).toBe(refractory.value);
            const threshold = account.tests.find(({ name }) => name === "threshold");
            if (threshold && neuron < 50_000_000) expect(row.threshold, what).toBe(threshold.bound);
            seen.rows++;
            seen.psp += row.psp === 0 ? 0 : 1;
            seen.external += row.external === 0 ? 0 : 1;
            seen.refractory += row.refractory > 0 ? 1 : 0;
          }
        }
        engine.dispose();
      }
      expect(seen.rows).toBeGreaterThan(200);
      expect(Math.min(seen.psp, seen.external, seen.refractory)).toBeGreaterThan(10);
    },
  );
});

test("what it carried, what arrived and what came from elsewhere add up to the potential, except where it is refractory", async () => {
  const network = tinyNetwork([{}, { threshold: 4, leak: 0.25, refractoryPeriod: 2 }], [{ from: 0, to: 1, weight: 3 }]);
  const recorder = recorded(network, [[stage(0, 1)], [stage(1, 0.5)], [stage(0, 1)], [stage(1, 2)], [stage(1, 1)], [], []]);
  const rows = await traceOf(recorder, 1);
  expect(rows.map(({ psp, external, refractory, fired }) => [psp, external, refractory, fired])).toEqual([
    [0, 0, 0, false],
    [3, 0.5, 0, false],
    [0, 0, 0, false],
    [3, 2, 0, true],
    [0, 1, 2, false],
    [0, 0, 1, false],
    [0, 0, 0, false],
  ]);
  const [, gathers, , fires, blocked] = rows;
  expect(gathers!.carried + gathers!.psp + gathers!.external).toBe(gathers!.potential);
  expect(fires!.carried + fires!.psp + fires!.external).toBeGreaterThanOrEqual(fires!.threshold);
  expect(blocked).toMatchObject({ carried: 0, external: 1, potential: 0 });
  for (const burst of [2, 4, 5]) {
    const { carried, sum } = (await accountsOf(recorder, [1], burst)).get(1)!;
    expect([rows[burst - 1]!.carried, rows[burst - 1]!.psp + rows[burst - 1]!.external]).toEqual([carried.left, sum]);
  }
});

test("what an edit sets holds from its burst on; a state that an edit put in the place of another is gone on from", async () => {
  const network = tinyNetwork([{ threshold: 4 }]);
  const edits = [[], [patchOf("areaThreshold", [7, 7], [1])], []];
  expect((await traceOf(recorded(network, edits), 0)).map(({ threshold }) => threshold)).toEqual([4, 7, 7]);

  const { recorder, engine, live } = life(11);
  live(6, 0);
  const other = life(12);
  other.live(6, 0);
  engine.restore(other.engine.snapshot());
  recorder.replaced(engine);
  live(4, 0);
  const rows = await traceOf(recorder, 0);
  expect(rows.every(({ exact }) => exact)).toBe(true);
  const end = engine.neuronStates(Uint32Array.of(0)).potential[0];
  expect(rows.at(-1)!.potential).toBe(end);
});

test("a lif-delta neuron too, in f64", async () => {
  const seen = { psp: 0, external: 0 };
  for (let seed = 51; seed <= 75; seed++) {
    const random = seeded(seed);
    const image = generateLif(random);
    if (image.neurons.count < 2) continue;
    const recorder = recorded(
      image,
      Array.from({ length: 12 }, () => [generateLifPatch(random, image), stage(0, 0.25)]),
    );
    const rows = [await traceOf(recorder, 0), await traceOf(recorder, 1)];
    for (const burst of [1, 5, 12]) {
      for (const [neuron, account] of await accountsOf(recorder, [0, 1], burst)) {
        const { psp, external, ...row } = rows[neuron]![burst - 1]!;
        const others = account.contributions.filter((one) => !arrives(one));
        expect(row).toMatchObject({ exact: true, fired: account.fired, carried: account.carried.left });
        expect(psp + 0).toBe(Number(account.contributions.findLast(arrives)?.sum ?? 0) + 0);
        expect(external).toBe(others.reduce((sum, { value }) => sum + Number(value), 0));
        seen.psp += psp === 0 ? 0 : 1;
        seen.external += external === 0 ? 0 : 1;
      }
    }
  }
  expect(Math.min(seen.psp, seen.external)).toBeGreaterThan(5);
});

test("it can be cancelled", async () => {
  const recorder = recorded(tinyNetwork([{}]), [[], []]);
  const aborted = traceThrough(recorder, [0], [1, 2], () => {}, { ...unhurried, signal: { aborted: true } });
  await expect(aborted).rejects.toMatchObject({ code: "E_CANCELLED" });
});
