/** Figures that are no burst: hand-over of frames between threads, appends to the event store. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { MessageChannel } from "node:worker_threads";
import { createEventStore } from "#adapters/sqlite/event-store.ts";
import { openDatabase } from "#adapters/sqlite/open-database.ts";
import { frameCapacityWords, readFrameSections } from "#contracts/frame.ts";
import { feagiImage, permuted } from "./networks.ts";
import type { Row, Sitting } from "./suite.ts";

/** Milliseconds of contenders that run on one thread. */
function rowsOf(metric: string, times: Record<string, number[]>): Row[] {
  return Object.entries(times).map(([engine, values]) => ({ metric, unit: "ms", engine, threads: 1, values }));
}

/** A frame of 1.2 million fired neurons, sent over a port and decoded. Its floor: one copy of the same ids. */
export async function handOver({ engines, repeat }: Sitting): Promise<Row[]> {
  const image = feagiImage(permuted(1_200_000), { threshold: 1, weight: 2, psp: 2, inhibits: false });
  const times: Record<string, number[]> = {};
  const ids = new Uint32Array(1_200_000);
  for (const { name, make } of engines) {
    const engine = make(1);
    engine.load(image);
    engine.apply(stageAll(1_200_000));
    const frame = new Uint32Array(frameCapacityWords(1_200_000, 1));
    const words = engine.burstIntoSync(frame);
    engine.dispose();
    const ms: number[] = [];
    for (let i = 0; i < repeat * 5; i++) ms.push(await sendAndDecode(frame.slice(0, words)));
    times[name] = ms.slice(1);
  }
  times.floor = [];
  for (let i = 0; i < repeat * 5; i++) {
    const started = performance.now();
    new Uint32Array(ids.length).set(ids);
    times.floor.push(performance.now() - started);
  }
  return rowsOf("hand-over", times);
}

function stageAll(count: number): Uint32Array {
  const words = new Uint32Array(2 + count * 2);
  const floats = new Float32Array(words.buffer);
  words.set([1, count * 2]);
  for (let i = 0; i < count; i++) {
    words[2 + i * 2] = i;
    floats[3 + i * 2] = 2;
  }
  return words;
}

function sendAndDecode(frame: Uint32Array<ArrayBuffer>): Promise<number> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const started = performance.now();
    port2.once("message", (buffer: ArrayBuffer) => {
      for (const section of readFrameSections(new Uint32Array(buffer))) if (section.ids.length === 0) throw new Error("an empty section");
      resolve(performance.now() - started);
      port1.close();
    });
    port1.postMessage(frame.buffer, [frame.buffer]);
  });
}

/** 10,000 events, chained and committed. Its floor: the same rows by a bare prepared statement in one transaction. */
export async function eventAppend({ repeat }: Sitting): Promise<Row[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "gyrus-bench-"));
  const store: number[] = [];
  const bare: number[] = [];
  try {
    for (let i = 0; i < repeat; i++) {
      store.push(await appendToStore(path.join(folder, `store-${i}.db`)));
      bare.push(await appendBare(path.join(folder, `bare-${i}.db`)));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rowsOf("append", { reference: store, floor: bare });
}

const EVENTS = 10_000;
const anEvent = (i: number) => ({ type: "brain.stepped", source: "bench", data: { burst: i, fired: i % 97 } });

async function appendToStore(file: string): Promise<number> {
  const database = await openDatabase(file);
  const store = createEventStore(database);
  const started = performance.now();
  const appends: Promise<unknown>[] = [];
  for (let i = 0; i < EVENTS; i++) appends.push(store.append([anEvent(i)]));
  await Promise.all(appends);
  const ms = performance.now() - started;
  store.close();
  database.close();
  return ms;
}

async function appendBare(file: string): Promise<number> {
  const database = await openDatabase(file);
  database.exec("create table bare (seq integer primary key, time text, type text, source text, data text)");
  const insert = database.prepare("insert into bare (time, type, source, data) values (?, ?, ?, ?)");
  const started = performance.now();
  database.transaction(() => {
    for (let i = 0; i < EVENTS; i++) {
      const { type, source, data } = anEvent(i);
      insert.run(new Date().toISOString(), type, source, JSON.stringify(data));
    }
  })();
  const ms = performance.now() - started;
  database.close();
  return ms;
}
