/** The recorded networks of golden/ and its folders, parsed. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../golden/", import.meta.url));

export function goldenNames(folder = "."): string[] {
  return readdirSync(`${root}${folder}`)
    .filter((file) => /\.json(\.gz)?$/.test(file))
    .map((file) => file.replace(/\.json(\.gz)?$/, ""))
    .sort();
}

export function readGolden(name: string, folder = "."): unknown {
  const file = readdirSync(`${root}${folder}`).find((entry) => entry === `${name}.json` || entry === `${name}.json.gz`);
  if (!file) throw new Error(`No golden file ${name}`);
  const bytes = readFileSync(`${root}${folder}/${file}`);
  return JSON.parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
}
