/**
 * Keeps one brain host alive beside the window. When it dies the window stays: it is told, the host is started again from its
 * last checkpoint, and the window gets a new port. Electron's pieces come as arguments, so this runs without Electron.
 */
import type { KeyStore } from "#adapters/secrets/secrets.ts";
import type { WireError } from "#contracts/errors.ts";
import type { Announcement } from "#contracts/wire.ts";
import { fromMessagePortMain, type MessagePortMainLike } from "#transports/port/serve-port.ts";
import { answerSecret, type FromHost, type HostOptions, type ToHost } from "../host-link.ts";
import { countRestarts } from "../restarts.ts";
import { type HostCalls, hostCalls } from "./host-calls.ts";

/** Electron's UtilityProcess, structurally. */
export interface HostProcess {
  postMessage(message: unknown, transfer?: MessagePortMainLike[]): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "exit", listener: (code: number) => void): unknown;
  kill(): boolean;
}

export interface BrainProcessParts {
  fork(): HostProcess;
  /** Of this computer, where the lab may use it. */
  keyStore: KeyStore | null;
  createChannel(): { port1: MessagePortMainLike; port2: MessagePortMainLike };
  now(): number;
  after(ms: number, then: () => void): void;
  /** The host is up (again): windows want ports. */
  onReady(): void;
  onLost(reason: string, forGood: boolean): void;
  /** What the host announces. */
  onEvent?(announcement: Announcement): void;
}

export interface BrainProcess {
  /** A new end for a window; the other end is the host's. Null while there is no host. */
  openPort(source: string): MessagePortMainLike | null;
  call(name: string, input: unknown): Promise<unknown>;
  /** Asks the host to write its last checkpoint and end; kills it when it takes too long. */
  close(): Promise<void>;
}

/** How long a host may take to close, in ms. */
const closingMs = 15_000;

export function keepBrainHost(options: HostOptions, parts: BrainProcessParts): BrainProcess {
  const restarts = countRestarts();
  let host: HostProcess | null = null;
  let calls: HostCalls | null = null;
  let closing: PromiseWithResolvers<void> | null = null;
  const notThere: WireError = {
    code: "E_ENGINE",
    message: "The brain host is not running",
    advice: "It is being started again; wait a moment.",
  };

  const openPort = (source: string) => {
    if (host === null) return null;
    const { port1, port2 } = parts.createChannel();
    host.postMessage({ t: "port", source } satisfies ToHost, [port2]);
    return port1;
  };

  const start = (recover: boolean) => {
    const started = parts.fork();
    host = started;
    started.on("message", (message) => {
      const report = message as FromHost;
      if (report.t === "failed") parts.onLost(report.error.message, false);
      else if (report.t === "secret")
        void answerSecret(parts.keyStore, report).then((answer) => host === started && started.postMessage(answer));
      else {
        calls = hostCalls(fromMessagePortMain(openPort("menu")!), parts.onEvent);
        parts.onReady();
      }
    });
    started.on("exit", (code) => {
      host = null;
      calls?.lost(notThere);
      calls = null;
      if (closing) return closing.resolve();
      const wait = restarts.crashed(parts.now());
      const how = `The brain host ended (code ${code})`;
      parts.onLost(
        wait === null ? `${how}, five times within a minute; quit and start Gyrus again.` : `${how}; starting it again.`,
        wait === null,
      );
      if (wait !== null) parts.after(wait, () => closing || start(true));
    });
    started.postMessage({ t: "start", options: { ...options, recover, hasKeyStore: parts.keyStore !== null } } satisfies ToHost);
  };

  start(options.recover);
  return {
    openPort: (source) => (calls === null ? null : openPort(source)),
    async call(name, input) {
      if (calls === null) throw new Error(notThere.message);
      return calls.call(name, input);
    },
    close() {
      if (closing) return closing.promise;
      closing = Promise.withResolvers<void>();
      if (host === null) closing.resolve();
      else {
        const last = host;
        last.postMessage({ t: "close" } satisfies ToHost);
        parts.after(closingMs, () => {
          if (host === last) last.kill();
        });
      }
      return closing.promise;
    },
  };
}
