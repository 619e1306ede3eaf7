import { afterEach, describe, expect, test } from "vitest";
import { closeTestLabs, inputArea, labWith } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

async function stimulated(bursts = 300) {
  const lab = await labWith("learning", {});
  const area = await inputArea(lab);
  await lab.call("stimulus", "poisson", { area: area.id, probability: 0.1, amplitude: 30, seed: 3 });
  await lab.call("brain", "step", { bursts });
  return { lab, area };
}

describe("statistics of the recording", () => {
  test("agree with each other and with its spikes", async () => {
    const { lab, area } = await stimulated();
    const { bursts, neurons, count } = await lab.call("analysis", "spikes", { area: area.id });
    expect(count).toBeGreaterThan(100);
    expect([bursts.length, neurons.length]).toEqual([count, count]);
    const { areas, every } = await lab.call("analysis", "rates", { areas: [area.id], points: 2000 });
    expect(every).toBe(1);
    const rates = areas[0]!;
    expect(Math.round(rates.rate.reduce((sum, rate) => sum + rate * rates.neurons, 0))).toBe(count);
    const intervals = await lab.call("analysis", "intervals", { area: area.id });
    expect(intervals).toMatchObject({ from: 1, to: 300, spikes: count, firing: new Set(neurons).size });
    expect(intervals.counts.reduce((sum, n) => sum + n, intervals.longer)).toBe(count - intervals.firing);
    const { power, segments } = await lab.call("analysis", "spectrum", { area: area.id });
    expect([power.length, segments]).toEqual([129, 1]);
  });

  test("of a part are those of that part, and a list that is cut says of how many", async () => {
    const { lab, area } = await stimulated(60);
    const { count } = await lab.call("analysis", "spikes", { area: area.id, from: 11, to: 20 });
    const cut = await lab.call("analysis", "spikes", { area: area.id, from: 11, to: 20, most: 3 });
    expect(cut).toMatchObject({ from: 11, to: 20, count });
    expect(cut.bursts).toHaveLength(3);
    await expect(lab.call("analysis", "spectrum", { area: area.id, from: 11, to: 20 })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    await expect(lab.call("analysis", "rates", { areas: [btoa("cnothere")] })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });

  test("lead back to what they count: neurons by their intervals, bursts by how long they took", async () => {
    const { lab, area } = await stimulated(120);
    const { counts } = await lab.call("analysis", "intervals", { area: area.id });
    const at = await lab.call("analysis", "neuronsAtInterval", { area: area.id, least: 2, longest: 4 });
    expect(at.intervals).toBe(counts[1]! + counts[2]! + counts[3]!);
    expect(at.neurons).toHaveLength(at.count);
    const { fromMs, binMs, engines } = await lab.call("analysis", "durations", { bins: 8 });
    expect(engines).toMatchObject([{ bursts: 120 }]);
    const [{ counts: took, longer }] = engines as [(typeof engines)[0]];
    for (const [bin, count] of [...took, longer].entries()) {
      const belowMs = bin < took.length ? { belowMs: fromMs + (bin + 1) * binMs } : {};
      const found = await lab.call("analysis", "burstsLasting", { leastMs: fromMs + bin * binMs, ...belowMs });
      expect([found.count, found.bursts.length], `bin ${bin}`).toEqual([count, count]);
    }
  });

  test("traffic is counted over every synapse that there is, and follows the spikes", async () => {
    const { lab, area } = await stimulated(50);
    const { areas, pairs, modularity, from, to } = await lab.call("analysis", "flow", {});
    expect([from, to]).toEqual([1, 50]);
    const joined = new Set(pairs.flatMap(({ src, dst }) => [src, dst]));
    expect(areas.map(({ community }) => community !== null)).toEqual(areas.map((_, at) => joined.has(at)));
    expect(modularity).toBeGreaterThan(0);
    const mappings = await lab.call("connectome", "listMappings", {});
    for (const { src, dst, synapses } of mappings) {
      const pair = pairs.find((one) => areas[one.src]!.area === src && areas[one.dst]!.area === dst);
      expect(pair?.synapses ?? 0, `${src} to ${dst}`).toBe(synapses);
    }
    const { neurons } = await lab.call("analysis", "spikes", { area: area.id });
    let sent = 0;
    for (const neuron of neurons) sent += (await lab.call("connectome", "listSynapses", { neuron, direction: "out" })).total;
    const flow = pairs.filter(({ src }) => areas[src]!.area === area.id).reduce((sum, pair) => sum + pair.flow, 0);
    expect(flow).toBe(sent);
  });
});
