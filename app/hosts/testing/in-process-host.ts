/** A brain host living in the test's own process, behind the shapes of Electron's utilityProcess and MessageChannelMain. */
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { fromMessagePortMain, type MessagePortMainLike, servePort } from "#transports/port/serve-port.ts";
import { type TableLab, tableLab } from "#transports/testing/table-lab.ts";
import type { HostOptions, ToHost } from "../host-link.ts";
import type { HostProcess } from "../main/brain-process.ts";

export interface InProcessHost extends HostProcess {
  readonly lab: TableLab;
  readonly options: HostOptions | null;
  die(code: number): void;
}

/** `deaf` hosts never end when asked; only kill ends them. */
export function inProcessHost(table: Parameters<typeof tableLab>[0], deaf = false): InProcessHost {
  const lab = tableLab(table);
  const listeners: { message: ((message: unknown) => void)[]; exit: ((code: number) => void)[] } = { message: [], exit: [] };
  const doors: { close(): void }[] = [];
  let options: HostOptions | null = null;
  const host: InProcessHost = {
    lab,
    get options() {
      return options;
    },
    on: (event: "message" | "exit", listener: never) => listeners[event].push(listener),
    postMessage(raw, transfer = []) {
      const message = raw as ToHost;
      if (message.t === "start") {
        options = message.options;
        queueMicrotask(() => listeners.message.forEach((listen) => void listen({ t: "ready", pid: 1, http: null })));
      } else if (message.t === "port")
        doors.push(...transfer.map((port) => servePort(lab, fromMessagePortMain(port), { source: message.source })));
      else if (!deaf) host.die(0);
    },
    die(code) {
      for (const door of doors.splice(0)) door.close();
      for (const listen of listeners.exit) listen(code);
    },
    kill() {
      host.die(143);
      return true;
    },
  };
  return host;
}

export function electronLikeChannel(): { port1: MessagePortMainLike; port2: MessagePortMainLike } {
  const { port1, port2 } = new MessageChannel();
  return { port1: electronLike(port1), port2: electronLike(port2) };
}

function electronLike(port: MessagePort): MessagePortMainLike {
  port.unref();
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event: "message" | "close", listener: (event: { data: unknown }) => void) => port.on(event, (data) => listener({ data })).unref(),
    start: () => port.start(),
    close: () => port.close(),
  };
}
