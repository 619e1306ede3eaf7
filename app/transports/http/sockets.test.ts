/** The wire over real WebSockets: who may come in, what he may do, and how a slow one is spared. */
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { HostMessage } from "#contracts/wire.ts";
import { tableLab } from "../testing/table-lab.ts";
import { openHttpDoor } from "./http-door.ts";

const token = "0123456789abcdef0123456789abcdef";
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function doorOf(lab: ReturnType<typeof tableLab>) {
  const door = await openHttpDoor(lab, { host: "127.0.0.1", port: 0, token, rendererRoot: null, allowRemote: false });
  cleanups.push(() => door.close());
  return door;
}

async function dial(origin: string, options: { origin?: string } = {}) {
  const socket = new WebSocket(`${origin.replace("http", "ws")}/ws`, options);
  socket.binaryType = "arraybuffer";
  cleanups.push(() => socket.terminate());
  const inbox: (HostMessage | ArrayBuffer)[] = [];
  socket.on("message", (data, binary) => inbox.push(binary ? (data as ArrayBuffer) : (JSON.parse(data.toString()) as HostMessage)));
  await once(socket, "open");
  const find = (wanted: Partial<HostMessage>) =>
    expect.poll(() => inbox.find((message) => Object.entries(wanted).every(([key, value]) => (message as never)[key] === value)));
  return { socket, inbox, find, say: (message: unknown) => socket.send(JSON.stringify(message)) };
}

test("the token opens writing, its absence reading only, and a wrong one nothing", async () => {
  const lab = tableLab({ "brain.status": () => ({ state: "empty" }), "brain.run": () => ({}) });
  const door = await doorOf(lab);
  const reader = await dial(door.origin);
  reader.say({ t: "hello", version: 1, token: "" });
  await reader.find({ t: "welcome" }).toMatchObject({ write: false });
  reader.say({ t: "call", id: 1, name: "brain.run", input: {} });
  reader.say({ t: "call", id: 2, name: "brain.status", input: {} });
  await reader.find({ id: 1 }).toMatchObject({ t: "error", error: { code: "E_DENIED" } });
  await reader.find({ id: 2 }).toMatchObject({ t: "result", output: { state: "empty" } });

  const writer = await dial(door.origin);
  writer.say({ t: "hello", version: 1, token });
  writer.say({ t: "call", id: 1, name: "brain.run", input: {} });
  await writer.find({ id: 1 }).toMatchObject({ t: "result" });

  const liar = await dial(door.origin);
  liar.say({ t: "hello", version: 1, token: `${token}x` });
  expect((await once(liar.socket, "close"))[0]).toBe(4401);
  expect(lab.calls.map((call) => call.name)).toEqual(["brain.status", "brain.run"]);
});

test("a call before hello, another wire version and binary noise end the socket with their own codes", async () => {
  const door = await doorOf(tableLab());
  const early = await dial(door.origin);
  early.say({ t: "call", id: 1, name: "brain.status", input: {} });
  expect((await once(early.socket, "close"))[0]).toBe(4401);
  const old = await dial(door.origin);
  old.say({ t: "hello", version: 0, token });
  expect((await once(old.socket, "close"))[0]).toBe(4401);
  const noise = await dial(door.origin);
  noise.socket.send(new Uint8Array([1, 2, 3]));
  expect((await once(noise.socket, "close"))[0]).toBe(1007);
});

test("a page of another origin cannot open the socket, our own can", async () => {
  const door = await doorOf(tableLab());
  await expect(dial(door.origin, { origin: "http://evil.example" })).rejects.toThrow("403");
  const own = await dial(door.origin, { origin: door.origin });
  expect(own.socket.readyState).toBe(WebSocket.OPEN);
});

test("a message over the size limit closes that socket and no other", async () => {
  const lab = tableLab({ "brain.status": () => ({}) });
  const door = await doorOf(lab);
  const greedy = await dial(door.origin);
  const modest = await dial(door.origin);
  for (const { say } of [greedy, modest]) say({ t: "hello", version: 1, token }); // who is late with it is closed for that
  await greedy.find({ t: "welcome" }).toBeDefined();
  greedy.socket.send("x".repeat(65 * 1024 * 1024));
  expect((await once(greedy.socket, "close"))[0]).toBe(1009);
  modest.say({ t: "call", id: 1, name: "brain.status", input: {} });
  await modest.find({ id: 1 }).toMatchObject({ t: "result" });
});

test("a socket that does not read gets no more frames, the lab counts them, and it catches up when it reads again", async () => {
  const lab = tableLab({ "brain.status": () => ({}) });
  const door = await doorOf(lab);
  const slow = await dial(door.origin);
  slow.say({ t: "hello", version: 1, token });
  await slow.find({ t: "welcome" }).toBeDefined();
  slow.socket.pause();
  const mebiWords = 1024 * 1024;
  // Credit keeps coming (the socket still writes), nothing is read: the kernel's buffers fill, then ours, then credit parks.
  for (let round = 0; round < 200 && lab.skipped < 20; round++) {
    slow.say({ t: "credit", frames: 1 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    lab.emit(mebiWords);
  }
  expect(lab.skipped).toBeGreaterThanOrEqual(20);
  slow.socket.resume();
  await expect
    .poll(
      () => {
        lab.emit(8);
        return slow.inbox.some((message) => message instanceof ArrayBuffer && message.byteLength === 32);
      },
      { timeout: 20_000 },
    )
    .toBe(true);
});

test("announcements reach every socket, and a gone socket leaves nothing behind", async () => {
  const lab = tableLab();
  const door = await doorOf(lab);
  const [one, two] = [await dial(door.origin), await dial(door.origin)];
  for (const viewer of [one, two]) {
    viewer.say({ t: "hello", version: 1, token: "" });
    viewer.say({ t: "credit", frames: 1 });
    await viewer.find({ t: "welcome" }).toBeDefined();
  }
  await expect.poll(() => lab.listeners).toBe(4);
  lab.announce({ type: "notice", severity: "info", message: "hello all" });
  for (const viewer of [one, two]) await viewer.find({ t: "event" }).toMatchObject({ event: { message: "hello all" } });
  one.socket.terminate();
  await expect.poll(() => lab.listeners).toBe(2);
  await door.close();
  cleanups.shift();
  await expect.poll(() => lab.listeners).toBe(0);
});
