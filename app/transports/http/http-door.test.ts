/** The HTTP door on a real loopback socket: faces of the registry, fences, downloads and the window's pages. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { errorCodes, LabError } from "#contracts/errors.ts";
import { allCommands } from "../registry.ts";
import { tableLab } from "../testing/table-lab.ts";
import { type HttpDoorOptions, maxMessageBytes, openHttpDoor } from "./http-door.ts";

const token = "0123456789abcdef0123456789abcdef";
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function doorOf(table: Parameters<typeof tableLab>[0], options: Partial<HttpDoorOptions> = {}) {
  const lab = tableLab(table);
  const door = await openHttpDoor(lab, { host: "127.0.0.1", port: 0, token, rendererRoot: null, allowRemote: false, ...options });
  cleanups.push(() => door.close());
  const call = (name: string, body: unknown = {}, headers: Record<string, string> = {}) =>
    fetch(`${door.origin}/v1/${name.replace(".", "/")}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  return { lab, door, call };
}

const bearer = { authorization: `Bearer ${token}` };

/** A raw request, for headers that fetch refuses to send. */
function raw(origin: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end();
  });
}

async function folder(files: Record<string, string>) {
  const path = await mkdtemp(join(tmpdir(), "gyrus-door-"));
  cleanups.push(() => rm(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return path;
}

test("every command of the registry is a route and is described in the OpenAPI document", async () => {
  const { door, call } = await doorOf({});
  const api = (await (await fetch(`${door.origin}/openapi.json`)).json()) as {
    paths: Record<
      string,
      { post?: { summary: string; requestBody: object; security?: object[]; responses: Record<string, { content: object }> } }
    >;
  };
  for (const { name, group, verb, command } of allCommands) {
    const post = api.paths[`/v1/${group}/${verb}`]?.post;
    expect(post, name).toBeDefined();
    expect(post?.summary).toBe(command.title);
    expect(post?.requestBody).toBeDefined();
    expect(post?.responses["200"]?.content).toBeDefined();
    expect(post?.security !== undefined, name).toBe(command.permission === "write");
    expect((await call(name, {}, bearer)).status, name).toBe(404); // reached the lab, which has an empty table
  }
});

test("reading needs no token on loopback; writing and host paths do", async () => {
  const { lab, call } = await doorOf({
    "brain.status": () => ({ state: "empty" }),
    "brain.run": () => ({}),
    "genome.validate": () => ({}),
  });
  expect(await (await call("brain.status")).json()).toEqual({ state: "empty" });
  expect((await call("brain.run")).status).toBe(403);
  expect((await call("brain.run", {}, { authorization: "Bearer wrong" })).status).toBe(403);
  expect((await call("genome.validate", { text: "{}" })).status).toBe(200);
  expect((await call("genome.validate", { path: "/etc/passwd" })).status).toBe(403);
  expect((await call("brain.run", {}, bearer)).status).toBe(200);
  expect(lab.calls.map((made) => made.name)).toEqual(["brain.status", "genome.validate", "brain.run"]);
});

test.each(errorCodes)("%s keeps its code, advice and details on the wire, with a status that says whose fault it is", async (code) => {
  const { call } = await doorOf({
    "brain.status": () => {
      throw new LabError(code, "It did not work", { area: "x" }, "Try again.");
    },
  });
  const answer = await call("brain.status");
  expect(await answer.json()).toEqual({ code, message: "It did not work", advice: "Try again.", details: { area: "x" } });
  const ours = ["E_ENGINE", "E_NATIVE_NOT_FOUND", "E_IO", "E_UNSUPPORTED", "E_DIVERGED"].includes(code);
  expect(answer.status >= 500).toBe(ours);
});

test("a foreign name for this address, a foreign page and a foreign subresource are refused", async () => {
  const { door } = await doorOf({});
  const port = new URL(door.origin).port;
  expect(await raw(door.origin, "/v1/health", { host: `127.0.0.1:${port}` })).toBe(200);
  expect(await raw(door.origin, "/v1/health", { host: `localhost:${port}`, origin: `http://localhost:${port}` })).toBe(200);
  expect(await raw(door.origin, "/v1/health", { host: `evil.example:${port}` })).toBe(403);
  expect(await raw(door.origin, "/v1/health", { host: `127.0.0.1:${port}`, origin: "http://evil.example" })).toBe(403);
  expect(await raw(door.origin, "/v1/health", { host: `127.0.0.1:${port}`, origin: "null" })).toBe(403);
  expect(
    await raw(door.origin, "/v1/health", { host: `127.0.0.1:${port}`, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }),
  ).toBe(403);
  expect(await raw(door.origin, "/", { host: `127.0.0.1:${port}`, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" })).toBe(
    200,
  );
});

test("another machine's address is bound only when asked for, and then even reading needs the token", async () => {
  await expect(doorOf({}, { host: "0.0.0.0" })).rejects.toMatchObject({ code: "E_DENIED" });
  const { door } = await doorOf({ "brain.status": () => ({}) }, { host: "0.0.0.0", allowRemote: true });
  const status = (headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${door.port}/v1/brain/status`, { method: "POST", headers }).then((answer) => answer.status);
  expect(await status({})).toBe(403);
  expect(await status(bearer)).toBe(200);
});

test("a body that is not JSON, or too large, is the caller's fault and reaches no command", async () => {
  const { lab, door } = await doorOf({ "genome.validate": () => ({}) });
  const post = (body: string) =>
    fetch(`${door.origin}/v1/genome/validate`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const broken = await post("{");
  expect({ status: broken.status, code: ((await broken.json()) as { code: string }).code }).toEqual({ status: 400, code: "E_INVALID" });
  const large = await post(JSON.stringify({ text: "x".repeat(maxMessageBytes) }));
  expect(large.status).toBe(413);
  expect(lab.calls).toEqual([]);
});

test("an exported file can be fetched by the address in the answer, and nothing else can", async () => {
  const root = await folder({ "brain one.csv": "source,target\n1,2\n", "secret.txt": "no" });
  const file = { path: join(root, "brain one.csv"), bytes: 18, sha256: "0" };
  const { door, call } = await doorOf({ "session.export": () => ({ format: "csv", files: [file], neurons: 2, synapses: 1, ms: 1 }) });
  const exported = (await (await call("session.export", { format: "csv" }, bearer)).json()) as { files: { url: string }[] };
  const answer = await fetch(door.origin + exported.files[0]?.url);
  expect(await answer.text()).toBe("source,target\n1,2\n");
  expect(answer.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''brain%20one.csv");
  expect((await fetch(`${door.origin}/v1/files/0`)).status).toBe(404);
  expect((await fetch(`${door.origin}/v1/files/..%2Fsecret.txt`)).status).toBe(404);
  await rm(file.path);
  expect((await fetch(door.origin + exported.files[0]?.url)).status).toBe(404);
});

test("pages come with isolation and a policy that allows no eval, nothing inline and nothing remote", async () => {
  const rendererRoot = await folder({ "index.html": "<!doctype html><title>Gyrus</title>" });
  const { door } = await doorOf({}, { rendererRoot });
  const page = await fetch(`${door.origin}/`);
  expect(await page.text()).toContain("<title>Gyrus</title>");
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${door.port};`);
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain("unsafe-eval");
  expect(page.headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(page.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  expect((await fetch(`${door.origin}/%2e%2e/%2e%2e/etc/passwd`)).status).toBe(404);
});

test("a caller that hangs up cancels the call it made", async () => {
  let reached = () => {};
  const started = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const { lab, door } = await doorOf({
    "genome.load": () => {
      reached();
      return new Promise(() => {});
    },
  });
  const hangUp = new AbortController();
  const answer = fetch(`${door.origin}/v1/genome/load`, { method: "POST", headers: bearer, signal: hangUp.signal });
  await started;
  hangUp.abort();
  await expect(answer).rejects.toThrow();
  await expect.poll(() => lab.calls[0]?.context.signal.aborted).toBe(true);
});

test("a port in use is reported as what to change", async () => {
  const { door } = await doorOf({});
  await expect(doorOf({}, { port: door.port })).rejects.toMatchObject({ code: "E_IO", advice: "Choose another --port." });
});
