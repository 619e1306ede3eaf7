/** The password of a database, which no argument may hold: others see those, and shells remember them. */

import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

const VARIABLE = "GYRUS_NEO4J_PASSWORD";

/** From the environment, else asked for without an echo where somebody sits at a terminal. */
export async function neo4jPassword(question: string): Promise<string | null> {
  const given = process.env[VARIABLE];
  if (given) return given;
  if (!process.stdin.isTTY) return null;
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return (await reader.question("")) || null;
  } finally {
    reader.close();
    process.stderr.write("\n");
  }
}
