/** app:// answers, asked with plain web Requests. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveFolder } from "./app-protocol.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gyrus-app-"));
  await mkdir(join(folder, "renderer/assets"), { recursive: true });
  await writeFile(join(folder, "renderer/index.html"), "<!doctype html>");
  await writeFile(join(folder, "renderer/assets/main.js"), "1");
  await writeFile(join(folder, "renderer/notes.bak"), "2");
  await writeFile(join(folder, "secret.json"), "{}");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = (url: string, init?: RequestInit) => serveFolder(join(folder, "renderer"))(new Request(url, init));

test("the page and its assets come typed and isolated", async () => {
  const page = await ask("app://gyrus/");
  expect(await page.text()).toBe("<!doctype html>");
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(page.headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(page.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  expect(page.headers.get("content-security-policy")).toContain("connect-src 'self';");
  expect((await ask("app://gyrus/assets/main.js")).headers.get("content-type")).toContain("javascript");
});

test.each([
  ["app://gyrus/..%2fsecret.json", 404],
  ["app://gyrus/assets/..%2f..%2fsecret.json", 404],
  ["app://gyrus/%E0%A4%A", 400],
  ["app://gyrus/notes.bak", 404],
  ["app://gyrus/missing.js", 404],
  ["app://elsewhere/index.html", 404],
])("%s is refused with %i", async (url, status) => {
  expect((await ask(url)).status).toBe(status);
});

test("only GET is answered", async () => {
  expect((await ask("app://gyrus/", { method: "POST", body: "x" })).status).toBe(405);
});
