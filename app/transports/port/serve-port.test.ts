/** The wire over a real node MessagePort. */
import { MessageChannel } from "node:worker_threads";
import { afterEach, expect, test } from "vitest";
import type { HostMessage } from "#contracts/wire.ts";
import { tableLab } from "../testing/table-lab.ts";
import { fromMessagePortMain, fromNodePort, servePort } from "./serve-port.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function windowOn(lab: ReturnType<typeof tableLab>) {
  const { port1, port2 } = new MessageChannel();
  servePort(lab, fromNodePort(port1));
  closers.push(() => port2.close());
  const inbox: (HostMessage | ArrayBuffer)[] = [];
  const waiting: (() => void)[] = [];
  port2.on("message", (message) => {
    inbox.push(message);
    for (const wake of waiting.splice(0)) wake();
  });
  const next = async <T extends HostMessage | ArrayBuffer>(wanted: (message: HostMessage | ArrayBuffer) => message is T): Promise<T> => {
    for (;;) {
      const index = inbox.findIndex(wanted);
      if (index >= 0) return inbox.splice(index, 1)[0] as T;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return { port: port2, inbox, next };
}

const isFrame = (message: HostMessage | ArrayBuffer): message is ArrayBuffer => message instanceof ArrayBuffer;
const is =
  <T extends HostMessage["t"]>(t: T) =>
  (message: HostMessage | ArrayBuffer): message is Extract<HostMessage, { t: T }> =>
    !(message instanceof ArrayBuffer) && message.t === t;

test("a port is welcomed as a writer and its call answered by id", async () => {
  const lab = tableLab({ "brain.run": (input: { rateHz: number }) => ({ ran: input.rateHz }) });
  const window = windowOn(lab);
  expect(await window.next(is("welcome"))).toMatchObject({ write: true, version: 1 });
  window.port.postMessage({ t: "call", id: 7, name: "brain.run", input: { rateHz: 12 } });
  expect(await window.next(is("result"))).toEqual({ t: "result", id: 7, output: { ran: 12 } });
  expect(lab.calls[0]?.context.source).toBe("window");
});

test("a refused call comes back as its code, advice and details", async () => {
  const window = windowOn(tableLab());
  window.port.postMessage({ t: "call", id: 1, name: "brain.fly", input: {} });
  expect(await window.next(is("error"))).toEqual({
    t: "error",
    id: 1,
    error: { code: "E_NOT_FOUND", message: "No command brain.fly", advice: "See gyrus commands.", details: { name: "brain.fly" } },
  });
});

test("cancel raises the signal of the call with that id and of no other", async () => {
  let finish = () => {};
  const gate = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const lab = tableLab({ "genome.load": () => gate, "brain.status": () => ({}) });
  const window = windowOn(lab);
  window.port.postMessage({ t: "call", id: 1, name: "genome.load", input: {} });
  window.port.postMessage({ t: "call", id: 2, name: "genome.load", input: {} });
  window.port.postMessage({ t: "cancel", id: 1 });
  window.port.postMessage({ t: "call", id: 3, name: "brain.status", input: {} });
  expect(await window.next(is("result"))).toMatchObject({ id: 3 });
  expect(lab.calls.map((call) => call.context.signal.aborted)).toEqual([true, false, false]);
  finish();
});

test("frames come only against credit, bytes intact, and the rest is left to the lab to count", async () => {
  const lab = tableLab({ "brain.status": () => ({}) });
  const window = windowOn(lab);
  window.port.postMessage({ t: "credit", frames: 2 });
  window.port.postMessage({ t: "call", id: 1, name: "brain.status", input: {} });
  await window.next(is("result"));
  for (let burst = 0; burst < 5; burst++) lab.emit(100);
  expect([...new Uint32Array(await window.next(isFrame))]).toEqual(Array.from({ length: 100 }, (_, index) => index));
  await window.next(isFrame);
  expect(lab.skipped).toBe(3);
});

test("a message outside the schema is answered with its id when it has one, and the port lives on", async () => {
  const window = windowOn(tableLab({ "brain.status": () => ({ fine: true }) }));
  window.port.postMessage({ t: "credit", frames: 1e9, id: 4 });
  window.port.postMessage("nonsense");
  window.port.postMessage({ t: "call", id: 5, name: "brain.status", input: {} });
  expect(await window.next(is("error"))).toMatchObject({ id: 4, error: { code: "E_INVALID" } });
  expect(await window.next(is("error"))).toMatchObject({ id: -1, error: { code: "E_INVALID" } });
  expect(await window.next(is("result"))).toMatchObject({ id: 5 });
});

test("a closed window leaves no subscription behind", async () => {
  const lab = tableLab();
  const window = windowOn(lab);
  window.port.postMessage({ t: "credit", frames: 1 });
  await window.next(is("welcome"));
  lab.announce({ type: "problems.changed" });
  expect(await window.next(is("event"))).toEqual({ t: "event", event: { type: "problems.changed" } });
  window.port.close();
  await expect.poll(() => lab.listeners).toBe(0);
});

test("Electron's port is started, unwrapped from its events and given no buffers to transfer", () => {
  const sent: unknown[][] = [];
  let deliver = (_event: { data: unknown }) => {};
  let started = 0;
  const port = fromMessagePortMain({
    postMessage: (...args: unknown[]) => void sent.push(args),
    on: (event: string, listener: (event: { data: unknown }) => void) => {
      if (event === "message") deliver = listener;
    },
    start: () => void started++,
    close: () => {},
  });
  const got: unknown[] = [];
  port.onMessage((data) => got.push(data));
  deliver({ data: { t: "hello" } });
  port.postMessage(new ArrayBuffer(8), [new ArrayBuffer(8)]);
  expect({ got, started, args: sent[0]?.length }).toEqual({ got: [{ t: "hello" }], started: 1, args: 1 });
});
