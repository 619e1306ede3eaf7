/** What went wrong in this window or with its host, where a person wants that kept: in this window's storage, to read and to copy. */
import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";

const Report = z.object({ at: z.string(), text: z.string() });
export type CrashReport = z.infer<typeof Report>;

export interface CrashReports {
  store: StoreApi<{ reports: readonly CrashReport[] }>;
  note(text: string): void;
  clear(): void;
}

const key = "gyrus.crashes";
const most = 20;
const longest = 4000;

export function createCrashReports(window: Window, isWanted: () => boolean): CrashReports {
  const store = createStore<{ reports: readonly CrashReport[] }>(() => ({ reports: read(window.localStorage) }));
  const keep = (reports: readonly CrashReport[]) => {
    window.localStorage.setItem(key, JSON.stringify(reports));
    store.setState({ reports });
  };
  const note = (text: string) => {
    if (!isWanted()) return;
    const report = { at: new Date().toISOString(), text: redacted(text).slice(0, longest) };
    keep([...store.getState().reports.slice(1 - most), report]);
  };
  window.addEventListener("error", ({ error, message }) => note(error instanceof Error ? (error.stack ?? error.message) : message));
  window.addEventListener("unhandledrejection", ({ reason }) =>
    note(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
  );
  return { store, note, clear: () => keep([]) };
}

/** Without what belongs to the person: home folders, and tokens in addresses. */
export function redacted(text: string): string {
  return text
    .replace(/(token=)[\w-]+/gi, "$1…")
    .replace(/\/(home|Users)\/[^/\s:)]+/g, "~")
    .replace(/[A-Z]:\\Users\\[^\\\s:)]+/gi, "~");
}

function read(storage: Storage): CrashReport[] {
  try {
    return z.array(Report).parse(JSON.parse(storage.getItem(key) ?? "[]"));
  } catch {
    return [];
  }
}
