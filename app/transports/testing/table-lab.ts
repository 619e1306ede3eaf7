/** A lab for the doors' tests: answers from a table, remembers its calls, and hands out frames only against credit as the real one does. */
import type { CallContext } from "#contracts/command.ts";
import { LabError } from "#contracts/errors.ts";
import type { Announcement } from "#contracts/wire.ts";
import type { Lab } from "#services/lab.ts";

export interface TableLab extends Lab {
  readonly calls: { name: string; input: unknown; context: CallContext }[];
  announce(announcement: Announcement): void;
  /** A burst happened: viewers with credit get it. */
  emit(words: number): void;
  readonly skipped: number;
  readonly listeners: number;
}

export function tableLab(table: Record<string, (input: never, context: CallContext) => unknown> = {}): TableLab {
  const calls: TableLab["calls"] = [];
  const listeners = new Set<(announcement: Announcement) => void>();
  const viewers = new Set<{ credit: number; sink: (message: ArrayBuffer) => void }>();
  let skipped = 0;
  return {
    calls,
    get skipped() {
      return skipped;
    },
    get listeners() {
      return listeners.size + viewers.size;
    },
    async call(name, input, context) {
      calls.push({ name, input, context });
      const answer = table[name];
      if (!answer) throw new LabError("E_NOT_FOUND", `No command ${name}`, { name }, "See gyrus commands.");
      return answer(input as never, context);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    openFrames(sink) {
      const viewer = { credit: 0, sink };
      viewers.add(viewer);
      return {
        credit: (frames) => {
          viewer.credit += frames;
        },
        close: () => viewers.delete(viewer),
      };
    },
    announce: (announcement) => {
      for (const listener of listeners) listener(announcement);
    },
    emit(words) {
      for (const viewer of viewers) {
        if (viewer.credit === 0) skipped++;
        else {
          viewer.credit--;
          viewer.sink(Uint32Array.from({ length: words }, (_, index) => index).buffer);
        }
      }
    },
    close: async () => {},
  };
}
