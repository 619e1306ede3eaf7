/** Tells by its content whether a path is a network of a foreign format, and reads it. */
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import path from "node:path";
import { createGunzip, gunzipSync, constants as zlib } from "node:zlib";
import { LabError } from "#contracts/errors.ts";
import type { ForeignLimits, ForeignNetwork } from "#core/exchange/foreign-network.ts";

const SNIFFED = 1 << 16;
const configNames = ["circuit_config.json", "config.json"];

/** Null for what is no foreign network: a genome, a brain file, or what cannot be read. */
export async function readForeign(file: string, limits: ForeignLimits): Promise<ForeignNetwork | null> {
  // Each library is loaded when it is needed: h5wasm alone is 4 MB.
  switch (await foreignFormat(file)) {
    case "graphml":
      return (await import("./graphml-reader.ts")).readGraphml(textOf(file), path.basename(file), limits);
    case "sonata":
      return (await import("./sonata-reader.ts")).readSonata(await configIn(file), limits);
    default:
      return null;
  }
}

export async function foreignFormat(file: string): Promise<"graphml" | "sonata" | null> {
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) return "sonata";
  if (!found?.isFile()) return null;
  const head = await headOf(file);
  if (head.startsWith("\u0089HDF"))
    throw new LabError(
      "E_NETWORK",
      `${path.basename(file)} is one HDF5 file of a circuit or recording`,
      { path: file },
      "Open the folder of its SONATA circuit, or its circuit_config.json.",
    );
  const text = head.replace(/^\ufeff|^\u00ef\u00bb\u00bf/, "").trimStart();
  if (text.startsWith("<")) {
    if (!/<(\w+:)?graphml\b/.test(text)) throw noGraphml(path.basename(file));
    return "graphml";
  }
  return head.length < SNIFFED && isSonataConfig(text) ? "sonata" : null;
}

/** What could be a SONATA configuration, among all that is JSON. */
function isSonataConfig(text: string): boolean {
  if (!text.startsWith("{") || !/"networks?"\s*:/.test(text)) return false;
  try {
    const said = JSON.parse(text) as Record<string, unknown>;
    return !("blueprint" in said) && ("networks" in said || typeof said.network === "string");
  } catch {
    return false;
  }
}

/** The same of a text, as a browser hands it over: GraphML, or null. */
export async function readForeignText(text: string, name: string, limits: ForeignLimits): Promise<ForeignNetwork | null> {
  const start = text
    .slice(0, SNIFFED)
    .replace(/^\ufeff/, "")
    .trimStart();
  if (!start.startsWith("<")) return null;
  if (!/<(\w+:)?graphml\b/.test(start)) throw noGraphml(name);
  return (await import("./graphml-reader.ts")).readGraphml([text], name, limits);
}

async function configIn(folder: string): Promise<string> {
  if ((await stat(folder)).isFile()) return folder;
  for (const name of configNames) {
    const file = path.join(folder, name);
    if ((await stat(file).catch(() => null))?.isFile()) return file;
  }
  throw new LabError(
    "E_IO",
    `This is a folder, and it holds no ${configNames.join(" or ")}`,
    { path: folder },
    "Choose a genome, a brain file or a folder of SONATA.",
  );
}

/** The first bytes, unpacked, as Latin-1; empty where they cannot be read. */
async function headOf(file: string): Promise<string> {
  const handle = await open(file).catch(() => null);
  if (!handle) return "";
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(SNIFFED), 0, SNIFFED, 0);
    const head = buffer.subarray(0, bytesRead);
    if (head[0] !== 0x1f || head[1] !== 0x8b) return head.toString("latin1");
    return gunzipSync(head, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: 64 * SNIFFED })
      .subarray(0, SNIFFED)
      .toString("latin1");
  } catch {
    return "";
  } finally {
    await handle.close();
  }
}

async function* textOf(file: string): AsyncGenerator<string> {
  const stream = createReadStream(file);
  const isPacked = file.endsWith(".gz");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const piece of (isPacked ? stream.pipe(createGunzip()) : stream) as AsyncIterable<Uint8Array>)
      yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    if (cause instanceof LabError) throw cause;
    throw new LabError(
      "E_NETWORK",
      `${path.basename(file)} was refused: ${(cause as Error).message}`,
      { path: file },
      "Choose a whole file of UTF-8 text.",
      cause,
    );
  } finally {
    stream.destroy();
  }
}

function noGraphml(name: string): LabError {
  return new LabError(
    "E_UNSUPPORTED",
    `${name} is XML, but no GraphML`,
    {},
    "Choose a genome, a brain file, GraphML or a folder of SONATA.",
  );
}
