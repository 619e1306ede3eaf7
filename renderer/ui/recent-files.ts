/** Genomes and brains that were opened by their path, newest first; kept in this window's storage. */
import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Kept } from "./kept.ts";

const File = z.object({ path: z.string(), title: z.string() });
export type RecentFile = z.infer<typeof File>;

export interface RecentFiles {
  store: StoreApi<{ files: readonly RecentFile[] }>;
  note(file: RecentFile): void;
  forget(path: string): void;
  kept: Kept;
}

const key = "gyrus.recent";
const most = 8;

export function createRecentFiles(storage: Storage): RecentFiles {
  const store = createStore<{ files: readonly RecentFile[] }>(() => ({ files: read(storage) }));
  const keep = (files: readonly RecentFile[]) => {
    storage.setItem(key, JSON.stringify(files));
    store.setState({ files });
  };
  const without = (path: string) => store.getState().files.filter((file) => file.path !== path);
  return {
    store,
    note: (file) => keep([file, ...without(file.path)].slice(0, most)),
    forget: (path) => keep(without(path)),
    kept: { key, reread: () => store.setState({ files: read(storage) }) },
  };
}

function read(storage: Storage): RecentFile[] {
  try {
    return z.array(File).parse(JSON.parse(storage.getItem(key) ?? "[]"));
  } catch {
    return [];
  }
}
