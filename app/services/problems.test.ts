/** Findings of a running brain: measured over its bursts, announced when other areas stand out, gone when their cause is. */
import { afterEach, expect, test } from "vitest";
import { createLabClock } from "#adapters/machine/lab-clock.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import { closeTestLabs, labWith } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

test("an area that is reached and stays silent, and one that never rests, are told with where they are fed", async () => {
  // Forced, so that nothing but what is measured changes the problems.
  let now = 0;
  const lab = await labWith("learning", { forcedBy: "GYRUS_FORCE_REFERENCE", clock: { ...createLabClock(), nowMs: () => now } });
  const areas = await lab.call("connectome", "listAreas", {});
  const named = (name: string): CorticalArea => areas.find((area) => area.name === name)!;
  const [dead, driven] = [named("right_arr"), named("up_opts")];
  const found = async () => (await lab.call("connectome", "problems", {})).filter(({ path }) => path === "activity");
  const told = () => lab.announced.filter(({ type }) => type === "problems.changed").length;
  const [width, height, depth] = driven.dimensions;
  const voxels = Array.from({ length: width * height * depth }, (_, at): [number, number, number] => [
    at % width,
    Math.floor(at / width) % height,
    Math.floor(at / width / height),
  ]);
  await lab.call("connectome", "updateArea", { id: driven.id, parameters: { refractoryPeriod: 0, consecutiveFireLimit: 0 } });
  await lab.call("stimulus", "paint", { area: driven.id, voxels, amplitude: 1e6, bursts: null });
  await lab.call("brain", "step", { bursts: 99 });
  expect(await found()).toEqual([]);
  const before = told();
  now = 2000; // a stretch takes two seconds at least, however fast its bursts are
  await lab.call("brain", "step", {});
  expect(told()).toBeGreaterThan(before);
  expect(await found()).toContainEqual(
    expect.objectContaining({
      ...{ code: "AREA_DEAD", severity: "warning", area: dead.id },
      message: expect.stringMatching(
        /^right_arr never fired in bursts 1 to 100, though right_opts, which is mapped to it, sent \d+ spikes$/,
      ),
      ways: [
        { way: "mapping", src: named("right_opts").id, dst: dead.id },
        { way: "stimulate", area: dead.id },
      ],
    }),
  );
  expect((await found()).filter(({ code }) => code === "AREA_SATURATED").map(({ area }) => area)).toEqual([driven.id]);

  // Back in time, the bursts that were counted are not its past any more.
  await lab.call("time", "goTo", { burst: 10 });
  expect(await found()).toEqual([]);
});
