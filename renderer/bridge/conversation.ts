/**
 * The conversation with the brain host over any link: numbered calls and their answers, announcements, frame credit.
 * A call lives on one connection only: when it is lost, the call is rejected, since nobody can know whether it was done.
 */
import { LabError, labErrorOf } from "#contracts/errors.ts";
import type { Announcement, HostMessage } from "#contracts/wire.ts";
import type { FrameSink } from "./frame-inbox.ts";
import type { Connection, LabBridge } from "./lab-bridge.ts";
import type { Link } from "./link.ts";

interface PendingCall {
  resolve(output: unknown): void;
  reject(error: LabError): void;
}

export function converse(link: Link, frames: FrameSink): LabBridge {
  const pending = new Map<number, PendingCall>();
  const connectionListeners = new Set<(connection: Connection) => void>();
  const announcementListeners = new Set<(announcement: Announcement) => void>();
  let connection: Connection = { phase: "connecting", write: false, door: link.door, lostAt: null, retryAt: null, reason: "", attempts: 0 };
  let lastId = 0;

  link.start({
    message: receive,
    frame: (buffer) => frames.receive(buffer),
    connecting() {
      change({ phase: "connecting", retryAt: null, attempts: connection.attempts + 1 });
    },
    lost(reason, retryAt) {
      for (const call of pending.values()) call.reject(notConnected());
      pending.clear();
      change({ phase: "lost", write: false, reason, retryAt, lostAt: connection.lostAt ?? Date.now() });
    },
  });

  return {
    call(name, input, { signal } = {}) {
      if (connection.phase !== "open") return Promise.reject(notConnected());
      if (signal?.aborted) return Promise.reject(new LabError("E_CANCELLED", "Cancelled before it began"));
      const id = ++lastId;
      const cancel = () => link.send({ t: "cancel", id });
      return new Promise<never>((resolve, reject) => {
        pending.set(id, { resolve: (output) => resolve(output as never), reject });
        signal?.addEventListener("abort", cancel, { once: true });
        link.send({ t: "call", id, name, input });
      }).finally(() => signal?.removeEventListener("abort", cancel));
    },
    get connection() {
      return connection;
    },
    onConnection(listener) {
      connectionListeners.add(listener);
      listener(connection);
      return () => connectionListeners.delete(listener);
    },
    onAnnouncement(listener) {
      announcementListeners.add(listener);
      return () => announcementListeners.delete(listener);
    },
    frames,
    retryNow: () => link.retryNow(),
    close: () => link.close(),
  };

  function receive(message: HostMessage): void {
    switch (message.t) {
      case "welcome":
        change({ phase: "open", write: message.write, lostAt: null, retryAt: null, reason: "", attempts: 0 });
        frames.restart((count) => link.send({ t: "credit", frames: count }));
        break;
      case "result":
        pending.get(message.id)?.resolve(message.output);
        pending.delete(message.id);
        break;
      case "error":
        pending.get(message.id)?.reject(labErrorOf(message.error));
        pending.delete(message.id);
        break;
      case "event":
        for (const listener of announcementListeners) listener(message.event);
        break;
    }
  }

  function change(to: Partial<Connection>): void {
    connection = { ...connection, ...to };
    for (const listener of connectionListeners) listener(connection);
  }
}

function notConnected(): LabError {
  return new LabError("E_IO", "The brain host is not connected", {}, "Gyrus reconnects by itself; try again in a moment.");
}
