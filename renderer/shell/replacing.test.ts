/** The question before a brain with unsaved edits is replaced; the journeys press its buttons. */
import { expect, test, vi } from "vitest";
import { createBrainStore } from "../stores/brain-store.ts";
import { askedBridge } from "../stores/testing/asked-bridge.ts";
import { replaceBrain } from "./replacing.ts";
import { createShell } from "./shell-store.ts";

const step = (group: string, more: { undone?: boolean; inGenome?: boolean } = {}) => ({
  ...{ index: 0, group, time: "", undone: more.undone ?? false, saved: false },
  summary: { inGenome: more.inGenome ?? true },
});

function bench({ status = {}, steps = [step("Resize V1")] as unknown[] } = {}) {
  const { bridge, asked } = askedBridge(
    ({ name }) => ({ "connectome.history": steps, "genome.samples": [{ path: "/samples/tiny.json" }] })[name as string],
  );
  const brain = createBrainStore();
  brain.setState({ status: { brainId: "b", unsaved: true, title: "Mine", genomePath: "/g/mine.json", ...status } as never });
  const shell = createShell();
  const load = vi.fn(async () => "opened");
  const question = async () => {
    await vi.waitFor(() => expect(shell.getState().replacing).not.toBeNull());
    return shell.getState().replacing!;
  };
  return { open: (name = "Other") => replaceBrain({ bridge, stores: { brain }, shell }, name, load), load, question, shell, asked };
}

test("nothing unsaved, or no brain: it is opened at once", async () => {
  for (const status of [{ unsaved: false }, { brainId: null }]) {
    const { open, shell, asked } = bench({ status });
    await expect(open()).resolves.toBe("opened");
    expect(asked).toEqual([]);
    expect(shell.getState().replacing).toBeNull();
  }
});

test("edits are asked about; only who goes on opens, and who stays is told nothing", async () => {
  const going = bench();
  const opened = going.open();
  const asked = await going.question();
  expect(asked).toMatchObject({ opening: "Other", title: "Mine", path: "/g/mine.json", steps: [{ group: "Resize V1" }] });
  expect(going.load).not.toHaveBeenCalled();
  asked.answer(true);
  await expect(opened).resolves.toBe("opened");
  expect(going.shell.getState().replacing).toBeNull();

  const staying = bench();
  const kept = staying.open();
  (await staying.question()).answer(false);
  await expect(kept).rejects.toMatchObject({ code: "E_CANCELLED" });
  expect(staying.load).not.toHaveBeenCalled();
});

test("a sample is not written over, nor a genome that cannot hold the edit; a brain file holds all", async () => {
  const pathOf = async (...given: Parameters<typeof bench>) => {
    const asking = bench(...given);
    asking.open().catch(() => {});
    return (await asking.question()).path;
  };
  expect(await pathOf({ status: { genomePath: "/samples/tiny.json" } })).toBeNull();
  expect(await pathOf({ steps: [step("Change neuron 7", { inGenome: false })] })).toBeNull();
  expect(await pathOf({ steps: [step("Resize V1", { undone: true })] })).toBeNull();
  expect(await pathOf({ steps: [step("Change neuron 7", { inGenome: false })], status: { genomePath: "/g/mine.brain" } })).toBe(
    "/g/mine.brain",
  );
});

test("who asks again has cancelled what was asked before", async () => {
  const asking = bench();
  const first = asking.open("A");
  await asking.question();
  const second = asking.open("B");
  await expect(first).rejects.toMatchObject({ code: "E_CANCELLED" });
  await vi.waitFor(() => expect(asking.shell.getState().replacing?.opening).toBe("B"));
  asking.shell.getState().replacing?.answer(true);
  await expect(second).resolves.toBe("opened");
  expect(asking.load).toHaveBeenCalledTimes(1);
});
