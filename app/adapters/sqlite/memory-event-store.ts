/** The event store in memory, for when no file can be written: the same behaviour, gone with the process (`durable` false). */
import type { LabEvent } from "#contracts/commands/session.ts";
import { LabError } from "#contracts/errors.ts";
import type { EventStore } from "#services/ports.ts";

export function createMemoryEventStore({ head = 0, retained = 100_000 }: { head?: number; retained?: number } = {}): EventStore {
  let events: LabEvent[] = [];
  let newestSeq = head;
  return {
    durable: false,
    get head() {
      return newestSeq;
    },
    async append(added, { expectedSeq } = {}) {
      if (expectedSeq !== undefined && expectedSeq !== newestSeq) {
        throw new LabError("E_CONFLICT", "The event log has moved on", { expectedSeq, head: newestSeq });
      }
      const first = newestSeq + 1;
      const time = new Date().toISOString();
      for (const { type, source, data } of added) events.push({ seq: ++newestSeq, time, type, source, data: structuredClone(data) });
      if (events.length > retained) events = events.slice(-retained);
      return { first, last: newestSeq };
    },
    read({ after, limit, newest = false, type }) {
      const found = events.filter((event) => event.seq > after && (type === undefined || event.type === type));
      return newest ? found.slice(-limit) : found.slice(0, limit);
    },
    releaseEdits() {},
    verify: () => ({ events: events.length, firstBroken: null }),
    close() {},
  };
}
