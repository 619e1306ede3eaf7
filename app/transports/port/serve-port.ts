/**
 * The door of a message port: whoever was handed the port may write, so there is no token.
 *
 * A node MessagePort transfers a frame's buffer (the lab gives each viewer its own); Electron's MessagePortMain transfers
 * ports only and clones the bytes.
 */
import type { MessagePort } from "node:worker_threads";
import { WIRE_VERSION } from "#contracts/wire.ts";
import type { Lab } from "#services/lab.ts";
import { converse } from "../conversation.ts";

export interface PortLike {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (data: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** Speaks the wire over `port` until either side closes it. */
export function servePort(lab: Lab, port: PortLike, options: { source?: string } = {}): { close(): void } {
  const conversation = converse(
    lab,
    {
      send: (message) => port.postMessage(message),
      sendFrame: (message) => port.postMessage(message, [message]),
      ready: () => true,
    },
    WIRE_VERSION,
    { write: true, source: options.source ?? "window", pid: process.pid },
  );
  let open = true;
  const end = () => {
    if (!open) return;
    open = false;
    conversation.close();
  };
  port.onMessage((data) => {
    if (open) conversation.receive(data);
  });
  port.onClose(end);
  return {
    close() {
      end();
      port.close();
    },
  };
}

export function fromNodePort(port: MessagePort): PortLike {
  return {
    postMessage: (message, transfer) => port.postMessage(message, transfer ?? []),
    onMessage: (listener) => void port.on("message", listener),
    onClose: (listener) => void port.on("close", listener),
    close: () => port.close(),
  };
}

/** The part of Electron's MessagePortMain this door uses; only hosts/main may import Electron itself. */
export interface MessagePortMainLike {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: unknown }) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  start(): void;
  close(): void;
}

export function fromMessagePortMain(port: MessagePortMainLike): PortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on("message", (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => void port.on("close", listener),
    close: () => port.close(),
  };
}
