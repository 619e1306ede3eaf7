/** A window that is left beside a running brain does not grow. */
import { join } from "node:path";
import { heapOver, mostHeapSlope } from "../bench/heap.ts";
import { expect, test } from "../fixtures.ts";
import { LabPage } from "../pages/lab-page.ts";
import { root } from "../root.ts";

const minutes = 5;

test(`after the first minute the window's heap stays as it is for ${minutes} more`, async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the heap is read through the browser's own tools");
  test.setTimeout((minutes + 4) * 60_000);
  const app = await start(join(root, "resources/genomes/learning.json"));
  const lab = new LabPage(app.page);
  await lab.grown();
  await lab.setRate(30);
  await lab.run();
  const from = await lab.burstNumber();
  const { slope } = await heapOver(app.page, await app.page.context().newCDPSession(app.page), minutes);
  expect(slope).toBeLessThan(mostHeapSlope);
  expect(await lab.burstNumber()).toBeGreaterThan(from + 500); // it ran all the while
  await lab.pause();
  expect(app.errors).toEqual([]);
  await app.quit();
});
