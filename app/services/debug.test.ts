import { afterEach, describe, expect, test } from "vitest";
import { closeTestLabs, sample, type TestLab, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

/** A paused brain with work to do, and the input area that gets it. */
async function stimulated(options: Parameters<typeof testLab>[0] = {}) {
  const lab = await testLab(options);
  await lab.call("genome", "load", { path: sample("learning") });
  const areas = await lab.call("connectome", "listAreas", {});
  const area = areas.find(({ kind, neurons }) => kind === "input" && neurons > 20)!;
  await lab.call("stimulus", "poisson", { area: area.id, probability: 0.1, amplitude: 30, seed: 3 });
  return { lab, area };
}

const status = (lab: TestLab) => lab.call("brain", "status", {});

/** Bursts in which the condition holds, of the first `bursts`. */
async function hitsOf(condition: string, bursts: number): Promise<number[]> {
  const { lab } = await stimulated();
  await lab.call("brain", "step", { bursts });
  const { recorded } = await lab.call("debug", "evaluate", { condition });
  expect(recorded.hits).toBeGreaterThan(2);
  return recorded.last;
}

describe("a breakpoint", () => {
  test("pauses a running brain on the burst that matched, and a step too", async () => {
    const condition = `fires("${(await stimulated()).area.name}") > 2`;
    const [first, second] = await hitsOf(condition, 60);
    const { lab } = await stimulated();
    const breakpoint = await lab.call("debug", "add", { condition });
    await lab.call("brain", "run", { rateHz: 1000 });
    await expect.poll(async () => (await status(lab)).state).toBe("paused");
    expect((await status(lab)).burst).toBe(first);
    await lab.call("brain", "step", { bursts: 1000 });
    expect((await status(lab)).burst).toBe(second);
    expect(await lab.call("debug", "hits", {})).toEqual(
      [first, second].map((burst) => expect.objectContaining({ breakpoint: breakpoint.id, burst, action: "pause" })),
    );
    expect((await lab.call("debug", "list", {}))[0]).toMatchObject({ hits: 2, lastHit: second });
    const events = await lab.call("session", "events", {});
    expect(events.filter(({ type }) => type === "debug.hit").map(({ data }) => (data as { burst: number }).burst)).toEqual([first, second]);
    expect(lab.announced).toContainEqual({ type: "notice", severity: "info", message: `Paused at burst ${first}: ${breakpoint.text}` });
  });

  test("has hits that take a note, until they are forgotten; the events keep it", async () => {
    const { lab, area } = await stimulated();
    await lab.call("debug", "add", { condition: `fires("${area.name}") > 0`, action: "log" });
    await lab.call("brain", "step", { bursts: 20 });
    const [first, second] = await lab.call("debug", "hits", {});
    expect(first).toMatchObject({ note: "" });
    expect(await lab.call("debug", "noteHit", { id: first!.id, note: " too early " })).toMatchObject({
      burst: first!.burst,
      note: "too early",
    });
    expect(await lab.call("debug", "hits", {})).toEqual(expect.arrayContaining([{ ...first, note: "too early" }, second]));
    await lab.call("debug", "clearHits", {});
    await expect(lab.call("debug", "noteHit", { id: first!.id, note: "gone" })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    const events = await lab.call("session", "events", {});
    expect(events.find(({ type }) => type === "debug.hitNoted")?.data).toMatchObject({ burst: first!.burst, note: "too early" });
  });

  test("that logs lets the brain run; hit count, cool-down and once thin its hits out", async () => {
    const { lab, area } = await stimulated();
    const all = await hitsOf(`fires("${area.name}") > 0`, 40);
    // Four conditions that hold in the same bursts: of one there is one breakpoint.
    const add = (least: number, settings: object) =>
      lab.call("debug", "add", { condition: `fires("${area.name}") > ${least}`, action: "log", ...settings });
    const every = await add(0, {});
    const late = await add(0.2, { hitCount: 5 });
    const cool = await add(0.4, { coolDown: 9 });
    const once = await add(0.6, { once: true });
    await lab.call("brain", "step", { bursts: 40 });
    expect((await status(lab)).burst).toBe(40);
    const hits = await lab.call("debug", "hits", { limit: 10_000 });
    const of = (id: string) => hits.filter(({ breakpoint }) => breakpoint === id).map(({ burst }) => burst);
    expect(of(every.id)).toEqual(all);
    expect(of(late.id)).toEqual(all.slice(4));
    const apart: number[] = [];
    for (const burst of all) if (apart.length === 0 || burst - apart.at(-1)! > 9) apart.push(burst);
    expect(of(cool.id)).toEqual(apart);
    expect(of(once.id)).toEqual(all.slice(0, 1));
    expect((await lab.call("debug", "list", {})).find(({ id }) => id === once.id)).toMatchObject({ enabled: false });
    expect(hits[0]!.terms).toEqual([{ text: `fires("${area.name}")`, value: expect.any(Number) }]);
  });

  test("is the only one of its condition, however that is written, and whatever it does", async () => {
    const { lab, area } = await stimulated();
    const { id, text } = await lab.call("debug", "add", { condition: `fires("${area.name}") > 0` });
    const refused = { code: "E_CONFLICT", details: { breakpoint: id, text } };
    await expect(lab.call("debug", "add", { condition: `( fires(${area.id}) )>0`, action: "log" })).rejects.toMatchObject(refused);
    const data = { right: { value: 0, op: "number" }, op: ">", left: { area: area.name, op: "fires" } } as const;
    await expect(lab.call("debug", "add", { condition: data })).rejects.toMatchObject(refused);
    const other = await lab.call("debug", "add", { condition: `fires("${area.name}") > 1` });
    await expect(lab.call("debug", "update", { id: other.id, condition: text })).rejects.toMatchObject(refused);
    expect(await lab.call("debug", "update", { id, condition: text, action: "log" })).toMatchObject({ id, action: "log" });
    expect(await lab.call("debug", "list", {})).toHaveLength(2);
  });

  test("outlives the session, without its counts", async () => {
    const { lab, area } = await stimulated();
    await lab.call("debug", "add", { condition: `silent("${area.name}") > 3`, hitCount: 2 });
    lab.kill();
    const { lab: next } = await stimulated({ folder: lab.folder });
    expect(await next.call("debug", "list", {})).toMatchObject([
      { text: `silent("${area.name}") > 3`, hitCount: 2, held: 0, problem: null },
    ]);
  });

  test("on an area the brain has not is refused, and so is a term without a source", async () => {
    const { lab } = await stimulated();
    await expect(lab.call("debug", "add", { condition: "fires(nowhere) > 1" })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    await expect(lab.call("debug", "add", { condition: "queue(sensory) > 1" })).rejects.toMatchObject({ code: "E_UNSUPPORTED" });
    await expect(lab.call("debug", "add", { condition: "fires(" })).rejects.toMatchObject({ code: "E_INVALID", details: { at: 7 } });
    expect(await lab.call("debug", "list", {})).toEqual([]);
  });
});

describe("running to a condition and back to one", () => {
  test("lands on the burst that matches, in both directions", async () => {
    const { lab, area } = await stimulated();
    const condition = `fires("${area.name}") > 2 and silent("${area.name}") == 0`;
    const hits = await hitsOf(condition, 60);
    for (const burst of hits.slice(0, 3)) {
      expect(await lab.call("debug", "runTo", { condition })).toMatchObject({ reached: { burst }, status: { burst, state: "paused" } });
    }
    await lab.call("brain", "step", { bursts: 60 });
    const before = (await status(lab)).burst;
    const reached = (await lab.call("debug", "reverseContinue", { condition: `fires("${area.name}") > 2` })).reached!;
    expect(reached.burst).toBeLessThan(before);
    expect(await status(lab)).toMatchObject({ burst: reached.burst, state: "paused" });
    expect((await lab.call("debug", "evaluate", { condition, bursts: 0 })).holds).toBe(true);
    const again = await lab.call("debug", "reverseContinue", { condition });
    expect(again.reached!.burst).toBeLessThan(reached.burst);
    const never = await lab.call("debug", "reverseContinue", { condition: "1 > 2" });
    expect(never).toMatchObject({ reached: null, status: { burst: again.reached!.burst } });
  });

  test("a potential is searched for by replay, and gives what the live brain shows", async () => {
    const { lab, area } = await stimulated();
    await lab.call("brain", "step", { bursts: 30 });
    const neuron = area.firstNeuron + 2;
    const evaluated = await lab.call("debug", "evaluate", { condition: `potential(N#${neuron})` });
    const state = await lab.call("connectome", "getNeuron", { id: neuron });
    expect(evaluated).toMatchObject({ value: state.membranePotential, replayable: true });
    const { reached } = await lab.call("debug", "reverseContinue", { condition: `fired(${neuron})` });
    if (reached) expect(await lab.call("connectome", "getNeuron", { id: neuron })).toMatchObject({ fired: true });
  });

  test("runTo gives up after the bursts it may run", async () => {
    const { lab } = await stimulated();
    expect(await lab.call("debug", "runTo", { condition: "1 > 2", most: 7 })).toMatchObject({ reached: null, status: { burst: 7 } });
  });

  test("reverse continue needs a breakpoint or a condition", async () => {
    const { lab } = await stimulated();
    await expect(lab.call("debug", "reverseContinue", {})).rejects.toMatchObject({ code: "E_CONFLICT" });
    await lab.call("brain", "step", { bursts: 20 });
    const { id } = await lab.call("debug", "add", { condition: "1 > 0" });
    expect(await lab.call("debug", "reverseContinue", {})).toMatchObject({ reached: { breakpoint: id, burst: 19 } });
  });
});

describe("causes of a spike in the living brain", () => {
  test("why, why not, effects, tree and another past answer exactly, while the brain stays where it is", async () => {
    const { lab } = await stimulated();
    await lab.call("brain", "step", { bursts: 24 });
    const { last } = (await lab.call("debug", "evaluate", { condition: "1 > 0" })).recorded;
    const answers = { fired: 0, silent: 0, spikes: 0 };
    const areas = await lab.call("connectome", "listAreas", {});
    for (const { firstNeuron, neurons, kind } of areas) {
      for (let neuron = firstNeuron; neuron < firstNeuron + Math.min(neurons, 6); neuron++) {
        const question = { neuron, burst: 24 };
        const answer = await lab.call("debug", "whyNot", question).catch((error) => {
          expect(error).toMatchObject({ code: "E_CONFLICT" });
          return lab.call("debug", "why", question);
        });
        expect(answer.exact, `${kind} neuron ${neuron}`).toBe(true);
        answers[answer.fired ? "fired" : "silent"]++;
        if (!answer.fired) continue;
        const tree = await lab.call("debug", "tree", { ...question, depth: 2 });
        expect(tree.nodes.every(({ exact }) => exact)).toBe(true);
        const spike = answer.contributions.find(({ synapse }) => synapse !== null)?.synapse;
        if (!spike) continue;
        answers.spikes++;
        const without = await lab.call("debug", "without", { ...question, synapses: [spike.slot] });
        expect(without.from).toBe(spike.firedAt);
        const { sent } = await lab.call("debug", "effects", { neuron: spike.source, burst: spike.firedAt });
        expect(sent).toContainEqual(expect.objectContaining({ slot: spike.slot, arrival: 24, targetFired: true }));
      }
    }
    expect(last.length).toBe(24);
    expect(answers.fired).toBeGreaterThan(0);
    expect(answers.silent).toBeGreaterThan(0);
    expect(answers.spikes).toBeGreaterThan(0);
    expect((await status(lab)).burst).toBe(24);
    await expect(lab.call("debug", "why", { neuron: 0, burst: 99 })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    await expect(lab.call("debug", "why", { neuron: 40_000_000, burst: 3 })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    await expect(lab.call("debug", "without", { neuron: 1, burst: 3 })).rejects.toMatchObject({ code: "E_INVALID" });
  });

  test("a long answer can be cancelled", async () => {
    const { lab } = await stimulated();
    await lab.call("brain", "step", { bursts: 5 });
    const cancelled = { signal: { aborted: true }, source: "test" };
    for (const [name, input] of [
      ["debug.tree", { neuron: 1, burst: 5 }],
      ["debug.without", { neuron: 1, burst: 5, sources: [0] }],
      ["debug.evaluate", { condition: "1 > 2" }],
    ] as const) {
      await expect(lab.lab.call(name, input, cancelled), name).rejects.toMatchObject({ code: "E_CANCELLED" });
    }
  });
});
