/** The main process's own end of the wire: native menu and file arguments call the same commands as the window. */
import { labErrorOf, type WireError } from "#contracts/errors.ts";
import type { Announcement, ClientMessage, HostMessage } from "#contracts/wire.ts";
import type { PortLike } from "#transports/port/serve-port.ts";

export interface HostCalls {
  call(name: string, input: unknown): Promise<unknown>;
  /** The host is gone: every open call fails with this. */
  lost(error: WireError): void;
}

/** `onEvent` hears what the host announces. */
export function hostCalls(port: PortLike, onEvent: (announcement: Announcement) => void = () => {}): HostCalls {
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  const take = (id: number) => {
    const call = open.get(id);
    open.delete(id);
    return call;
  };
  port.onMessage((data) => {
    const message = data as HostMessage;
    if (message.t === "result") take(message.id)?.resolve(message.output);
    if (message.t === "event") onEvent(message.event);
    if (message.t === "error") take(message.id)?.reject(labErrorOf(message.error));
  });
  return {
    call(name, input) {
      const id = ++lastId;
      const answer = Promise.withResolvers<unknown>();
      open.set(id, answer);
      port.postMessage({ t: "call", id, name, input } satisfies ClientMessage);
      return answer.promise;
    },
    lost(error) {
      for (const call of open.values()) call.reject(labErrorOf(error));
      open.clear();
    },
  };
}
