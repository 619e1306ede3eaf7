/**
 * Work that takes a while and goes on behind whatever a person does meanwhile: what it is, how far, how to stop it, where its result
 * is. Growth, exports and experiments enter by what the host announces; a view lists work of its own by `run`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { LabError } from "#contracts/errors.ts";
import { growthStages } from "#contracts/genome.ts";
import type { Announcement } from "#contracts/wire.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { messageOf } from "../ui/error-text.ts";
import { t } from "../ui/messages.ts";

/** What was done of how much; an unknown total is null, then only the count is shown. */
export interface JobProgress {
  done: number;
  total: number | null;
  unit: "bytes" | "generations" | "stages" | "items";
}
export interface Job {
  id: string;
  kind: "growth" | "export" | "evolution" | "other";
  /** What it works on; a name of the person's, so no sentence. */
  name: string;
  state: "running" | "paused" | "done" | "failed" | "cancelled";
  progress: JobProgress | null;
  /** What came of it, or why nothing did. */
  outcome: string | null;
  /** ms since 1970. */
  startedAt: number;
  endedAt: number | null;
  /** Null where nobody here can stop it. */
  cancel: (() => void) | null;
}

export interface Jobs {
  store: StoreApi<{ jobs: readonly Job[] }>;
  /** Lists work while it runs and tells how it ended; gives back what the work gives. */
  run<T>(job: Pick<Job, "kind" | "name">, work: (handle: JobHandle) => Promise<T>, outcome?: (result: T) => string): Promise<T>;
  /** Lets go of what has ended. */
  clear(): void;
  take(announcement: Announcement): void;
}
export interface JobHandle {
  signal: AbortSignal;
  cancel(): void;
  progress(progress: JobProgress): void;
}

const mostEnded = 50;

export function createJobs(bridge: LabBridge, now: () => number = Date.now): Jobs {
  const store = createStore<{ jobs: readonly Job[] }>(() => ({ jobs: [] }));
  let lastId = 0;
  const isOver = ({ state }: Job) => state !== "running" && state !== "paused";
  const put = (id: string, change: Partial<Job>, fresh?: Pick<Job, "kind" | "name">) =>
    store.setState(({ jobs }) => {
      const at = jobs.findIndex((job) => job.id === id);
      if (at >= 0) return { jobs: jobs.with(at, { ...(jobs[at] as Job), ...change }) };
      if (!fresh) return { jobs };
      const begun: Job = {
        id,
        ...fresh,
        state: "running",
        progress: null,
        outcome: null,
        startedAt: now(),
        endedAt: null,
        cancel: null,
        ...change,
      };
      const ended = jobs.filter(isOver);
      const kept = jobs.filter((job) => !isOver(job) || ended.indexOf(job) >= ended.length - mostEnded);
      return { jobs: [...kept, begun] };
    });
  const end = (id: string, state: "done" | "failed" | "cancelled", outcome: string | null = null) =>
    put(id, { state, outcome, endedAt: now(), cancel: null });
  const running = (id: string) => store.getState().jobs.some((job) => job.id === id && !isOver(job));
  const ask = (name: "genome.cancel" | "evolution.cancel", input: object) => void bridge.call(name, input as never).catch(() => {});

  // One genome grows at a time; each growth is a job of its own. That it failed may be told after it was over.
  let growth: string | null = null;
  let lastGrowth = "";
  const takeGrowth = (announcement: Announcement) => {
    switch (announcement.type) {
      case "brain.status": {
        const { state, title, neurons } = announcement.status;
        if (state === "growing" && growth === null) {
          growth = lastGrowth = `growth ${++lastId}`;
          put(growth, { cancel: () => ask("genome.cancel", {}) }, { kind: "growth", name: title });
        } else if (state !== "growing" && growth !== null) {
          if (running(growth)) {
            put(growth, { name: title });
            end(growth, "done", t("jobs.grown", { count: neurons }));
          }
          growth = null;
        }
        break;
      }
      case "growth.progress":
        if (growth !== null)
          put(growth, {
            progress: {
              done: growthStages.indexOf(announcement.progress.stage) + announcement.progress.done,
              total: growthStages.length,
              unit: "stages",
            },
          });
        break;
      case "growth.failed":
        end(lastGrowth, "failed", announcement.problems[0]?.message ?? null);
        break;
      case "growth.cancelled":
        end(lastGrowth, "cancelled");
        break;
    }
  };

  return {
    store,
    async run(job, work, outcome) {
      const id = `own ${++lastId}`;
      const stop = new AbortController();
      put(id, { cancel: () => stop.abort() }, job);
      try {
        const result = await work({ signal: stop.signal, cancel: () => stop.abort(), progress: (progress) => put(id, { progress }) });
        end(id, "done", outcome?.(result) ?? null);
        return result;
      } catch (error) {
        const isCancelled = error instanceof LabError && error.code === "E_CANCELLED";
        end(id, isCancelled ? "cancelled" : "failed", isCancelled ? null : messageOf(error));
        throw error;
      }
    },
    clear: () => store.setState(({ jobs }) => ({ jobs: jobs.filter((job) => !isOver(job)) })),
    take(announcement) {
      takeGrowth(announcement);
      if (announcement.type === "export.progress") {
        // Told to every window; the one that began it has it as a job of its own.
        const own = store.getState().jobs.findLast((job) => job.kind === "export" && !isOver(job));
        if (own) put(own.id, { progress: { done: announcement.bytes, total: announcement.expected || null, unit: "bytes" } });
      }
      if (announcement.type === "evolution.progress") {
        const { id, name, state, report } = announcement;
        const key = `evolution ${id}`;
        put(key, {}, { kind: "evolution", name });
        if (report) put(key, { progress: { done: report.generation + 1, total: null, unit: "generations" } });
        if (state === "running" || state === "paused") put(key, { state, endedAt: null, cancel: () => ask("evolution.cancel", { id }) });
        else
          end(
            key,
            state === "finished" ? "done" : state === "failed" ? "failed" : "cancelled",
            report?.best == null ? null : t("jobs.best", { score: report.best }),
          );
      }
    },
  };
}
