/**
 * What a conversation with the brain host needs of the door below it: a MessagePort in the desktop window, a WebSocket in a
 * browser. A link reconnects by itself; it never keeps messages for later.
 */
import type { ClientMessage, HostMessage } from "#contracts/wire.ts";

export interface LinkListener {
  /** The host said something. The first message of every new connection is `welcome`. */
  message(message: HostMessage): void;
  /** A firing frame: skipped, generation, frame words. The buffer is the listener's own. */
  frame(buffer: ArrayBuffer): void;
  /** An attempt begins. */
  connecting(): void;
  /** The connection is gone. `retryAt` in ms since 1970, null when somebody else will bring it back. */
  lost(reason: string, retryAt: number | null): void;
}

export interface Link {
  readonly door: "port" | "socket";
  start(listener: LinkListener): void;
  send(message: ClientMessage): void;
  retryNow(): void;
  close(): void;
}
