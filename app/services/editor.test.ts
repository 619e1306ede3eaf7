import { afterEach, describe, expect, test } from "vitest";
import { PatchWriter } from "#contracts/patch.ts";
import { createNeurons, createSynapses, removeNeurons, updateNeurons, updateWeights } from "#core/connectome/live-edits.ts";
import { editedText, type FlatDocument, gene, probeGenome, synapsesByPlace, withoutArea } from "#core/connectome/testing/living.ts";
import { grown } from "#core/development/grow.ts";
import { Checkpointer } from "./checkpointer.ts";
import { forgetOldest, isUnsaved } from "./edit-history.ts";
import { Editor } from "./editor.ts";
import { LabState } from "./lab-state.ts";
import { recover } from "./recovery.ts";
import { closeTestLabs, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

/** A brain whose every synapse has learned a weight of its own. */
async function learnedBrain() {
  const { ports } = await testLab();
  const state = new LabState(ports);
  const { image, ...connectome } = grown(probeGenome());
  const brain = await state.install({ id: "b", title: "probe", genomePath: null, connectome, engine: image });
  const { slot } = brain.runner.engine.synapses();
  const weights = new PatchWriter().begin("synapseWeights", 2 * slot.length);
  for (const one of slot) weights.u32(one).f32(1 + one / 64);
  await brain.runner.apply(weights.take());
  const editor = new Editor(state);
  const area = (name: string) => [...brain.connectome.areas.values()].find((one) => one.name === name);
  return {
    ports,
    state,
    brain,
    editor,
    area: (name: string) => area(name)!,
    has: (name: string) => area(name) !== undefined,
    places: () => synapsesByPlace(brain.connectome, brain.runner.engine),
    edit: (group: string, edit: (document: FlatDocument) => void) =>
      editor.commitGenome((genome) => ({ after: editedText(genome, edit), group }), "test"),
  };
}

const width =
  (x: number) =>
  ({ blueprint }: FlatDocument) => {
    blueprint[gene("cBBBBB", "cx-___bbx-i")] = x;
  };
const named =
  (name: string) =>
  ({ blueprint }: FlatDocument) => {
    blueprint[gene("cAAAAA", "cx-__name-t")] = name;
  };
const withoutC = (document: FlatDocument) => withoutArea(document, "cCCCCC");

describe("the history of a brain", () => {
  test("lists its steps with what each did, and any of them can be gone to and back", async () => {
    const { editor, edit, places, has } = await learnedBrain();
    const states = [places()];
    for (const [group, change] of [
      ["wider", width(6)],
      ["without C", withoutC],
      ["narrow", width(2)],
    ] as const) {
      await edit(group, change);
      states.push(places());
    }
    expect(editor.history()).toMatchObject([
      { index: 0, group: "wider", undone: false, summary: { neuronsAdded: 6, neuronsRemoved: 0, inGenome: true } },
      { index: 1, group: "without C", summary: { neuronsRemoved: 4, synapsesRemoved: 4 } },
      { index: 2, group: "narrow", summary: { neuronsRemoved: 12 } },
    ]);
    for (const index of [0, 3, 1, 2, 0]) {
      await editor.jumpTo(index, "test");
      expect(places()).toEqual(states[index]);
      expect(has("C")).toBe(index < 2);
      expect(editor.history().map(({ group, undone }) => [group, undone])).toEqual([
        ["wider", index < 1],
        ["without C", index < 2],
        ["narrow", index < 3],
      ]);
    }
    await expect(editor.jumpTo(4, "test")).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });

  test("holds edits of one group as one step", async () => {
    const { editor, edit, places, brain } = await learnedBrain();
    const before = places();
    await editor.beginGroup("drag B");
    for (const x of [5, 6, 7]) await edit("resize", width(x));
    await editor.endGroup();
    const after = places();
    await edit("rename", named("A2"));
    expect(brain.undo.map(({ group, parts }) => [group, parts.length])).toEqual([
      ["drag B", 3],
      ["rename", 1],
    ]);
    await editor.undo("test");
    await editor.undo("test");
    expect([places(), brain.undo.length, brain.redo.length]).toEqual([before, 0, 2]);
    await editor.redo("test");
    expect([places(), brain.undo.length, brain.redo.length]).toEqual([after, 1, 1]);
  });

  test("lets one step in the middle be reverted, with the weights it took, and refuses where a later one changed the same place", async () => {
    const { editor, edit, places, area } = await learnedBrain();
    const before = places();
    await edit("without C", withoutC);
    await edit("rename", named("A2"));
    await editor.revertOne(0, "test");
    expect(places()).toEqual(before);
    expect(area("A2").name).toBe("A2");
    expect(editor.history().map(({ group }) => group)).toEqual(["without C", "rename", "Revert without C"]);
    await edit("rename again", named("A3"));
    await expect(editor.revertOne(1, "test")).rejects.toMatchObject({
      code: "E_CONFLICT",
      message: expect.stringContaining("rename again"),
    });
    expect(area("A3").name).toBe("A3");
  });
});

test("what steps took out is forgotten from the oldest on when it is too much; they can be undone all the same", async () => {
  const { editor, edit, brain, places } = await learnedBrain();
  await edit("narrow", width(2));
  await edit("without C", withoutC);
  const [first, second] = brain.undo;
  forgetOldest(brain, 1 << 20);
  expect(brain.undo).toEqual([first, second]);
  forgetOldest(brain, 300);
  expect(brain.undo.map(({ parts }) => parts.map(({ kept }) => kept !== undefined))).toEqual([[false], [true]]);
  await editor.jumpTo(0, "test");
  expect(places()).toHaveLength(25);
});

describe("an edit", () => {
  test("is told beforehand exactly, without anything happening", async () => {
    const { editor, brain, edit } = await learnedBrain();
    const hash = brain.runner.engine.stateHash();
    const planned = await editor.plan((genome) => ({ after: editedText(genome, width(6)), group: "wider" }));
    expect([brain.runner.engine.stateHash(), brain.undo.length, isUnsaved(brain)]).toEqual([hash, 0, false]);
    expect(await edit("wider", width(6))).toEqual(planned);
  });

  test("that changes nothing is no step, and one that is cancelled leaves nothing", async () => {
    const { editor, brain, edit } = await learnedBrain();
    expect(await edit("nothing", () => {})).not.toBeNull();
    expect(await editor.commitGenome((after) => ({ after, group: "nothing" }), "test")).toBeNull();
    const steps = brain.undo.length;
    const wide = editedText(brain.connectome.genome, width(9));
    await expect(
      editor.commitGenome(
        () => ({ after: wide, group: "wide" }),
        "test",
        () => true,
      ),
    ).rejects.toMatchObject({ code: "E_CANCELLED" });
    expect(brain.undo).toHaveLength(steps);
  });

  test("keeps the counts of areas and mappings those of the engine", async () => {
    const { state, edit, area, editor } = await learnedBrain();
    const counts = async () => (await state.counts()).mappings.map(({ synapses }) => synapses);
    expect([await counts(), state.status().neurons]).toEqual([[12, 9, 4], 35]);
    await edit("wider", width(6));
    expect([await counts(), state.status().neurons, state.status().synapses]).toEqual([[18, 15, 4], 41, 37]);
    await editor.commitLive((connectome, engine) => removeNeurons(connectome, engine, [area("C").firstNeuron]), "remove", "test");
    expect([await counts(), state.status().neurons]).toEqual([[18, 15, 3], 40]);
    expect((await state.counts()).areas.find(({ name }) => name === "C")).toMatchObject({
      neurons: 4,
      livingNeurons: 3,
      incomingSynapses: 3,
    });
  });
});

describe("edits of neurons and synapses themselves", () => {
  test("are undone and redone, also after their area got another block, and are in no genome", async () => {
    const { editor, brain, edit, area, places, state } = await learnedBrain();
    const source = brain.connectome.genome.source;
    const first = places();
    const b = () => area("B").firstNeuron;
    const extra = brain.runner.engine.neuronCount;
    const values = { threshold: 4, leak: 0.25 };
    await editor.commitLive(
      (connectome, engine) => createNeurons(connectome, engine, area("B").id, [{ voxel: [1, 0, 0], values }]),
      "create",
      "test",
    );
    await editor.commitLive(
      (connectome, engine) => createSynapses(connectome, engine, [{ source: b(), target: extra, weight: 3, delay: 2 }]),
      "connect",
      "test",
    );
    await editor.commitLive(
      (connectome, engine) => updateWeights(connectome, engine, [{ source: b(), target: extra, weight: 5 }]),
      "strengthen",
      "test",
    );
    await editor.commitLive((connectome, engine) => updateNeurons(connectome, engine, [b() + 1], { threshold: 9 }), "raise", "test");
    const summary = await editor.commitLive((connectome, engine) => removeNeurons(connectome, engine, [b() + 2]), "remove", "test");
    expect(summary).toMatchObject({ neuronsRemoved: 1, inGenome: false });
    expect([brain.connectome.genome.source, isUnsaved(brain)]).toEqual([source, true]);
    const last = places();
    expect(last).toContain(`${area("B").id}/0 id ${extra} 5 20 0 2`);
    expect(brain.runner.engine.neuronSettings(Uint32Array.of(b() + 1, b() + 2, extra))).toMatchObject({
      valid: Uint8Array.of(1, 0, 1),
      threshold: Float32Array.of(9, 0, 4),
      leak: Float32Array.of(0, 0, 0.25),
    });
    await edit("wider", width(6));
    expect(brain.runner.engine.neuronSettings(Uint32Array.of(b() + 1, b() + 2, extra)).valid).toEqual(Uint8Array.of(1, 0, 1));
    await editor.undo("test");
    expect(places()).toEqual(last);
    await editor.jumpTo(0, "test");
    expect(places()).toEqual(first);
    expect([state.status().neurons, brain.connectome.extras.size, brain.connectome.holes.size]).toEqual([35, 0, 0]);
    await editor.jumpTo(5, "test");
    expect(places()).toEqual(last);
    expect(state.status().neurons).toBe(35);
  });

  test("are undone after the area they were in was removed and came back", async () => {
    const { editor, edit, area, places, brain } = await learnedBrain();
    const first = places();
    const extra = brain.runner.engine.neuronCount;
    await editor.commitLive((c, e) => removeNeurons(c, e, [area("C").firstNeuron + 2]), "remove", "test");
    await editor.commitLive((c, e) => createNeurons(c, e, area("C").id, [{ voxel: [0, 0, 0] }]), "create", "test");
    await editor.commitLive(
      (c, e) => createSynapses(c, e, [{ source: area("B").firstNeuron, target: extra, weight: 3 }]),
      "connect",
      "test",
    );
    const last = places();
    await edit("without C", withoutC);
    await editor.undo("test");
    expect(places()).toEqual(last);
    await editor.jumpTo(0, "test");
    expect(places()).toEqual(first);
    await editor.jumpTo(4, "test");
    expect(brain.connectome.areas.size).toBe(9);
  });

  test("refuse what is not there or means nothing, before anything changes", async () => {
    const { editor, brain, area } = await learnedBrain();
    const hash = brain.runner.engine.stateHash();
    const attempts = [
      editor.commitLive((c, e) => updateNeurons(c, e, [area("A").firstNeuron], {}), "", "test"),
      editor.commitLive((c, e) => removeNeurons(c, e, [99_999]), "", "test"),
      editor.commitLive((c, e) => createNeurons(c, e, area("B").id, [{ voxel: [4, 0, 0] }]), "", "test"),
      editor.commitLive((c, e) => updateWeights(c, e, [{ source: 7, target: 7, weight: 1 }]), "", "test"),
      editor.commitLive((c, e) => removeNeurons(c, e, [1]), "", "test"),
    ];
    const codes = (await Promise.allSettled(attempts)).map((one) => (one.status === "rejected" ? one.reason.code : "done"));
    expect(codes).toEqual(["E_INVALID", "E_NOT_FOUND", "E_INVALID", "E_NOT_FOUND", "E_INVALID"]);
    expect([brain.runner.engine.stateHash(), brain.undo.length]).toEqual([hash, 0]);
  });
});

test("a crash after structural edits, groups and undo recovers the brain they led to", async () => {
  const { editor, edit, state, brain, places, area, ports } = await learnedBrain();
  await new Checkpointer(state).write({ hurry: true });
  await editor.beginGroup("drag");
  for (const x of [5, 6]) await edit("resize", width(x));
  await editor.endGroup();
  await editor.commitLive((connectome, engine) => removeNeurons(connectome, engine, [area("B").firstNeuron + 3]), "remove", "test");
  await edit("without C", withoutC);
  await editor.undo("test");
  const again = new LabState(ports);
  expect(await recover(again, new Editor(again), new Checkpointer(again))).toBe(true);
  const back = again.living;
  expect(synapsesByPlace(back.connectome, back.runner.engine)).toEqual(places());
  expect(back.connectome.areas).toEqual(brain.connectome.areas);
  expect([back.undo, back.redo].map((steps) => steps.map(({ group, parts }) => [group, parts.length]))).toEqual([
    [
      ["drag", 2],
      ["remove", 1],
    ],
    [["without C", 1]],
  ]);
  expect(back.runner.engine.stateHash()).toBe(brain.runner.engine.stateHash());
});

test("an edit of a brain that stands still is saved by itself, once", async () => {
  const { ports, state, edit } = await learnedBrain();
  const checkpointer = new Checkpointer(
    Object.assign(state, { ports: { ...ports, options: { ...ports.options, checkpointSeconds: 0.02 } } }),
  );
  checkpointer.start();
  try {
    expect(ports.checkpoints.newest()).toBeNull();
    await edit("wider", width(6));
    while (ports.checkpoints.newest() === null) await ports.clock.sleep(5).done;
    await ports.clock.sleep(100).done;
    const written = ports.events.read({ after: 0, limit: 1000, type: "brain.checkpoint" });
    expect([written.length, state.living.checkpointDue]).toEqual([1, false]);
  } finally {
    await checkpointer.close();
  }
});
