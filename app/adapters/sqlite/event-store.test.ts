import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { NewEvent } from "#services/ports.ts";
import { createEventStore } from "./event-store.ts";
import { type Database, openDatabase } from "./open-database.ts";
import { openStores } from "./open-stores.ts";
import { createSettingsStore } from "./settings-store.ts";

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "gyrus-events-"));
  database = await openDatabase(path.join(folder, "lab.db"));
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const note = (n: number, type = "test.note"): NewEvent => ({ type, source: "test", data: { n } });
const notes = (count: number, type?: string) => Array.from({ length: count }, (_, n) => note(n, type));

test("appending resolves with gapless numbers in order, and reading gives the events back", async () => {
  const store = createEventStore(database);
  const ranges = await Promise.all([store.append([note(1)]), store.append([note(2), note(3)]), store.append([note(4)])]);
  expect(ranges).toEqual([
    { first: 1, last: 1 },
    { first: 2, last: 3 },
    { first: 4, last: 4 },
  ]);
  expect(store.read({ after: 1, limit: 2 }).map(({ seq, data }) => [seq, data])).toEqual([
    [2, { n: 2 }],
    [3, { n: 3 }],
  ]);
  expect(store.read({ after: 0, limit: 2, newest: true }).map(({ seq }) => seq)).toEqual([3, 4]);
  expect(store.verify()).toEqual({ events: 4, firstBroken: null });
});

test("an expected number that is not the head is a conflict and writes nothing", async () => {
  const store = createEventStore(database);
  await store.append([note(1)]);
  await expect(store.append([note(2)], { expectedSeq: 0 })).rejects.toMatchObject({ code: "E_CONFLICT" });
  await store.append([note(3)], { expectedSeq: 1 });
  expect(store.head).toBe(2);
});

test("100,500 events leave the newest 100,000, and the chain still verifies", async () => {
  const store = createEventStore(database);
  for (let i = 0; i < 201; i++) await store.append(notes(500));
  expect(store.read({ after: 0, limit: 1 })[0]?.seq).toBe(501);
  expect(store.verify()).toEqual({ events: 100_000, firstBroken: null });
});

test("edits outlive telemetry until a checkpoint holds them", async () => {
  const store = createEventStore(database, { retained: 10 });
  await store.append([note(0, "connectome.edited")]);
  await store.append(notes(20));
  expect(store.read({ after: 0, limit: 100 }).map(({ seq }) => seq)).toEqual([1, 13, 14, 15, 16, 17, 18, 19, 20, 21]);
  expect(store.verify().firstBroken).toBe(null);
  store.releaseEdits(1);
  await store.append([note(0)]);
  expect(store.read({ after: 0, limit: 1 })[0]?.seq).toBe(13);
});

test("numbers go on after the file is opened again", async () => {
  await createEventStore(database).append(notes(3));
  database.close();
  database = await openDatabase(path.join(folder, "lab.db"));
  expect(await createEventStore(database).append([note(4)])).toEqual({ first: 4, last: 4 });
});

test("a changed event is found by the hash chain", async () => {
  const store = createEventStore(database);
  await store.append(notes(5));
  database.prepare("update event set data = '{}' where seq = 3").run();
  expect(store.verify().firstBroken).toBe(3);
});

test("a store that cannot write goes on in memory and says so", async () => {
  let lost: unknown;
  const store = createEventStore(database, { onLost: (error) => (lost = error) });
  await store.append([note(1)]);
  database.pragma("query_only = on");
  expect(await store.append([note(2)])).toEqual({ first: 2, last: 2 });
  expect(store.durable).toBe(false);
  expect(lost).toBeInstanceOf(Error);
  expect(store.read({ after: 1, limit: 10 })).toHaveLength(1);
});

test("settings outlive the file being closed, and last for the session where it cannot be written", async () => {
  const settings = createSettingsStore(database);
  settings.set("rate", { hz: 30 });
  expect(createSettingsStore(database).get("rate")).toEqual({ hz: 30 });
  database.pragma("query_only = on");
  settings.set("rate", { hz: 60 });
  expect(settings.get("rate")).toEqual({ hz: 60 });
  expect(createSettingsStore(database).get("rate")).toEqual({ hz: 30 });
});

test("a folder that cannot be made gives stores in memory", async () => {
  const warnings: string[] = [];
  const stores = await openStores("/dev/null/lab", { info: () => {}, warn: (message) => warnings.push(message) });
  await stores.events.append([note(1)]);
  expect(stores.events.durable).toBe(false);
  expect(warnings).toHaveLength(1);
});

test("a file that is no database is kept beside the new one that begins", async () => {
  const own = path.join(folder, "damaged");
  mkdirSync(own);
  const bytes = Buffer.alloc(8192, "this was a database once ");
  writeFileSync(path.join(own, "lab.db"), bytes);
  const stores = await openStores(own, { info: () => {}, warn: () => {} });
  await stores.events.append([note(1)]);
  expect(stores.events.durable).toBe(true);
  stores.close();
  expect(readFileSync(path.join(own, "lab.db.damaged"))).toEqual(bytes);
  const again = await openStores(own, { info: () => {}, warn: () => {} });
  expect(again.events.head).toBe(1);
  again.close();
});
