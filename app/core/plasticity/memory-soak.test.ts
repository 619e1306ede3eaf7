/** A short life at full speed, in which nearly every burst brings patterns never seen before, each of them linked. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PatchWriter } from "#contracts/patch.ts";
import { grown } from "../development/grow.ts";
import { roomyFrame } from "../engine/engine.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { drawOf } from "../evolution/draw.ts";
import { parseGenome } from "../genome/parse.ts";
import { MemoryRunner } from "./memory-runner.ts";

const BURSTS = 2000;
/** Of each of the two memory areas. */
const CAP = 200;

const text = readFileSync(new URL("../../../resources/experiments/association-genome.json", import.meta.url), "utf8");

test("an area at its cap stays there, and what is remembered and linked stays within what the cap allows", () => {
  const parsed = parseGenome(text);
  if (!parsed.ok) throw new Error("the genome does not parse");
  const connectome = grown(parsed.genome);
  const [bell, food] = ["Bell", "Food"].map((name) => [...connectome.areas.values()].find((area) => area.name === name)!);
  const engine = createReferenceEngine();
  engine.load(connectome.image);
  engine.apply(connectome.switchOn);
  const runner = new MemoryRunner();
  const draw = drawOf("soak");
  const most = { neurons: 0, synapses: 0, frame: 0 };
  const stateBytes: number[] = [];
  let frame = new Uint32Array(0);
  for (let burst = 1; burst <= BURSTS; burst++) {
    runner.follow(connectome, engine.burst);
    engine.apply(runner.take());
    const patch = new PatchWriter();
    for (const { index } of [bell!, food!]) {
      patch.begin("forceFire", 13).u32(index);
      for (let i = 0; i < 3; i++) patch.u32(draw.below(4)).u32(draw.below(4)).u32(0).f32(1);
    }
    engine.apply(patch.take());
    frame = roomyFrame(engine, frame);
    runner.step(engine, frame.subarray(0, engine.burstIntoSync(frame)));
    most.neurons = Math.max(most.neurons, runner.memory.active);
    most.synapses = Math.max(most.synapses, engine.synapseCount);
    most.frame = Math.max(most.frame, engine.frameWords);
    if (burst % (BURSTS / 4) === 0) stateBytes.push(runner.save().length);
  }
  const { created, evicted, refused, suppressed } = runner.memory.totals;
  expect(most.neurons).toBe(2 * CAP);
  expect(created - evicted).toBe(2 * CAP);
  expect(evicted).toBeGreaterThan(10 * CAP);
  expect([refused, suppressed]).toEqual([0, 0]);
  // Every link joins two living memories, but for the one between the areas themselves.
  const living = new Set(runner.memory.neurons().map(({ id }) => id));
  const { source, target } = engine.synapses();
  const strangers = Array.from(source, (id, i) => [id, target[i]!]).filter((ends) => !ends.every((id) => living.has(id)));
  expect(strangers.length).toBe(1);
  expect(engine.synapseCount).toBeLessThanOrEqual(CAP * CAP + 1);
  // Every slot is in use when most synapses live, however many came and went.
  expect(engine.synapseSlots).toBe(most.synapses);
  expect(engine.memoryBytes().synapses).toBeLessThan(100 * most.synapses);
  // A full area's state says as much whether it has lived long or not; ids and bursts get longer, by a digit now and then.
  expect(Math.max(...stateBytes)).toBeLessThan(1.02 * Math.min(...stateBytes));
  expect(most.frame).toBeLessThan(5000);
});
