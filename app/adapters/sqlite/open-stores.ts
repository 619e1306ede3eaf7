/** The stores of one workspace: all three in one SQLite file, or all three in memory when that file cannot be opened. */
import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import type { CheckpointStore, EventStore, LabLog, SettingsStore } from "#services/ports.ts";
import { createCheckpointStore } from "./checkpoint-store.ts";
import { createEventStore } from "./event-store.ts";
import { createMemoryEventStore } from "./memory-event-store.ts";
import { createMemoryCheckpointStore, createMemorySettingsStore } from "./memory-stores.ts";
import { type Database, openDatabase } from "./open-database.ts";
import { createSettingsStore } from "./settings-store.ts";

/** What SQLite answers when the bytes are not those of a database. */
const damaged: ReadonlySet<string> = new Set(["SQLITE_NOTADB", "SQLITE_CORRUPT"]);

export interface Stores {
  events: EventStore;
  checkpoints: CheckpointStore;
  settings: SettingsStore;
  close(): void;
}

export async function openStores(folder: string, log: LabLog): Promise<Stores> {
  const file = path.join(folder, "lab.db");
  try {
    await mkdir(folder, { recursive: true });
    return openWorkspace(await openOrReplace(file, log), file, log);
  } catch (error) {
    log.warn("events are not persisted", { file, reason: reasonOf(error) });
    return {
      events: createMemoryEventStore(),
      checkpoints: createMemoryCheckpointStore(),
      settings: createMemorySettingsStore(),
      close() {},
    };
  }
}

function openWorkspace(database: Database, file: string, log: LabLog): Stores {
  const lost = (error: unknown) => log.warn("events are not persisted any more", { file, reason: reasonOf(error) });
  const events = createEventStore(database, { onLost: lost });
  return {
    events,
    checkpoints: createCheckpointStore(database),
    settings: createSettingsStore(database),
    close() {
      events.close();
      database.close();
    },
  };
}

/** A file that is no database any more is kept under another name, and a new one begun: the lab must not stay without a memory. */
async function openOrReplace(file: string, log: LabLog): Promise<Database> {
  try {
    return await openDatabase(file);
  } catch (error) {
    if (!damaged.has((error as { code?: string }).code ?? "")) throw error;
    const kept = `${file}.damaged`;
    for (const suffix of ["", "-wal", "-shm"]) {
      await rename(`${file}${suffix}`, `${kept}${suffix}`).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code !== "ENOENT") throw cause;
      });
    }
    log.warn("the event store was damaged; a new one begins, the old file is kept", { file, kept, reason: reasonOf(error) });
    return openDatabase(file);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
