/** The brain host as a program of its own: started, killed and started again, as a supervisor does it. */
import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { FromHost, HostOptions } from "../host-link.ts";
import { packageRoot } from "../paths.ts";

const program = path.join(packageRoot(), "app/hosts/brain/index.ts");
const essential = path.join(packageRoot(), "resources/genomes/essential.json");

let stateDir: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  stateDir = mkdtempSync(path.join(tmpdir(), "gyrus-host-"));
});
afterEach(() => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
  rmSync(stateDir, { recursive: true, force: true });
});

interface Host {
  child: ChildProcess;
  exited: Promise<number | null>;
  call(name: string, input?: object): Promise<unknown>;
  status(): Promise<BrainStatus>;
}

async function start(options: Partial<HostOptions>): Promise<Host> {
  const child = fork(program, { execPath: process.execPath, serialization: "advanced", stdio: ["ignore", "ignore", "ignore", "ipc"] });
  children.push(child);
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const answer = new Promise<FromHost>((resolve) => child.once("message", (message) => resolve(message as FromHost)));
  const http = { host: "127.0.0.1", port: 0, token: "secret", rendererRoot: null, allowRemote: false };
  child.send({ t: "start", options: { stateDir, genome: null, recover: false, http, ...options } });
  const ready = await answer;
  if (ready.t !== "ready" || ready.http === null) throw new Error(JSON.stringify(ready));
  const { host, port } = ready.http;
  const call = async (name: string, input: object = {}) => {
    const response = await fetch(`http://${host}:${port}/v1/${name.replace(".", "/")}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer secret" },
      body: JSON.stringify(input),
    });
    return response.json();
  };
  return { child, exited, call, status: () => call("brain.status") as Promise<BrainStatus> };
}

test("killed while running, it comes back from its checkpoint and runs on", async () => {
  const first = await start({ genome: essential });
  await expect.poll(async () => (await first.status()).state, { timeout: 20_000 }).toBe("paused");
  await first.call("brain.run", { rateHz: 200 });
  await expect.poll(async () => (await first.status()).burst).toBeGreaterThan(30);
  const { burst } = (await first.call("brain.checkpoint")) as { burst: number };
  first.child.kill("SIGKILL");
  await first.exited;

  const second = await start({ genome: essential, recover: true });
  await expect.poll(async () => (await second.status()).recoveredAtBurst, { timeout: 20_000 }).toBe(burst);
  await expect.poll(async () => (await second.status()).burst).toBeGreaterThan(burst);
  expect((await second.status()).state).toBe("running");
  second.child.send({ t: "close" });
  expect(await second.exited).toBe(0);
  expect(existsSync(path.join(stateDir, "host.pid"))).toBe(false);
});

test("killed while a recording is looked at, it comes back as that recording at that burst; without its file, as the brain of it, and says so", async () => {
  const first = await start({ genome: essential });
  await expect.poll(async () => (await first.status()).state, { timeout: 20_000 }).toBe("paused");
  await first.call("brain.step", { bursts: 40 });
  const file = path.join(stateDir, "seen.gyrusrec");
  await first.call("time.keep", { first: 11, last: 40, path: file });
  await first.call("genome.load", { path: file });
  await first.call("time.goTo", { burst: 23 });
  await first.call("brain.checkpoint");
  first.child.kill("SIGKILL");
  await first.exited;

  const second = await start({ recover: true });
  const kept = { path: file, first: 11, last: 40 };
  await expect.poll(async () => (await second.status()).recoveredAtBurst, { timeout: 20_000 }).toBe(23);
  expect(await second.status()).toMatchObject({ state: "paused", burst: 23, kept, genomePath: null, unsaved: false });
  expect(await second.call("time.recording")).toMatchObject({ first: 11, last: 40, at: 23 });
  expect(await second.call("time.verify")).toMatchObject({ bursts: 30, divergence: null });
  expect(await second.call("brain.step", { bursts: 1 })).toMatchObject({ code: "E_CONFLICT" });
  second.child.kill("SIGKILL");
  await second.exited;

  rmSync(file);
  const third = await start({ recover: true });
  await expect.poll(async () => (await third.status()).recoveredAtBurst, { timeout: 20_000 }).toBe(23);
  expect((await third.status()).kept).toBeNull();
  await third.call("brain.step", { bursts: 1 });
  expect((await third.status()).burst).toBe(24);
  const told = (await third.call("session.events", { newest: true, after: 0, limit: 50 })) as { type: string; data: object }[];
  const recoveries = told.filter(({ type }) => type === "brain.recovered").map(({ data }) => data);
  expect(recoveries).toContainEqual(expect.objectContaining({ burst: 23, lost: expect.stringContaining(file) }));
});

test("it ends when its parent goes, and leaves no lock", async () => {
  const host = await start({});
  expect(existsSync(path.join(stateDir, "host.pid"))).toBe(true);
  host.child.disconnect();
  expect(await host.exited).toBe(0);
  expect(existsSync(path.join(stateDir, "host.pid"))).toBe(false);
});
