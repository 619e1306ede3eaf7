/** The supervisor as a real process over a real child: what scripts read, what crashes cost, and that nothing is left behind. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { countRestarts } from "../restarts.ts";
import { serve } from "./serve.ts";

const program = fileURLToPath(new URL("../testing/serve-table-host.ts", import.meta.url));
let stateDir = "";
const supervisors: ChildProcess[] = [];
beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "gyrus-serve-"));
});
afterEach(async () => {
  for (const supervisor of supervisors.splice(0)) if (supervisor.exitCode === null) supervisor.kill("SIGKILL");
  await rm(stateDir, { recursive: true, force: true, maxRetries: 20 });
});

interface FirstLine {
  url: string;
  api: string;
  ws: string;
  zmq: object;
  token: string;
  pid: number;
  supervisorPid: number;
}

async function start(genome?: string) {
  const supervisor = spawn(process.execPath, [program, stateDir, ...(genome === undefined ? [] : [genome])]);
  supervisors.push(supervisor);
  const output = { stdout: "", stderr: "" };
  supervisor.stdout.on("data", (text) => {
    output.stdout += text;
  });
  supervisor.stderr.on("data", (text) => {
    output.stderr += text;
  });
  const ended = once(supervisor, "exit");
  await Promise.race([expect.poll(() => output.stdout, { timeout: 20_000 }).toContain("\n"), ended]);
  const line = output.stdout === "" ? null : (JSON.parse(output.stdout.split("\n")[0] as string) as FirstLine);
  return { supervisor, output, line: line as FirstLine, ended };
}

const alive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const starts = async () =>
  (await readFile(join(stateDir, "starts.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const statusOf = (line: FirstLine) =>
  fetch(`${line.api}/brain/status`, { method: "POST" }).then(
    (answer) => answer.json() as Promise<{ pid: number }>,
    () => null,
  );

test("stdout is one line that leads to the running host, with the token only in the fragment", async () => {
  const { line, output, supervisor } = await start();
  expect(await statusOf(line)).toEqual({ pid: line.pid });
  expect(line.supervisorPid).toBe(supervisor.pid);
  expect(line.pid).not.toBe(supervisor.pid);
  expect(line.token).toMatch(/^[0-9a-f]{32}$/);
  expect(new URL(line.url).hash).toBe(`#token=${line.token}`);
  expect(line.ws).toBe(`ws://${new URL(line.url).host}/ws`);
  expect(output.stdout.trim().split("\n")).toHaveLength(1);
  await expect.poll(() => output.stderr).toContain("a host's word");
});

test("headless it serves the API alone, and the token that came by the environment is printed nowhere", async () => {
  const token = "a-secret-of-a-cluster";
  const cli = fileURLToPath(new URL("../cli/index.ts", import.meta.url));
  const supervisor = spawn(process.execPath, [cli, "serve", "--headless", "--state", stateDir], {
    env: { ...process.env, GYRUS_TOKEN: token },
  });
  supervisors.push(supervisor);
  let printed = "";
  for (const stream of [supervisor.stdout, supervisor.stderr])
    stream.on("data", (text) => {
      printed += text;
    });
  await expect.poll(() => printed, { timeout: 30_000 }).toContain("}\n");
  const { api, url, token: told } = JSON.parse(printed.split("\n").find((line) => line.startsWith("{"))!) as FirstLine;
  expect([told, new URL(url).hash]).toEqual([null, ""]);
  expect((await fetch(`${api}/health`)).status).toBe(200);
  expect((await fetch(`${new URL(url).origin}/index.html`)).status).toBe(404);
  const pause = (bearer: string) =>
    fetch(`${api}/brain/setRate`, {
      method: "POST",
      headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
      body: '{"rateHz":10}',
    });
  expect([(await pause("another-token-of-16")).status, (await pause(token)).status]).toEqual([403, 200]);
  const ended = once(supervisor, "exit");
  supervisor.kill("SIGTERM");
  await ended;
  expect(printed).not.toContain(token);
});

test("a killed host comes back on the same port and token, told to recover", async () => {
  const { line, output } = await start();
  process.kill(line.pid, "SIGKILL");
  await expect.poll(async () => (await statusOf(line))?.pid ?? line.pid, { timeout: 20_000 }).not.toBe(line.pid);
  const [first, second] = await starts();
  expect([first.recover, second.recover]).toEqual([false, true]);
  expect(second.http).toEqual({ ...first.http, port: Number(new URL(line.url).port) });
  expect(output.stderr).toContain(`(pid ${line.pid}) was killed by SIGKILL`);
  expect(output.stdout.trim().split("\n")).toHaveLength(1);
});

test.each(["SIGTERM", "SIGINT"] as const)("%s to the supervisor closes the host and ends with 0", async (signal) => {
  const { line, supervisor, ended } = await start();
  supervisor.kill(signal);
  expect(await ended).toEqual([0, null]);
  expect(alive(line.pid)).toBe(false);
  expect(await readFile(join(stateDir, "ends.jsonl"), "utf8")).toContain("asked to close");
});

test("one Ctrl+C that arrives twice still closes the host instead of killing it", async () => {
  const { supervisor, ended } = await start();
  supervisor.kill("SIGINT");
  supervisor.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
  expect(await readFile(join(stateDir, "ends.jsonl"), "utf8")).toContain("asked to close");
});

test("a host that is asked to end takes the supervisor with it, exit 0, no restart", async () => {
  const { line, ended } = await start();
  process.kill(line.pid, "SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(await starts()).toHaveLength(1);
});

test("a supervisor that is killed leaves no host behind", async () => {
  const { line, supervisor } = await start();
  supervisor.kill("SIGKILL");
  await expect.poll(() => alive(line.pid), { timeout: 20_000 }).toBe(false);
  expect(await readFile(join(stateDir, "ends.jsonl"), "utf8")).toContain("the parent is gone");
});

test("a host that cannot start is an error with its reason, not a loop", async () => {
  const { output, ended } = await start("unreadable.json");
  expect(await ended).toEqual([1, null]);
  expect(output).toMatchObject({ stdout: "", stderr: "error: the state folder is held by another host\n" });
  expect(await starts()).toHaveLength(1);
});

test("another machine's address needs a word of its own, and a weak token is refused", async () => {
  await expect(serve({ host: "0.0.0.0", stateDir })).rejects.toMatchObject({ code: "E_DENIED" });
  await expect(serve({ token: "short", stateDir })).rejects.toMatchObject({ code: "E_INVALID" });
});

test("restarts wait longer each time and end after five crashes within a minute", () => {
  const restarts = countRestarts();
  expect([0, 1000, 2000, 3000, 4000].map((now) => restarts.crashed(now))).toEqual([100, 200, 400, 800, null]);
  const rare = countRestarts();
  expect([0, 30_000, 61_000, 95_000, 130_000, 190_001].map((now) => rare.crashed(now))).toEqual([100, 200, 200, 200, 200, 100]);
});
