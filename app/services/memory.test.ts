import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { xxHash64 } from "#core/engine/hash.ts";
import { endingHash } from "#core/engine/snapshot-sections.ts";
import { closeTestLabs, type TestLab, type TestLabOptions, template, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

const INPUT = "aXBybwEAAAA=";
const step = (lab: TestLab, bursts: number) => lab.call("brain", "step", { bursts });

/** The memory template with a sensor that is stimulated in a rhythm of its own, so that patterns come, recur and are forgotten. */
async function remembering(options: TestLabOptions = {}): Promise<TestLab> {
  const lab = await testLab(options);
  await lab.call("genome", "load", { path: template("memory") });
  await lab.call("stimulus", "poisson", { area: INPUT, probability: 0.1, amplitude: 2, seed: 3 });
  const voxels = [[0, 0, 4] as [number, number, number]];
  await lab.call("stimulus", "schedule", { entries: [{ burstOffset: 2, areas: [{ area: INPUT, voxels }] }], periodBursts: 7 });
  return lab;
}

/** Hashes of engine and pattern memory as a checkpoint has them. */
async function stateOf(lab: TestLab): Promise<{ burst: number; engine: bigint; memory: bigint }> {
  const { burst } = await lab.call("brain", "checkpoint", {});
  const { engine, memory } = lab.ports.checkpoints.newest()!.parts;
  return { burst, engine: endingHash(engine), memory: xxHash64(memory) };
}

test("a brain with memories goes on from a checkpoint as if nothing had happened", async () => {
  const lab = await remembering();
  await step(lab, 60);
  await stateOf(lab);
  lab.kill();
  const again = await testLab({ folder: lab.folder });
  await again.lab.recover();
  await step(again, 50);
  const unbroken = await remembering();
  await step(unbroken, 110);
  expect(await stateOf(again)).toEqual(await stateOf(unbroken));
  expect(unbroken.ports.checkpoints.newest()!.parts.memory.length).toBeGreaterThan(1000);
});

test("going back to a burst brings its memories back, and from there the brain lives the same life again", async () => {
  const lab = await remembering();
  await step(lab, 80);
  const then = await stateOf(lab);
  await step(lab, 300);
  const later = await stateOf(lab);
  await lab.call("time", "goTo", { burst: 80 });
  expect(await stateOf(lab)).toEqual(then);
  await step(lab, 300);
  expect(await stateOf(lab)).toEqual(later);
  expect((await lab.call("time", "verify", {})).divergence).toBeNull();
});
