/** The stores of one workspace: all three in one SQLite file, or all three in memory when that file cannot be opened. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { CheckpointStore, EventStore, LabLog, SettingsStore } from "#services/ports.ts";
import { createCheckpointStore } from "./checkpoint-store.ts";
import { createEventStore } from "./event-store.ts";
import { createMemoryEventStore } from "./memory-event-store.ts";
import { createMemoryCheckpointStore, createMemorySettingsStore } from "./memory-stores.ts";
import { openDatabase } from "./open-database.ts";
import { createSettingsStore } from "./settings-store.ts";

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
    const database = await openDatabase(file);
    const lost = (error: unknown) => log.warn("events are not persisted any more", { file, reason: reasonOf(error) });
    const events = createEventStore(database, { onLost: lost });
    const stores = { events, checkpoints: createCheckpointStore(database), settings: createSettingsStore(database) };
    return {
      ...stores,
      close() {
        events.close();
        database.close();
      },
    };
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

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
