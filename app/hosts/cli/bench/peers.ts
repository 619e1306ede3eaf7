/**
 * The simulators of the field, where they are installed: NEST and Brian2 as Python modules, FEAGI's published burst engine as a
 * small cargo project. None is needed for anything else, so none is installed from here; FEAGI is built when cargo is there.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { packageRoot } from "../../paths.ts";
import type { Program } from "./contender.ts";

export interface Peers {
  simulator(name: string, workload: string, threads: number, bursts: number): Program | null;
  feagi(workload: string, threads: number, bursts: number): Program | null;
  /** Loads and grows the genome in a file, once a turn. */
  feagiGrowth(file: string): Program | null;
}

export const peerNames = ["brian2", "nest", "feagi"] as const;

/** `missing` is told who is not here and what would change that. */
export function findPeers(missing: (name: string, why: string) => void): Peers {
  const folder = path.join(packageRoot(), "scripts", "bench");
  const python = findPython(folder);
  const modules = new Set(["nest", "brian2"].filter((name) => python && imports(python, name)));
  for (const name of ["brian2", "nest"])
    if (!modules.has(name))
      missing(name, python ? `${python} cannot import it; GYRUS_PYTHON names another Python` : "no Python; GYRUS_PYTHON names one");
  const feagi = findFeagi(folder);
  if (typeof feagi !== "string") missing("feagi", feagi.why);
  return {
    simulator(name, workload, threads, bursts) {
      if (!python || !modules.has(name)) return null;
      const args = [path.join(folder, "peers", `${name}_peer.py`), workload, String(threads), String(bursts)];
      // Threads of a simulator that waits for its turn must not spin.
      return {
        engine: name,
        command: python,
        args,
        threads,
        env: { OMP_WAIT_POLICY: "passive", PYNEST_QUIET: "1", OMP_NUM_THREADS: String(threads) },
      };
    },
    feagi: (workload, threads, bursts) =>
      typeof feagi === "string" ? { engine: "feagi", command: feagi, args: [workload, String(threads), String(bursts)], threads } : null,
    feagiGrowth: (file) => (typeof feagi === "string" ? { engine: "feagi", command: feagi, args: ["growth", file], threads: 1 } : null),
  };
}

export function findPython(folder: string): string | null {
  const inVenv = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";
  const own = path.join(packageRoot(), "node_modules", ".cache", "gyrus", "python", inVenv);
  const candidates = [process.env.GYRUS_PYTHON, existsSync(folder) ? own : undefined, "python3", "python"];
  return candidates.find((python) => python && spawnSync(python, ["--version"], { stdio: "ignore" }).status === 0) ?? null;
}

export function imports(python: string, module: string): boolean {
  const env = { ...process.env, PYNEST_QUIET: "1" };
  return spawnSync(python, ["-c", `import ${module}`], { stdio: "ignore", env }).status === 0;
}

/** The built program, or why there is none. */
function findFeagi(folder: string): string | { why: string } {
  const project = path.join(folder, "feagi");
  if (!existsSync(project)) return { why: "its project is in a checkout only" };
  if (spawnSync("cargo", ["-V"], { stdio: "ignore" }).status !== 0) return { why: "no cargo to build its crates with" };
  const target = path.join(packageRoot(), "node_modules", ".cache", "gyrus", "feagi");
  const args = ["build", "--release", "--locked", "--quiet", "--target-dir", target];
  const built = spawnSync("cargo", args, { cwd: project, encoding: "utf8" });
  if (built.status !== 0) return { why: `its crates do not build: ${built.stderr.trim().split("\n")[0]}` };
  return path.join(target, "release", process.platform === "win32" ? "gyrus-feagi-peer.exe" : "gyrus-feagi-peer");
}
