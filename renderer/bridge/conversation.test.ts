/** The conversation over a real MessageChannel: the far end plays the host by hand. */
import { afterEach, expect, test } from "vitest";
import type { Announcement, ClientMessage, HostMessage } from "#contracts/wire.ts";
import { converse } from "./conversation.ts";
import { decodeFrame } from "./frame-decode.ts";
import { createFrameInbox } from "./frame-inbox.ts";
import { labClient } from "./lab-bridge.ts";
import { createPortLink } from "./port-link.ts";

const open: { close(): void }[] = [];
afterEach(() => {
  for (const { close } of open.splice(0)) close();
});

/** A window that is only what the port link needs of one, and the host's side of the conversation. */
function bench() {
  const window = new EventTarget() as unknown as Window;
  const inbox = createFrameInbox({
    decoder: (onFrame) => (message) => onFrame(decodeFrame(message)),
    nextFrame: (callback) => setTimeout(callback, 0),
  });
  const bridge = converse(createPortLink(window), inbox);
  const say = (data: unknown, ports: MessagePort[] = [], source: unknown = window) =>
    (window as unknown as EventTarget).dispatchEvent(Object.assign(new Event("message"), { source, data, ports }));
  const connect = () => {
    const { port1, port2 } = new MessageChannel();
    const heard: ClientMessage[] = [];
    const waiters: (() => void)[] = [];
    port1.onmessage = ({ data }) => {
      heard.push(data);
      for (const wake of waiters.splice(0)) wake();
    };
    say({ type: "gyrus.port" }, [port2 as unknown as MessagePort]);
    const host = {
      say: (message: HostMessage | ArrayBuffer) => port1.postMessage(message),
      /** Resolves with the first message of a kind. */
      async hears<T extends ClientMessage["t"]>(t: T): Promise<Extract<ClientMessage, { t: T }>> {
        for (;;) {
          const found = heard.findIndex((message) => message.t === t);
          if (found >= 0) return heard.splice(found, 1)[0] as Extract<ClientMessage, { t: T }>;
          await new Promise<void>((wake) => waiters.push(wake));
        }
      },
      close: () => port1.close(),
    };
    open.push(host);
    return host;
  };
  const phase = (wanted: string) =>
    new Promise<void>((resolve) => {
      const stop = bridge.onConnection((connection) => {
        if (connection.phase !== wanted) return;
        queueMicrotask(() => stop());
        resolve();
      });
    });
  open.push(bridge);
  return { bridge, connect, say, phase };
}
const welcome: HostMessage = { t: "welcome", version: 1, write: true, pid: 1 };

test("a call is answered by its number, also when answers come in another order", async () => {
  const { bridge, connect, phase } = bench();
  const host = connect();
  host.say(welcome);
  await phase("open");
  const lab = labClient(bridge);
  const first = lab.genome.cancel({});
  const second = lab.stimulus.list({});
  const [a, b] = [await host.hears("call"), await host.hears("call")];
  expect([a.name, b.name]).toEqual(["genome.cancel", "stimulus.list"]);
  host.say({ t: "result", id: b.id, output: [] });
  host.say({ t: "result", id: a.id, output: { cancelled: true } });
  expect(await first).toEqual({ cancelled: true });
  expect(await second).toEqual([]);
});

test("an error arrives as a LabError with its code and advice", async () => {
  const { bridge, connect, phase } = bench();
  const host = connect();
  host.say(welcome);
  await phase("open");
  const call = bridge.call("brain.run", {});
  host.say({ t: "error", id: (await host.hears("call")).id, error: { code: "E_NO_BRAIN", message: "No brain", advice: "Open a genome." } });
  await expect(call).rejects.toMatchObject({ name: "LabError", code: "E_NO_BRAIN", advice: "Open a genome." });
});

test("aborting a call asks the host to cancel it", async () => {
  const { bridge, connect, phase } = bench();
  const host = connect();
  host.say(welcome);
  await phase("open");
  const abort = new AbortController();
  const call = bridge.call("session.export", { format: "csv" }, { signal: abort.signal });
  const { id } = await host.hears("call");
  abort.abort();
  expect(await host.hears("cancel")).toEqual({ t: "cancel", id });
  host.say({ t: "error", id, error: { code: "E_CANCELLED", message: "Cancelled" } });
  await expect(call).rejects.toMatchObject({ code: "E_CANCELLED" });
});

test("losing the host rejects what was asked, and a new port opens the conversation again", async () => {
  const { bridge, connect, say, phase } = bench();
  const first = connect();
  first.say(welcome);
  await phase("open");
  const call = bridge.call("brain.status", {});
  say({ type: "gyrus.host-lost", reason: "The brain host was killed." });
  await expect(call).rejects.toMatchObject({ code: "E_IO" });
  expect(bridge.connection).toMatchObject({ phase: "lost", write: false, reason: "The brain host was killed." });
  expect(bridge.connection.lostAt).toEqual(expect.any(Number));
  await expect(bridge.call("brain.status", {})).rejects.toMatchObject({ code: "E_IO" });
  const second = connect();
  second.say(welcome);
  await phase("open");
  expect(bridge.connection).toMatchObject({ write: true, lostAt: null, reason: "" });
  expect(await second.hears("credit")).toEqual({ t: "credit", frames: 4 });
});

test("announcements reach every listener", async () => {
  const { bridge, connect } = bench();
  const heard: Announcement[] = [];
  const both = new Promise<void>((resolve) => {
    bridge.onAnnouncement((announcement) => heard.push(announcement));
    bridge.onAnnouncement(() => heard.length === 1 && resolve());
  });
  connect().say({ t: "event", event: { type: "problems.changed" } });
  await both;
  expect(heard).toEqual([{ type: "problems.changed" }]);
});

test("a message that another window sent is not heard", () => {
  const { bridge, say } = bench();
  say({ type: "gyrus.host-lost", reason: "forged" }, [], {});
  expect(bridge.connection.phase).toBe("connecting");
});
