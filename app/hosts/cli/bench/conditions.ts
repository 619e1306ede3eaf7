/** What twenty break conditions cost beside the bursts they are judged after: 30,000 of 300,000 neurons fire in each. */
import { bindCondition, type Names } from "#core/debug/conditions/bind.ts";
import { parseCondition } from "#core/debug/conditions/parse.ts";
import { Watch } from "#core/debug/conditions/watch.ts";
import { AREA, feagiImage, permuted } from "./networks.ts";
import type { Row, Sitting } from "./suite.ts";
import { inputOf } from "./workloads.ts";

const NEURONS = 300_000;
const BURSTS = 200;
const twenty = [
  ...[0, 1, 2, 3, 4].map((i) => `rate(A, ${10 + i}) > 0.9 and fires(A) > ${i}`),
  ...[0, 1, 2, 3, 4].map((i) => `synchrony(A, ${20 + i}) > 1000000 or silent(A) > ${5 + i}`),
  ...[0, 1, 2, 3, 4].map((i) => `fired(N#${i * 60_000 + 1}) and fires(A) < ${i}`),
  ...[0, 1, 2, 3, 4].map((i) => `potential(N#${i * 60_000 + 2}) > 100 or dweight(S#${i * 1000}) > 0.5`),
];

export async function measureConditions({ engines, repeat }: Sitting): Promise<Row[]> {
  const image = feagiImage(permuted(NEURONS), { threshold: 1, weight: 2, psp: 2, inhibits: false });
  const area = { id: "A", name: "A", index: AREA, neurons: NEURONS };
  const names: Names = { area: (name) => (name === "A" ? area : undefined), areaOfNeuron: () => AREA, areaNames: () => ["A"] };
  const conditions = twenty.map((text) => bindCondition(parseCondition(text), names));
  const rows: Row[] = [];
  for (const { name: engine, make } of engines) {
    const running = make(1);
    running.load(image);
    running.apply(inputOf({ drive: () => Array.from({ length: NEURONS / 10 }, (_, i) => i * 10) })!(1));
    const frame = new Uint32Array(running.frameWords);
    const watch = new Watch(conditions, names, { diverged: () => 0 });
    const [bursts, judged]: [number[], number[]] = [[], []];
    for (let turn = 0; turn <= repeat; turn++) {
      let [burstMs, watchMs] = [0, 0];
      for (let i = 0; i < BURSTS; i++) {
        const started = performance.now();
        const burst = frame.subarray(0, running.burstIntoSync(frame));
        const between = performance.now();
        watch.observe(burst, running);
        const hits = twenty.filter((_, at) => watch.holds(at)).length;
        watchMs += performance.now() - between;
        burstMs += between - started;
        if (hits > 0) throw new Error("a condition held that must not");
      }
      if (turn === 0) continue;
      bursts.push(burstMs / BURSTS);
      judged.push(watchMs / BURSTS);
    }
    running.dispose();
    const row = (metric: string, unit: string, values: number[]) => rows.push({ metric, unit, engine, threads: 1, values });
    row("burst", "ms", bursts);
    row("twenty conditions", "ms", judged);
    row("cost", "%", [(Math.min(...judged) / Math.min(...bursts)) * 100]);
  }
  return rows;
}
