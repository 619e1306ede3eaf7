#!/usr/bin/env node
/** `gyrus …`: runs the built command line under the Node that fits, whatever Node started this file. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { findNode, root } from "./lib/node.mjs";

const program = path.join(root, "out", "main", "cli.js");
const { node, reason } = findNode();
if (!node) fail(reason);
if (!existsSync(program)) fail("Gyrus is not built yet (out/main/cli.js): run `npm start` or `npm run build` once");

// The channel lets `serve` notice when this process is killed.
const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));

function fail(text) {
  process.stderr.write(`error: ${text}\n`);
  process.exit(1);
}
