import { expect, test, vi } from "vitest";
import { mayQuit } from "./before-quit.ts";

const edit = (group: string, undone = false, inGenome = true, saved = false) => ({ group, undone, saved, summary: { inGenome } });
function bench({ status = {}, steps = [edit("Resize V1")], answer = 0, path = null as string | null, refuse = false } = {}) {
  const exported = vi.fn();
  const asked: { message: string; detail: string; buttons: string[] }[] = [];
  const told: string[] = [];
  const parts = {
    async call(name: string, input: unknown) {
      if (name === "brain.status") return { brainId: "b", unsaved: true, title: "Essential", genomePath: "/g/e.json", ...status };
      if (name === "connectome.history") return steps;
      if (name === "genome.samples") return [{ path: "/samples/essential.json" }];
      if (refuse) throw new Error("disk full");
      exported(name, input);
      return {};
    },
    ask: async (question: (typeof asked)[number]) => {
      asked.push(question);
      return answer;
    },
    askPath: async () => path,
    tell: (message: string) => void told.push(message),
  };
  return { parts, exported, asked, told };
}

test("without changes, without a brain and without a host nobody is asked", async () => {
  for (const status of [{ unsaved: false }, { brainId: null }]) {
    const { parts, asked } = bench({ status });
    expect(await mayQuit(parts)).toBe(true);
    expect(asked).toEqual([]);
  }
  expect(await mayQuit({ ...bench().parts, call: () => Promise.reject(new Error("gone")) })).toBe(true);
});

test("the question counts and names what was edited since the last save, and what of the file was taken back", async () => {
  const old = [edit("Add V3", false, true, true), edit("Delete V2", true)];
  const { parts, asked } = bench({ steps: [...old, edit("Resize V1"), edit("Rename Motor", true, true, true)], answer: 2 });
  expect(await mayQuit(parts)).toBe(false);
  expect(asked[0]).toMatchObject({ message: "Save the changes to Essential?", buttons: ["Save", "Discard", "Cancel"] });
  expect(asked[0]?.detail).toContain("2 edits:\n· Resize V1\n· Rename Motor, taken back");
});

test("saving writes to the file that was opened, discarding writes nothing", async () => {
  const saving = bench();
  expect(await mayQuit(saving.parts)).toBe(true);
  expect(saving.exported).toHaveBeenCalledWith("session.export", { format: "genome", path: "/g/e.json" });
  const discarding = bench({ answer: 1 });
  expect(await mayQuit(discarding.parts)).toBe(true);
  expect(discarding.exported).not.toHaveBeenCalled();
});

test("a brain without a file of its own asks for one, and stays when there is none or it cannot be written", async () => {
  expect(await mayQuit(bench({ status: { genomePath: null } }).parts)).toBe(false);
  const chosen = bench({ status: { genomePath: null }, path: "/g/new.brain" });
  expect(await mayQuit(chosen.parts)).toBe(true);
  expect(chosen.exported).toHaveBeenCalledWith("session.export", { format: "brain", path: "/g/new.brain" });
  const sample = bench({ status: { genomePath: "/samples/essential.json" }, path: "/g/mine.json" });
  expect(await mayQuit(sample.parts)).toBe(true);
  expect(sample.exported).toHaveBeenCalledWith("session.export", { format: "genome", path: "/g/mine.json" });
  const neuron = bench({ steps: [edit("Change neuron 7", false, false)], path: "/g/whole.brain" });
  expect(await mayQuit(neuron.parts)).toBe(true);
  expect(neuron.exported).toHaveBeenCalledWith("session.export", { format: "brain", path: "/g/whole.brain" });
  const refused = bench({ refuse: true });
  expect(await mayQuit(refused.parts)).toBe(false);
  expect(refused.told).toEqual(["disk full"]);
});
