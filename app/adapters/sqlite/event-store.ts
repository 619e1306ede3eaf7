/**
 * The event store on SQLite: gapless sequence numbers, a hash chain, group commit, bounded length.
 *
 * There is one writer. Appended events wait at most 5 ms, or until 256 are gathered, for one transaction; the promise resolves
 * after it. When the file cannot be written any more the store goes on in memory and says so by `durable`. Edits (genome.*,
 * connectome.*) stay until a checkpoint holds them, so trimming may leave holes behind; each row keeps the hash before it.
 * Source: spec/router-and-rollout.md section 6.
 */
import { createHash } from "node:crypto";
import { ulid } from "ulid";
import type { LabEvent } from "#contracts/commands/session.ts";
import { LabError } from "#contracts/errors.ts";
import type { EventStore, NewEvent } from "#services/ports.ts";
import { createMemoryEventStore } from "./memory-event-store.ts";
import type { Database } from "./open-database.ts";

const COMMIT_MS = 5;
const COMMIT_EVENTS = 256;
const RETAINED_EVENTS = 100_000;

interface Waiting {
  events: readonly NewEvent[];
  resolve(range: { first: number; last: number }): void;
  reject(error: unknown): void;
}

interface EventRow {
  seq: number;
  id: string;
  time: string;
  type: string;
  source: string;
  data: string;
  previous: Uint8Array;
  hash: Uint8Array;
}

export interface EventStoreOptions {
  retained?: number;
  /** Told once when the store falls back to memory. */
  onLost?: (error: unknown) => void;
}

export function createEventStore(database: Database, options: EventStoreOptions = {}): EventStore {
  return new SqliteEventStore(database, options);
}

class SqliteEventStore implements EventStore {
  readonly #database: Database;
  readonly #retained: number;
  readonly #onLost: (error: unknown) => void;
  readonly #insert;
  #head: number;
  #hash: Uint8Array;
  /** Rows in the table. */
  #count: number;
  #waiting: Waiting[] = [];
  #waitingEvents = 0;
  #timer: NodeJS.Timeout | null = null;
  #memory: EventStore | null = null;

  constructor(database: Database, { retained = RETAINED_EVENTS, onLost = () => {} }: EventStoreOptions) {
    this.#database = database;
    this.#retained = retained;
    this.#onLost = onLost;
    const chain = database.prepare("select head, hash from chain").get() as { head: number; hash: Uint8Array };
    this.#head = chain.head;
    this.#hash = chain.hash;
    this.#count = database.prepare("select count(*) from event").pluck().get() as number;
    this.#insert = database.prepare("insert into event values (@seq, @id, @time, @type, @source, @data, @previous, @hash)");
  }

  get durable(): boolean {
    return this.#memory === null;
  }

  get head(): number {
    return this.#memory?.head ?? this.#head + this.#waitingEvents;
  }

  append(events: readonly NewEvent[], { expectedSeq }: { expectedSeq?: number } = {}): Promise<{ first: number; last: number }> {
    if (this.#memory) return this.#memory.append(events, expectedSeq === undefined ? {} : { expectedSeq });
    if (expectedSeq !== undefined && expectedSeq !== this.head) {
      return Promise.reject(new LabError("E_CONFLICT", "The event log has moved on", { expectedSeq, head: this.head }));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events, resolve, reject });
      this.#waitingEvents += events.length;
      if (this.#waitingEvents >= COMMIT_EVENTS) this.#commit();
      else this.#timer ??= setTimeout(() => this.#commit(), COMMIT_MS);
    });
  }

  read({ after, limit, newest = false, type }: { after: number; limit: number; newest?: boolean; type?: string }): LabEvent[] {
    this.#commit();
    if (this.#memory) return this.#memory.read({ after, limit, newest, ...(type === undefined ? {} : { type }) });
    const rows = this.#database
      .prepare(
        `select seq, time, type, source, data from event where seq > @after and (@type is null or type = @type)
         order by seq ${newest ? "desc" : "asc"} limit @limit`,
      )
      .all({ after, limit, type: type ?? null }) as EventRow[];
    if (newest) rows.reverse();
    return rows.map(({ data, ...row }) => ({ ...row, data: JSON.parse(data) as unknown }));
  }

  releaseEdits(seq: number): void {
    if (this.#memory) return;
    this.#attempt(() => this.#database.prepare("update chain set released = max(released, ?)").run(seq));
  }

  verify(): { events: number; firstBroken: number | null } {
    this.#commit();
    const { trimmed, head, hash } = this.#database.prepare("select trimmed, head, hash from chain").get() as {
      trimmed: number;
      head: number;
      hash: Uint8Array;
    };
    let events = 0;
    let before: EventRow | null = null;
    for (const row of this.#database.prepare("select * from event order by seq").iterate() as IterableIterator<EventRow>) {
      const follows = before !== null && before.seq === row.seq - 1;
      // A hole is fine where trimming has been, nowhere else.
      const joined = follows ? equal(before!.hash, row.previous) : row.seq - 1 <= trimmed;
      if (!joined || !equal(hashOf(row), row.hash)) return { events, firstBroken: row.seq };
      before = row;
      events++;
    }
    const ends = before === null ? head === trimmed : before.seq === head && equal(before.hash, hash);
    return { events, firstBroken: ends ? null : head };
  }

  close(): void {
    this.#commit();
  }

  #commit(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting.length === 0) return;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#waitingEvents = 0;
    const ranges: { first: number; last: number }[] = [];
    const done = this.#attempt(() => {
      const time = new Date().toISOString();
      this.#database.transaction(() => {
        let [seq, hash] = [this.#head, this.#hash];
        for (const { events } of batch) {
          const first = seq + 1;
          for (const { type, source, data } of events) {
            const row = { seq: ++seq, id: ulid(), time, type, source, data: JSON.stringify(data ?? null), previous: hash };
            hash = hashOf(row);
            this.#insert.run({ ...row, hash });
          }
          ranges.push({ first, last: seq });
        }
        this.#database.prepare("update chain set head = ?, hash = ?").run(seq, hash);
        const count = this.#count + seq - this.#head;
        this.#count = count - this.#trim(count - this.#retained);
        [this.#head, this.#hash] = [seq, hash];
      })();
    });
    batch.forEach(({ events, resolve, reject }, i) => {
      if (done) resolve(ranges[i]!);
      else this.#memory!.append(events).then(resolve, reject);
    });
  }

  /** Removes the `excess` oldest rows that may go; returns how many went. */
  #trim(excess: number): number {
    if (excess <= 0) return 0;
    const gone = this.#database
      .prepare(
        `delete from event where seq in (
           select seq from event where seq <= (select released from chain) or not (type glob 'genome.*' or type glob 'connectome.*')
           order by seq limit ?) returning seq`,
      )
      .pluck()
      .all(excess) as number[];
    const newest = gone.reduce((most, seq) => Math.max(most, seq), 0);
    this.#database.prepare("update chain set trimmed = max(trimmed, ?)").run(newest);
    return gone.length;
  }

  /** Runs a write; on failure the store moves to memory. */
  #attempt(write: () => void): boolean {
    try {
      write();
      return true;
    } catch (error) {
      this.#memory = createMemoryEventStore({ head: this.#head, retained: this.#retained });
      this.#onLost(error);
      return false;
    }
  }
}

/** sha256 over the event's canonical JSON and the hash before it. */
function hashOf({ seq, id, time, type, source, data, previous }: Omit<EventRow, "hash">): Uint8Array {
  return createHash("sha256")
    .update(JSON.stringify([seq, id, time, type, source, data]))
    .update(previous)
    .digest();
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
