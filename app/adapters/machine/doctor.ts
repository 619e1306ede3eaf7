/** What this machine offers, each by trying it: nothing here is assumed from a version number. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import os from "node:os";
import path from "node:path";
import type { GraphPlace } from "#contracts/commands/neo4j.ts";
import { LabError } from "#contracts/errors.ts";
import { loadNative, type NativePlaces } from "../native/load-native.ts";
import { openNeo4j } from "../neo4j/open-neo4j.ts";

const BOLT_PORT = 7687;
const REACHING_MS = 300;

export interface MachineCheck {
  name: string;
  ok: boolean;
  detail: string;
  /** Nothing is amiss where it is not there. */
  optional?: boolean;
}

/** Where a Neo4j would be, and the password, where one is known. */
export interface GraphAccess {
  place: GraphPlace;
  password: string | null;
}

export async function examineMachine(places: NativePlaces, graph: GraphAccess): Promise<MachineCheck[]> {
  const [redis, neo4j] = await Promise.all([reachable("127.0.0.1", 6379), examineNeo4j(graph)]);
  return [
    { name: "node", ok: Number(process.versions.napi) >= 10, detail: `${process.version} on ${process.platform}-${process.arch}` },
    {
      name: "cpu",
      ok: true,
      detail: `${os.cpus()[0]?.model ?? "unknown"}, ${os.availableParallelism()} threads, ${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    },
    ...nativeChecks(places),
    await sqlite(),
    electron(),
    await gpu(),
    {
      name: "redis",
      optional: true,
      ok: redis,
      detail: redis ? "answers on 127.0.0.1:6379 (optional)" : "nothing on 127.0.0.1:6379 (optional, not used yet)",
    },
    { name: "neo4j", optional: true, ...neo4j },
  ];
}

/** Not configured, reachable or refused, and what each would mean. */
export async function examineNeo4j({ place, password }: GraphAccess): Promise<{ ok: boolean; detail: string }> {
  const { hostname, port } = new URL(place.uri);
  const answers = await reachable(hostname, Number(port || BOLT_PORT));
  if (!answers && password === null)
    return { ok: false, detail: `not configured: nothing at ${place.uri} (optional: asks a brain for paths and motifs)` };
  if (!answers) return { ok: false, detail: `a password is known, and nothing answers at ${place.uri}: start it, or change the address` };
  if (password === null)
    return { ok: false, detail: `${place.uri} answers, no password is known: connect in the view Neo4j, or set GYRUS_NEO4J_PASSWORD` };
  try {
    const graph = await openNeo4j(place, password);
    await graph.close();
    const { version, edition } = graph.server;
    return { ok: true, detail: `Neo4j ${version} ${edition} at ${place.uri}, database ${place.database}` };
  } catch (error) {
    const advice = error instanceof LabError && error.advice ? ` ${error.advice}` : "";
    return { ok: false, detail: `refused: ${(error as Error).message}.${advice}` };
  }
}

function nativeChecks(places: NativePlaces): MachineCheck[] {
  try {
    const native = loadNative(places);
    return [
      { name: "native engine", ok: true, detail: native.path },
      { name: "simd", ok: true, detail: native.simdLevel },
    ];
  } catch (error) {
    const tried = error instanceof LabError && Array.isArray(error.details.tried) ? ` (tried ${error.details.tried.join(", ")})` : "";
    const reason = `${(error as Error).message}${tried}`;
    return [
      { name: "native engine", ok: false, detail: reason },
      { name: "simd", ok: false, detail: "without the native engine" },
    ];
  }
}

async function sqlite(): Promise<MachineCheck> {
  if (Number(process.versions.napi) < 10) return { name: "sqlite", ok: false, detail: "needs Node 22.15 or newer" };
  try {
    const { default: Database } = await import("better-sqlite3");
    const database = new Database(":memory:");
    const version = database.prepare("select sqlite_version()").pluck().get();
    database.close();
    return { name: "sqlite", ok: true, detail: `SQLite ${version}` };
  } catch (error) {
    return { name: "sqlite", ok: false, detail: (error as Error).message };
  }
}

function electron(): MachineCheck {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  try {
    const folder = path.dirname(createRequire(import.meta.url).resolve("electron/package.json"));
    const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string };
    const found = override ? existsSync(override) : existsSync(path.join(folder, "path.txt"));
    return {
      name: "electron",
      ok: found,
      detail: found ? `${version}${override ? ` at ${override}` : ""}` : `${version} is declared, its binary is not here`,
    };
  } catch {
    return { name: "electron", ok: false, detail: "the package is not installed" };
  }
}

/** The window finds out for itself what draws; here only whether a render node is there. */
async function gpu(): Promise<MachineCheck> {
  if (process.platform !== "linux") return { name: "gpu", ok: true, detail: "the status bar of the window says what draws" };
  const model = await output("nvidia-smi", ["--query-gpu=name", "--format=csv,noheader"]);
  const node = existsSync("/dev/dri/renderD128");
  return { name: "gpu", ok: node || model !== "", detail: model || (node ? "/dev/dri/renderD128" : "none: the window draws in software") };
}

function output(command: string, args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"], timeout: 3000 });
    let text = "";
    child.stdout.on("data", (chunk) => (text += chunk));
    child.on("error", () => resolve(""));
    child.on("close", (code) => resolve(code === 0 ? (text.trim().split("\n")[0] ?? "") : ""));
  });
}

function reachable(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: REACHING_MS });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .once("connect", () => end(true))
      .once("error", () => end(false))
      .once("timeout", () => end(false));
  });
}
