import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createCheckpointStore } from "./checkpoint-store.ts";
import { type Database, openDatabase } from "./open-database.ts";

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "gyrus-checkpoints-"));
  database = await openDatabase(path.join(folder, "lab.db"));
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const bytes = (fill: number, length = 1000) => new Uint8Array(length).fill(fill);

function write(burst: number, engine: Uint8Array[], commit = true): number {
  const writer = createCheckpointStore(database).begin();
  const parts = [{ part: "meta" as const, bytes: bytes(burst, 10) }, ...engine.map((piece) => ({ part: "engine" as const, bytes: piece }))];
  const written = parts.reduce((sum, chunk) => sum + writer.put(chunk), 0);
  if (commit) writer.commit(burst);
  return written;
}

test("a checkpoint is read back whole, its chunks joined in order", () => {
  write(7, [bytes(1), bytes(2)]);
  const newest = createCheckpointStore(database).newest();
  expect(newest?.burst).toBe(7);
  expect([...(newest?.parts.engine ?? [])]).toEqual([...bytes(1), ...bytes(2)]);
});

test("only bytes that were not there are written", () => {
  expect(write(1, [bytes(1), bytes(2)])).toBe(2010);
  expect(write(2, [bytes(1), bytes(3)])).toBe(1010);
});

test("a checkpoint that was not finished is not seen", () => {
  write(1, [bytes(1)]);
  write(2, [bytes(2)], false);
  expect(createCheckpointStore(database).newest()?.burst).toBe(1);
});

test("a damaged checkpoint gives way to the one before it", () => {
  write(1, [bytes(1)]);
  write(2, [bytes(2)]);
  database.prepare("update chunk set bytes = ? where bytes = ?").run(bytes(9), bytes(2));
  expect(createCheckpointStore(database).newest()?.burst).toBe(1);
});

test("the last three are kept, and chunks no one names are removed", () => {
  for (let burst = 1; burst <= 5; burst++) write(burst, [bytes(100), bytes(burst)]);
  const count = (table: string) => database.prepare(`select count(*) from ${table}`).pluck().get();
  expect(count("checkpoint")).toBe(3);
  expect(count("chunk")).toBe(7);
});
