/** The export under way, what became of it, and the last that was asked for: dialog and `repeat last` begin it here. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { LabError } from "#contracts/errors.ts";
import type { ExportPhase, ExportResult, ExportVerification } from "#contracts/exports.ts";
import type { CommandInput, LabBridge } from "../bridge/lab-bridge.ts";
import { messageOf } from "../ui/error-text.ts";
import { t } from "../ui/messages.ts";
import type { Jobs } from "./jobs-store.ts";

/** What was asked for, under the name people know it by. */
export interface ExportRequest {
  name: string;
  input: CommandInput<"session.export">;
}
export interface ExportProgress {
  phase: ExportPhase;
  bytes: number;
  expected: number;
  /** Bytes a second since it began. */
  rate: number;
}
type Outcome =
  | { state: "idle" }
  | { state: "busy"; progress: ExportProgress }
  | { state: "done"; result: ExportResult; again: ReadAgain | null }
  | { state: "refused"; reason: string };

/** What reading the files once more came to. */
export type ReadAgain = { state: "busy" } | { state: "read"; found: ExportVerification } | { state: "refused"; reason: string };

interface ExportsState {
  outcome: Outcome;
  last: ExportRequest | null;
  /** The sidecar of the newest export, by which its files are found. */
  sidecar: string | null;
}

export interface Exports {
  store: StoreApi<ExportsState>;
  /** Resolves when it is over, however it ended. */
  run(request: ExportRequest): Promise<Outcome>;
  cancel(): void;
  /** Reads the files of the newest export again, as they lie now. */
  verify(): Promise<ReadAgain | null>;
  /** Lets go of what an earlier one came to. */
  rest(): void;
}

const begun: ExportProgress = { phase: "write", bytes: 0, expected: 0, rate: 0 };

export function createExports(bridge: LabBridge, jobs: Jobs, now: () => number = Date.now): Exports {
  const store = createStore<ExportsState>(() => ({ outcome: { state: "idle" }, last: null, sidecar: null }));
  let stop = () => {};
  let startedAt = 0;
  bridge.onAnnouncement((news) => {
    const { last, outcome } = store.getState();
    // Told to every window; another one's is none of ours.
    if (news.type !== "export.progress" || outcome.state !== "busy" || last?.input.format !== news.format) return;
    const { phase, bytes, expected } = news;
    const seconds = Math.max(0.001, (now() - startedAt) / 1000);
    store.setState({ outcome: { state: "busy", progress: { phase, bytes, expected, rate: bytes / seconds } } });
  });
  return {
    store,
    async run(request) {
      startedAt = now();
      store.setState({ last: request, outcome: { state: "busy", progress: begun } });
      const work = jobs.run(
        { kind: "export", name: request.name },
        ({ signal, cancel }) => {
          stop = cancel;
          return bridge.call("session.export", request.input, { signal });
        },
        (result) => t("export.written", { count: result.files.length }),
      );
      const outcome = await work.then(
        (result): Outcome => ({ state: "done", result, again: null }),
        (error: unknown): Outcome =>
          error instanceof LabError && error.code === "E_CANCELLED" ? { state: "idle" } : { state: "refused", reason: messageOf(error) },
      );
      const sidecar =
        outcome.state === "done" ? (outcome.result.files.find(({ path }) => path.endsWith("provenance.json"))?.path ?? null) : null;
      store.setState({ outcome, ...(sidecar !== null && { sidecar }) });
      return outcome;
    },
    async verify() {
      const { sidecar } = store.getState();
      if (sidecar === null) return null;
      const tell = (again: ReadAgain) => {
        const { outcome } = store.getState();
        if (outcome.state === "done") store.setState({ outcome: { ...outcome, again } });
        return again;
      };
      tell({ state: "busy" });
      const work = jobs.run({ kind: "other", name: t("export.readAgainJob") }, ({ signal }) =>
        bridge.call("session.verifyExport", { path: sidecar }, { signal }),
      );
      return work.then(
        (found) => tell({ state: "read", found }),
        (error: unknown) => tell({ state: "refused", reason: messageOf(error) }),
      );
    },
    cancel: () => stop(),
    rest() {
      if (store.getState().outcome.state !== "busy") store.setState({ outcome: { state: "idle" } });
    },
  };
}
