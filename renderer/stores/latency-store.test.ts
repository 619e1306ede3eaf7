import { expect, test, vi } from "vitest";
import type { Connection } from "../bridge/lab-bridge.ts";
import { createLatency } from "./latency-store.ts";

/** A host whose answers take as long as is said, on a clock of its own. */
function host(answers: (number | Error)[]) {
  vi.useFakeTimers();
  let now = 0;
  let seen = true;
  let listener: (connection: Connection) => void = () => {};
  const open = { phase: "open" } as Connection;
  const bridge = {
    connection: open,
    call: vi.fn(async () => {
      const answer = answers.shift() ?? 1;
      if (answer instanceof Error) throw answer;
      now += answer;
      return {} as never;
    }),
    onConnection(of: typeof listener) {
      listener = of;
      of(open);
      return () => {};
    },
  };
  const latency = createLatency({ bridge, nowMs: () => now, isSeen: () => seen });
  const stop = latency.watch();
  return {
    ...{ latency, bridge, stop },
    tell: (phase: Connection["phase"]) => listener({ phase } as Connection),
    look: (looks: boolean) => {
      seen = looks;
    },
    pass: () => vi.advanceTimersByTimeAsync(10_000),
  };
}

test("it is asked at once and then every ten seconds; the median is told, and an answer that fails counts for nothing", async () => {
  const { latency, pass, stop, bridge } = host([4, 90, new Error("refused"), 6]);
  await vi.advanceTimersByTimeAsync(0);
  expect(latency.store.getState().ms).toBe(4);
  await pass();
  await pass();
  await pass();
  expect(latency.store.getState().ms).toBe(6);
  stop();
  await pass();
  expect(bridge.call).toHaveBeenCalledTimes(4);
  vi.useRealTimers();
});

test("nobody is asked for a window that nobody looks at, and what is lost has no latency", async () => {
  const { latency, pass, look, tell, stop, bridge } = host([4]);
  await vi.advanceTimersByTimeAsync(0);
  look(false);
  await pass();
  expect(bridge.call).toHaveBeenCalledTimes(1);
  tell("lost");
  expect(latency.store.getState().ms).toBeNull();
  stop();
  vi.useRealTimers();
});
