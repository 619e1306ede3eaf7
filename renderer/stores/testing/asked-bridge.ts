/** A bridge whose answers a test gives, in a table or call by call, and that remembers what was asked. */
import type { CommandName, LabBridge } from "../../bridge/lab-bridge.ts";

export interface Asked {
  name: string;
  input: Record<string, unknown>;
  signal: AbortSignal | undefined;
}

export function askedBridge(answer: (asked: Asked) => unknown): { bridge: LabBridge; asked: Asked[]; names(): string[] } {
  const asked: Asked[] = [];
  const bridge = {
    connection: { phase: "open", write: true },
    call: async (name: CommandName, input: object, options?: { signal?: AbortSignal }) => {
      const one = { name, input: input as Record<string, unknown>, signal: options?.signal };
      asked.push(one);
      return answer(one);
    },
  } as unknown as LabBridge;
  return { bridge, asked, names: () => asked.map(({ name }) => name) };
}

/** An answer that comes when the test says so. */
export function later<T>(): { answer: Promise<T>; give: (value: T) => void; refuse: (error: Error) => void } {
  let give: (value: T) => void = () => {};
  let refuse: (error: Error) => void = () => {};
  const answer = new Promise<T>((resolve, reject) => {
    give = resolve;
    refuse = reject;
  });
  return { answer, give, refuse };
}
