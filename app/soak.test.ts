import { readFileSync } from "node:fs";
import { test } from "vitest";
import { PatchWriter } from "#contracts/patch.ts";
import { grown } from "#core/development/grow.ts";
import { roomyFrame } from "#core/engine/engine.ts";
import { drawOf } from "#core/evolution/draw.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { MemoryRunner } from "#core/plasticity/memory-runner.ts";
import { candidate, reference } from "./services/testing/engines.ts";

test.each([
  ["native", candidate],
  ["reference", reference],
] as const)(
  "soak %s",
  (_n, make) => {
    const p = parseGenome(readFileSync("resources/experiments/association-genome.json", "utf8"));
    if (!p.ok) return;
    const c = grown(p.genome);
    const engine = make();
    engine.load(c.image);
    engine.apply(c.switchOn);
    const m = new MemoryRunner();
    const [bell, food] = ["Bell", "Food"].map((n) => [...c.areas.values()].find((a) => a.name === n)!);
    const draw = drawOf("soak");
    let frame = new Uint32Array(0);
    let t0 = performance.now();
    let tm = 0;
    for (let b = 1; b <= 20000; b++) {
      m.follow(c, engine.burst);
      engine.apply(m.take());
      const w = new PatchWriter();
      for (const a of [bell!, food!]) {
        w.begin("forceFire", 1 + 12).u32(a.index);
        for (let i = 0; i < 3; i++) w.u32(draw.below(4)).u32(draw.below(4)).u32(0).f32(1);
      }
      engine.apply(w.take());
      frame = roomyFrame(engine, frame);
      const n = engine.burstIntoSync(frame);
      const t = performance.now();
      m.step(engine, frame.subarray(0, n));
      tm += performance.now() - t;
      if (b % 2500 === 0) {
        const mb = engine.memoryBytes();
        console.log(
          b,
          m.memory.active,
          engine.synapseCount,
          JSON.stringify(mb),
          frame.length,
          (process.memoryUsage().heapUsed / 1e6).toFixed(0),
          m.save().length,
          (((performance.now() - t0) / 2500) * 1000).toFixed(0) + "us/burst",
          ((tm / 2500) * 1000).toFixed(0) + "us mem",
        );
        t0 = performance.now();
        tm = 0;
      }
    }
    console.log(JSON.stringify(m.memory.totals), engine.snapshot().length);
    engine.dispose();
  },
  300000,
);
