/**
 * The conversation of contracts/wire.ts, free of what carries it: a port and a socket both speak through this.
 *
 * Calls run side by side and answer in the order they finish. A peer that is choked (`ready()` false) keeps its credit
 * parked here until `drained()`, so the lab holds back, and counts, the frames it could not take.
 */

import { LabError, wireErrorOf } from "#contracts/errors.ts";
import type { HostMessage } from "#contracts/wire.ts";
import { ClientMessage, maxFrameCredit } from "#contracts/wire.ts";
import type { FrameSubscription, Lab } from "#services/lab.ts";
import { needsToken } from "./registry.ts";

export interface Peer {
  send(message: HostMessage): void;
  sendFrame(message: ArrayBuffer): void;
  /** False while what was sent before has not left yet. */
  ready(): boolean;
}

export interface ConversationOptions {
  /** May this peer call commands that write? */
  write: boolean;
  /** Who calls, for the event store. */
  source: string;
  pid: number;
  /** A last touch on an answer before it leaves (the HTTP door adds download addresses). */
  dress?: (name: string, output: unknown) => unknown;
}

export interface Conversation {
  receive(message: unknown): void;
  /** The peer can take frames again. */
  drained(): void;
  /** Ends announcements and frames. Calls under way run on: a brain does not stop growing because a window closed. */
  close(): void;
}

/** Opens the conversation: welcome first, then announcements as they come. */
export function converse(lab: Lab, peer: Peer, version: number, options: ConversationOptions): Conversation {
  const running = new Map<number, { aborted: boolean }>();
  let frames: FrameSubscription | null = null;
  let parkedCredit = 0;
  let open = true;
  const say = (message: HostMessage) => {
    if (open) peer.send(message);
  };

  say({ t: "welcome", version, write: options.write, pid: options.pid });
  const unsubscribe = lab.subscribe((event) => say({ t: "event", event }));

  const give = (credit: number) => {
    frames ??= lab.openFrames((message) => {
      if (open) peer.sendFrame(message);
    });
    frames.credit(credit);
  };

  const call = async (id: number, name: string, input: unknown) => {
    const signal = { aborted: false };
    if (running.has(id)) throw new LabError("E_INVALID", "This call id is still in use", { id });
    running.set(id, signal);
    try {
      if (!options.write && needsToken(name, input)) {
        throw new LabError(
          "E_DENIED",
          `${name} needs the token`,
          { name },
          "Open the address that gyrus serve printed; it carries the token.",
        );
      }
      const output = await lab.call(name, input, { signal, source: options.source });
      return options.dress ? options.dress(name, output) : output;
    } finally {
      running.delete(id);
    }
  };

  return {
    receive(raw) {
      const parsed = ClientMessage.safeParse(raw);
      if (!parsed.success) {
        const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
        say({ t: "error", id: idOf(raw), error: wireErrorOf(new LabError("E_INVALID", "Not a message of this wire", { issues })) });
        return;
      }
      const message = parsed.data;
      if (message.t === "call") {
        call(message.id, message.name, message.input).then(
          (output) => say({ t: "result", id: message.id, output }),
          (error) => say({ t: "error", id: message.id, error: wireErrorOf(error) }),
        );
      } else if (message.t === "cancel") {
        const signal = running.get(message.id);
        if (signal) signal.aborted = true;
      } else if (message.t === "credit") {
        if (peer.ready()) give(message.frames);
        else parkedCredit = Math.min(maxFrameCredit, parkedCredit + message.frames);
      }
    },
    drained() {
      if (!open || parkedCredit === 0) return;
      const credit = parkedCredit;
      parkedCredit = 0;
      give(credit);
    },
    close() {
      open = false;
      unsubscribe();
      frames?.close();
    },
  };
}

/** The id a broken message was meant to have, so that its sender can still match the answer. */
function idOf(raw: unknown): number {
  const id = typeof raw === "object" && raw !== null && "id" in raw ? raw.id : undefined;
  return Number.isSafeInteger(id) ? (id as number) : -1;
}
