/**
 * `npm start [-- GENOME]`: the Electron window where a binary resolves and there is a display, else the same window served on
 * loopback. Arguments after `--` go through.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { findNode, root, toolEnvironment } from "./lib/node.mjs";
import { readStamp, run, say, writeStamp } from "./lib/run.mjs";

const args = process.argv.slice(2);
const genome = args.find((argument) => !argument.startsWith("-"));
if (genome && !existsSync(path.resolve(genome))) {
  process.stderr.write(`error: no such genome (${genome}): check the path, or start without one and pick a sample\n`);
  process.exit(1);
}

const electron = hasDisplay() ? await findElectron() : null;
if (electron) openElectron(electron);
else serve();

function hasDisplay() {
  return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The Electron binary, trying its own installer once per version: on a machine without its download host that must not cost every start. */
async function findElectron() {
  const folder = path.join(root, "node_modules", "electron");
  const resolve = () => {
    const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
    const name = existsSync(path.join(folder, "path.txt")) ? readFileSync(path.join(folder, "path.txt"), "utf8").trim() : "electron";
    const file = path.join(override ?? path.join(folder, "dist"), name);
    return existsSync(file) ? file : null;
  };
  const found = resolve();
  if (found || !existsSync(folder)) return found;
  const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  if (readStamp("electron-download") === `failed ${version}`) return null;
  say(`fetching Electron ${version} (once) …`);
  await run(findNode().node, [path.join(folder, "install.js")], { quiet: true, timeoutMs: 120_000 });
  const installed = resolve();
  if (!installed) {
    writeStamp("electron-download", `failed ${version}`);
    say("Electron could not be fetched; the same window opens in the browser. Set ELECTRON_OVERRIDE_DIST_PATH to use one you have.");
  }
  return installed;
}

function openElectron(binary) {
  // Chromium refuses its sandbox to root; the window stays isolated, the system less protected.
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const child = spawn(binary, [...asRoot, root, ...(genome ? [path.resolve(genome)] : [])], { stdio: "inherit", env: toolEnvironment() });
  endWithParent(child);
  child.on("exit", (code) => process.exit(code ?? 0));
}

/** npm does not pass every signal on: when it is gone, so is what it started. */
function endWithParent(child) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 500).unref();
}

function serve() {
  const options = ["serve", ...(genome ? ["--genome", path.resolve(genome)] : []), ...args.filter((argument) => argument.startsWith("-"))];
  if (!process.env.CI && hasDisplay()) options.push("--open");
  const child = spawn(findNode().node, [path.join(root, "out", "main", "cli.js"), ...options], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    env: toolEnvironment(),
  });
  createInterface({ input: child.stdout }).once("line", (line) => {
    try {
      process.stdout.write(`Gyrus is at ${JSON.parse(line).url}\nPress Ctrl+C to stop it.\n`);
    } catch {
      process.stdout.write(`${line}\n`);
    }
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  endWithParent(child);
  child.on("exit", (code) => process.exit(code ?? 0));
}
