/**
 * What the tests need from the machine beyond npm: Chromium, a virtual display with Electron's libraries, Python readers
 * that are not ours, and a Neo4j. As root on Debian they are installed; on a desktop the command is named and the tests concerned are
 * skipped by name.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { root } from "./node.mjs";
import { readStamp, run, say, works, writeStamp } from "./run.mjs";

const browserPackages = ["chromium"];
const displayPackages = ["xvfb", "xauth", "libgtk-3-0", "libnss3", "libxss1", "libasound2", "libgbm1"];
const pythonPackages = [
  "networkx==3.4.2",
  "numpy==2.4.6",
  "scipy==1.17.1",
  "pyarrow==26.0.1",
  "libsonata==0.2.2",
  "polars==2.1.0",
  "duckdb==2.0.1",
  "libneuroml==0.6.7",
  "pynwb==4.2.0",
  "nwbinspector==0.7.2",
];
/** What lif-delta is compared with, and where; `gyrus bench --peers` looks there too. */
const nestRequirements = path.join(root, "scripts", "bench", "requirements.txt");
const nestVenv = path.join(root, "node_modules", ".cache", "gyrus", "python");

export async function installTestMachine() {
  const missing = [];
  if (!findChromium()) missing.push(...browserPackages);
  if (process.platform === "linux" && !works("which", ["xvfb-run"])) missing.push(...displayPackages);
  if (missing.length > 0) await installDebian(missing);
  // Each waits for a registry of its own.
  await Promise.all([installPython(), installNest(), installNeo4j()]);
}

/** Chromium for the tests: CHROMIUM_PATH, else one on PATH; null leaves Playwright's own, where it was installed. */
export function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
      const file = path.join(folder, name);
      if (existsSync(file)) return file;
    }
  }
  return null;
}

async function installDebian(packages) {
  const root = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  const command = `apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  if (!root) {
    say(`for the end-to-end tests install: sudo ${command}   (or: npx playwright install chromium)`);
    return;
  }
  say(`installing for the tests: ${packages.join(" ")} …`);
  await run("apt-get", ["update", "-qq"], { quiet: true });
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const { code, output } = await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { quiet: true, env });
  if (code !== 0) say(`apt-get could not install them; the tests that need them will be skipped by name:\n${output.slice(-2000)}`);
}

/** A virtual environment with readers that check our exports. Absent Python means those checks are skipped by name. */
async function installPython() {
  const wanted = pythonPackages.join(" ");
  const venv = path.join(root, "node_modules", ".cache", "gyrus", "venv");
  if (readStamp("python") === wanted && existsSync(path.join(venv, "bin", "python"))) return;
  if (!works("python3")) return say("python3 is not here: exports are not checked by readers of others");
  say("preparing the Python readers …");
  let made = await run("python3", ["-m", "venv", venv], { quiet: true });
  if (made.code !== 0 && process.getuid?.() === 0) {
    await installDebian(["python3-venv"]);
    made = await run("python3", ["-m", "venv", venv], { quiet: true });
  }
  if (made.code !== 0) return say("python3 has no venv module: exports are not checked by readers of others");
  for (const name of pythonPackages) {
    const { code, output } = await run(path.join(venv, "bin", "python"), ["-m", "pip", "install", "-q", "--prefer-binary", name], {
      quiet: true,
    });
    if (code !== 0) say(`pip could not install ${name}: exports are not checked by it\n${output.slice(-800)}`);
  }
  writeStamp("python", wanted);
}

/** NEST in an environment of its own, for it weighs a hundred megabytes; where it cannot be had, one line says so. */
async function installNest() {
  const wanted = readFileSync(nestRequirements, "utf8");
  const python = path.join(nestVenv, "bin", "python");
  if (process.env.GYRUS_PYTHON || process.platform === "win32" || !works("python3")) return;
  if (readStamp("nest") === wanted && existsSync(python)) return;
  say("preparing NEST, to compare lif-delta with …");
  const made = await run("python3", ["-m", "venv", nestVenv], { quiet: true });
  const args = ["-m", "pip", "install", "-q", "--prefer-binary", "--only-binary", ":all:", "-r", nestRequirements];
  const { code } = made.code === 0 ? await run(python, args, { quiet: true }) : made;
  if (code !== 0) return say("nest-simulator could not be installed here: lif-delta is not compared with NEST");
  writeStamp("nest", wanted);
}

/** The jars of a Neo4j: GPLv3, to test with and never to ship. Where Java or Maven is missing, one line says so. */
async function installNeo4j() {
  const pom = path.join(root, "app/adapters/neo4j/testing/pom.xml");
  const jars = path.join(root, "node_modules", ".cache", "gyrus", "neo4j");
  const wanted = readFileSync(pom, "utf8");
  if (readStamp("neo4j") === wanted && existsSync(jars)) return;
  const missing = ["java", "mvn"].filter((program) => !works(program, ["-version"]));
  if (missing.length > 0) return say(`${missing.join(" and ")} not here: the lab is not tested beside a real Neo4j`);
  say("fetching Neo4j, to test beside …");
  rmSync(jars, { recursive: true, force: true });
  const goal = ["dependency:copy-dependencies", `-DoutputDirectory=${jars}`, "-DincludeScope=runtime"];
  const { code, output } = await run("mvn", ["-q", "-B", "-f", pom, "-Dmaven.artifact.threads=16", ...goal], { quiet: true });
  if (code !== 0) return say(`Maven could not fetch Neo4j: the lab is not tested beside it\n${output.slice(-800)}`);
  writeStamp("neo4j", wanted);
}
