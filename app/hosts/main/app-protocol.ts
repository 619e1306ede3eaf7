/**
 * What app://gyrus/… answers: the files of the built window and nothing else, with the headers that isolate the page.
 * Takes and gives web Requests and Responses, so it runs without Electron.
 */
import { readFile } from "node:fs/promises";
import { extname, join, resolve, sep } from "node:path";
import { securityHeaders } from "#transports/http/security-headers.ts";

export const appOrigin = "app://gyrus";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

export function serveFolder(root: string): (request: Request) => Promise<Response> {
  const base = resolve(root) + sep;
  const refused = (status: number) => new Response(null, { status, headers: securityHeaders() });
  return async (request) => {
    const url = new URL(request.url);
    if (url.host !== "gyrus") return refused(404);
    if (request.method !== "GET") return refused(405);
    let path: string;
    try {
      path = decodeURIComponent(url.pathname);
    } catch {
      return refused(400);
    }
    const file = join(base, path === "/" ? "index.html" : path);
    const type = types[extname(file)];
    if (!file.startsWith(base) || type === undefined) return refused(404);
    const body = await readFile(file).catch(() => null);
    if (body === null) return refused(404);
    return new Response(new Uint8Array(body), { headers: { ...securityHeaders(), "content-type": type } });
  };
}
