import { expect, test } from "vitest";
import { whyMemory } from "./memory.ts";

/** What is asked of a memory last seen in burst 20 by a brain that stands at `burst`, with these recorded firings. */
async function askedAt(burst: number, firings: number[]) {
  const asked: object[] = [];
  const stores = {
    memories: { store: { getState: () => ({ memory: { id: 50_000_000, lastSeen: 20 } }) } },
    brain: { getState: () => ({ status: { burst } }) },
    why: { ask: async (question: object) => void asked.push(question) },
  };
  const bridge = { call: async () => ({ recorded: { last: firings } }) };
  await whyMemory({ bridge, stores, shell: { getState: () => ({ docks: null }) } } as never);
  return asked;
}

test("why a memory fired is asked of the burst after its pattern, once that has run", async () => {
  expect(await askedAt(25, [13, 21])).toEqual([{ neuron: 50_000_000, burst: 21 }]);
});

test("one whose pattern was there in the newest burst is asked about its last firing, or why it is silent", async () => {
  expect(await askedAt(20, [5, 13])).toEqual([{ neuron: 50_000_000, burst: 13 }]);
  expect(await askedAt(20, [])).toEqual([{ neuron: 50_000_000, burst: 20 }]);
});
