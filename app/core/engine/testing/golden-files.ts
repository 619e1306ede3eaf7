/** The recorded networks of golden/, parsed. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const folder = fileURLToPath(new URL("../golden/", import.meta.url));

export function goldenNames(): string[] {
  return readdirSync(folder)
    .filter((file) => /\.json(\.gz)?$/.test(file))
    .map((file) => file.replace(/\.json(\.gz)?$/, ""))
    .sort();
}

export function readGolden(name: string): unknown {
  const file = readdirSync(folder).find((entry) => entry === `${name}.json` || entry === `${name}.json.gz`);
  if (!file) throw new Error(`No golden file ${name}`);
  const bytes = readFileSync(folder + file);
  return JSON.parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
}
