/** A real Neo4j 5.26 for a test, from jars that `npm pretest` fetches where Java and Maven are; missing, the tests say so by name. */
import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { GraphPlace } from "#contracts/commands/neo4j.ts";

export const jars = fileURLToPath(new URL("../../../../node_modules/.cache/gyrus/neo4j", import.meta.url));
const program = fileURLToPath(new URL("Neo4jUnderTest.java", import.meta.url));
export const password = "not-a-secret";

/** Why there is no Neo4j to test with; empty where there is one. */
export const missing = !existsSync(path.join(jars, "neo4j-5.26.0.jar"))
  ? "its jars are not here (npm pretest fetches them where Maven is)"
  : spawnSync("java", ["-version"]).status !== 0
    ? "Java is not here"
    : "";

export interface Neo4jServer {
  place: GraphPlace;
  /** As if its machine had lost power. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export async function startNeo4j(folder: string): Promise<Neo4jServer> {
  const port = await freePort();
  const options = ["-Xmx1g", "-XX:+UseSerialGC", "-cp", path.join(jars, "*")];
  const server = spawn("java", [...options, program, folder, String(port), password], { stdio: ["pipe", "pipe", "pipe"] });
  await ready(server);
  const exited = once(server, "exit");
  return {
    place: { uri: `bolt://127.0.0.1:${port}`, user: "neo4j", database: "neo4j" },
    async kill() {
      server.kill("SIGKILL");
      await exited;
    },
    async close() {
      server.stdin.end();
      await exited;
    },
  };
}

function ready(server: ChildProcess): Promise<void> {
  let said = "";
  return new Promise((resolve, reject) => {
    for (const stream of [server.stdout!, server.stderr!])
      stream.on("data", (chunk) => {
        said += chunk;
        if (/^ready$/m.test(said)) resolve();
        // Its other threads would keep it alive.
        if (/^Exception in thread "main"/m.test(said)) server.kill();
      });
    server.once("exit", (code) => reject(new Error(`Neo4j ended with ${code}: ${said}`)));
  });
}

/** `neo4j-admin` itself, on the database of a server that does not run. What it says; rejects where it refuses. */
export async function neo4jAdmin(folder: string, args: readonly string[], cwd: string): Promise<string> {
  mkdirSync(path.join(folder, "conf"), { recursive: true });
  const env = { ...process.env, NEO4J_HOME: folder, NEO4J_CONF: path.join(folder, "conf") };
  const { stdout } = await promisify(execFile)("java", ["-Xmx1g", "-cp", path.join(jars, "*"), "org.neo4j.cli.AdminTool", ...args], {
    ...{ cwd, env, maxBuffer: 1 << 24 },
  });
  return stdout;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}
