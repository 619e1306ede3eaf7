/**
 * Builds the native engine with plain cargo and copies it to native/engine.<platform>-<arch>.node, the bench kernel beside it. Node built-ins only.
 *
 * Exit codes: 0 built or unchanged, 1 the build failed, 3 no usable cargo. The reference engine serves in the last two cases.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const native = join(root, "native");
const stamp = join(root, "node_modules", ".cache", "gyrus-native.json");
const place = `${process.platform}-${process.arch}`;
const addon = join(native, `engine.${place}.node`);
const executable = process.platform === "win32" ? ".exe" : "";
const library = { linux: "libgyrus_node.so", darwin: "libgyrus_node.dylib", win32: "gyrus_node.dll" }[process.platform];

process.exitCode = build();

function build() {
  if (library === undefined) {
    console.error(`native engine: not built, ${process.platform} is not supported; the reference engine serves`);
    return 3;
  }
  // A rustup shim without a toolchain is on PATH but fails, so the exit status counts.
  const cargo = spawnSync("cargo", ["-V"], { encoding: "utf8" });
  if (cargo.status !== 0) {
    console.error("native engine: no cargo; the reference engine serves. Rust from https://rustup.rs builds the faster one");
    return 3;
  }
  const inputs = hashOfInputs(cargo.stdout.trim());
  if (existsSync(addon) && stampedInputs() === inputs) {
    return 0;
  }
  console.error("native engine: building (a first build takes a minute or two)");
  const run = spawnSync("cargo", ["build", "--release", "--locked", "-p", "gyrus_node", "-p", "gyrus_floor"], {
    cwd: native,
    stdio: "inherit",
  });
  if (run.status !== 0) {
    console.error("native engine: the build failed (see above); the reference engine serves");
    return 1;
  }
  const target = process.env.CARGO_TARGET_DIR ?? join(native, "target");
  install(join(target, "release", library), addon);
  // The hand-written kernel that `gyrus bench` measures the engines against.
  install(join(target, "release", `gyrus_floor${executable}`), join(native, `floor.${place}${executable}`));
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, JSON.stringify({ inputs }));
  console.error(`native engine: ${relative(root, addon)}`);
  return 0;
}

/** A running process may hold the old file open, so the new one takes its name instead of its bytes. */
function install(built, file) {
  copyFileSync(built, `${file}.new`);
  renameSync(`${file}.new`, file);
}

function stampedInputs() {
  try {
    return JSON.parse(readFileSync(stamp, "utf8")).inputs;
  } catch {
    return undefined;
  }
}

/** Hash of every source file of the workspace, the compiler and the platform. The fuzzing programs are a workspace of their own. */
function hashOfInputs(cargoVersion) {
  const hash = createHash("sha256").update(`${cargoVersion} ${process.platform} ${process.arch}`);
  const files = readdirSync(native, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(rs|toml|lock)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !/^(target|fuzz)\b/.test(relative(native, file)))
    .sort();
  for (const file of files) hash.update(relative(native, file)).update(readFileSync(file));
  return hash.digest("hex");
}
