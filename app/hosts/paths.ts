/** Where things are: beside the sources, in a bundle under out/, or inside a packaged app. Found from package.json upward of this file. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NativePlaces } from "#adapters/native/load-native.ts";

/** The folder of our package.json. */
export function packageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) throw new Error("no package.json above this file");
  }
}

/** The brain host's program. */
export function brainProgram(): string {
  return programOf("brain");
}

/** The program of evolution's breeders. */
export function breederProgram(): string {
  return programOf("breeder");
}

/** The bundle when this file is bundled, else its source, which Node 24 runs as it is. */
function programOf(host: string): string {
  return import.meta.url.endsWith(".ts") ? join(packageRoot(), `app/hosts/${host}/index.ts`) : join(packageRoot(), `out/main/${host}.js`);
}

/** The built window, null before the first build. */
export function rendererRoot(): string | null {
  const folder = join(packageRoot(), "out/renderer");
  return existsSync(join(folder, "index.html")) ? folder : null;
}

/** Where a lab keeps its events, checkpoints and exports when nobody says otherwise: GYRUS_STATE_DIR, else the system's data folder. */
export function defaultStateDir(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env.GYRUS_STATE_DIR) return env.GYRUS_STATE_DIR;
  if (platform === "win32") return join(env.LOCALAPPDATA ?? join(homedir(), "AppData/Local"), "gyrus");
  if (platform === "darwin") return join(homedir(), "Library/Application Support/gyrus");
  return join(env.XDG_DATA_HOME ?? join(homedir(), ".local/share"), "gyrus");
}

/** Where a host looks for the native engine: beside the packaged resources, then the local build. */
export function nativePlaces(env: NodeJS.ProcessEnv = process.env): NativePlaces {
  const { resourcesPath } = process as { resourcesPath?: string };
  const buildDirectory = join(packageRoot(), "native");
  return { env, buildDirectory, ...(resourcesPath === undefined ? {} : { resourceDirectory: join(resourcesPath, "native") }) };
}
