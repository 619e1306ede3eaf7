/**
 * How the brain host talks to whoever started it: Electron's utilityProcess port or a node child's IPC channel, one shape for both.
 *
 * The parent sends `start` once, then ports (Electron only) and perhaps `close`; the host answers `ready` or `failed`. A parent
 * that is gone counts as `close`: no brain host outlives its starter. Where the parent has a key store, the host asks it for secrets.
 */
import { z } from "zod";
import type { KeyStore } from "#adapters/secrets/secrets.ts";
import { LabError, type WireError, wireErrorOf } from "#contracts/errors.ts";
import { fromMessagePortMain, type MessagePortMainLike, type PortLike } from "#transports/port/serve-port.ts";

export const HostOptions = z.object({
  /** Event store, checkpoints and exports; one live host at a time uses it. */
  stateDir: z.string(),
  /** Genome to open once ready, absolute path. */
  genome: z.string().nullable(),
  /** After a crash: take up the newest checkpoint of stateDir when there is one; it wins over `genome`. */
  recover: z.boolean(),
  http: z
    .object({ host: z.string(), port: z.int(), token: z.string(), rendererRoot: z.string().nullable(), allowRemote: z.boolean() })
    .nullable(),
  /** The parent answers `secret`. */
  hasKeyStore: z.boolean().default(false),
});
export type HostOptions = z.input<typeof HostOptions>;

const ToHost = z.discriminatedUnion("t", [
  z.object({ t: z.literal("start"), options: HostOptions }),
  z.object({ t: z.literal("port"), source: z.string() }),
  z.object({ t: z.literal("close") }),
  z.object({ t: z.literal("secret"), id: z.int(), answer: z.union([z.string(), z.boolean(), z.null()]) }),
]);
export type ToHost = z.input<typeof ToHost>;

/** Of the parent's key store: what to find, put or forget. */
export type SecretCall = { t: "secret"; id: number; name: string } & ({ verb: "find" | "forget" } | { verb: "put"; secret: string });
export type FromHost =
  | { t: "ready"; pid: number; http: { host: string; port: number } | null }
  | { t: "failed"; error: WireError }
  | SecretCall;

/** The parent's side of it. */
export async function answerSecret(keyStore: KeyStore | null, call: SecretCall): Promise<ToHost> {
  if (call.verb === "find") return { t: "secret", id: call.id, answer: (await keyStore?.find(call.name)) ?? null };
  if (call.verb === "put") return { t: "secret", id: call.id, answer: (await keyStore?.put(call.name, call.secret)) ?? false };
  await keyStore?.forget(call.name);
  return { t: "secret", id: call.id, answer: true };
}

export interface ParentLink {
  /** Resolves with the first `start`. */
  options: Promise<HostOptions>;
  /** Every port the host is given; those that came before are handed over at once. */
  onPort(listener: (port: PortLike, source: string) => void): void;
  /** Called once: asked to close, parent gone, SIGTERM or SIGINT. */
  onClose(listener: (reason: string) => void): void;
  ready(http: { host: string; port: number } | null): void;
  failed(error: unknown): void;
  /** The parent's; to be used where the options say that it has one. */
  keyStore: KeyStore;
}

/** Electron's `process.parentPort`, structurally. */
interface ParentPort {
  on(event: "message", listener: (event: { data: unknown; ports: MessagePortMainLike[] }) => void): unknown;
  postMessage(message: unknown): void;
}

export function openParentLink(): ParentLink {
  const parentPort = (process as { parentPort?: ParentPort }).parentPort;
  if (!parentPort && !process.send) {
    throw new LabError("E_UNSUPPORTED", "The brain host was started by nobody", {}, "Start it with `gyrus serve` or `npm start`.");
  }
  const started = Promise.withResolvers<HostOptions>();
  const ports: { port: PortLike; source: string }[] = [];
  let portListener: ((port: PortLike, source: string) => void) | null = null;
  let closeListener: ((reason: string) => void) | null = null;
  let closeReason: string | null = null;

  const closeBecause = (reason: string) => {
    if (closeReason !== null) return;
    closeReason = reason;
    closeListener?.(reason);
  };
  const asked = new Map<number, (answer: string | boolean | null) => void>();
  let lastAsked = 0;
  const receive = (raw: unknown, given: readonly MessagePortMainLike[]) => {
    const message = ToHost.parse(raw);
    if (message.t === "start") started.resolve(message.options);
    else if (message.t === "close") closeBecause("asked to close");
    else if (message.t === "secret") {
      asked.get(message.id)?.(message.answer);
      asked.delete(message.id);
    } else {
      for (const port of given.map(fromMessagePortMain)) {
        if (portListener) portListener(port, message.source);
        else ports.push({ port, source: message.source });
      }
    }
  };
  if (parentPort) parentPort.on("message", ({ data, ports: given }) => receive(data, given));
  else {
    process.on("message", (data) => receive(data, []));
    process.on("disconnect", () => closeBecause("the parent is gone"));
  }
  process.on("SIGTERM", () => closeBecause("SIGTERM"));
  process.on("SIGINT", () => closeBecause("SIGINT"));

  const send = (message: FromHost) => {
    if (parentPort) parentPort.postMessage(message);
    else if (process.connected) process.send?.(message);
  };
  const ask = (call: { verb: "find" | "forget"; name: string } | { verb: "put"; name: string; secret: string }) =>
    new Promise<string | boolean | null>((resolve) => {
      const id = ++lastAsked;
      asked.set(id, resolve);
      send({ t: "secret", id, ...call });
    });
  return {
    options: started.promise,
    onPort(listener) {
      portListener = listener;
      for (const { port, source } of ports.splice(0)) listener(port, source);
    },
    onClose(listener) {
      closeListener = listener;
      if (closeReason !== null) listener(closeReason);
    },
    ready: (http) => send({ t: "ready", pid: process.pid, http }),
    failed: (error) => send({ t: "failed", error: wireErrorOf(error) }),
    keyStore: {
      find: async (name) => (await ask({ verb: "find", name })) as string | null,
      put: async (name, secret) => (await ask({ verb: "put", name, secret })) === true,
      forget: async (name) => void (await ask({ verb: "forget", name })),
    },
  };
}
