/** Running programs and remembering what is already done. Node 20 built-ins only. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root, toolEnvironment } from "./node.mjs";

const stampFile = path.join(root, "node_modules", ".cache", "gyrus", "stamps.json");

export function say(text) {
  process.stderr.write(`gyrus: ${text}\n`);
}

/** Runs a program to its end; output goes through, or is gathered when `quiet` and shown only on failure. */
export function run(command, args, { quiet = false, env = {}, cwd = root, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...toolEnvironment(), ...env },
      stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
      shell: process.platform === "win32" && !command.endsWith(".exe"),
      timeout: timeoutMs,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** True when the program can be started and its answer to `args` is success. A rustup shim without a toolchain is not. */
export function works(command, args = ["--version"]) {
  return spawnSync(command, args, { stdio: "ignore", env: toolEnvironment() }).status === 0;
}

/** One hash over the names, sizes and times of every file under the given paths. */
export function fingerprint(paths, extra = "") {
  const hash = createHash("sha256").update(extra);
  const visit = (file) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(file).sort())
        if (name !== "golden" && name !== "target" && !name.endsWith(".test.ts")) visit(path.join(file, name));
    } else hash.update(`${path.relative(root, file)}:${stat.size}:${stat.mtimeMs};`);
  };
  for (const entry of paths) visit(path.join(root, entry));
  return hash.digest("hex");
}

export function readStamp(name) {
  try {
    return JSON.parse(readFileSync(stampFile, "utf8"))[name];
  } catch {
    return undefined;
  }
}

export function writeStamp(name, value) {
  let stamps = {};
  try {
    stamps = JSON.parse(readFileSync(stampFile, "utf8"));
  } catch {
    // First stamp of this checkout.
  }
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ ...stamps, [name]: value }, null, 2));
}
