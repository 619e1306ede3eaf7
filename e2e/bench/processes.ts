/** Time and memory of this process's descendants, from /proc: the lab and the browser that a bench started. Linux only. */
import { readdirSync, readFileSync } from "node:fs";

interface Usage {
  /** Since each process began, in ms of one core. */
  cpuMs: number;
  residentBytes: number;
}

/** USER_HZ and the page size of every Linux that Node runs on. */
const tickMs = 10;
const pageBytes = 4096;

export function usageOfDescendants(): Usage {
  const parents = new Map<number, number>();
  const rows = new Map<number, Usage>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name in parentheses may hold anything; fields count from behind it, the first is the state.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      parents.set(pid, Number(fields[1]));
      rows.set(pid, { cpuMs: (Number(fields[11]) + Number(fields[12])) * tickMs, residentBytes: Number(fields[21]) * pageBytes });
    } catch {
      // It ended while the list was read.
    }
  }
  const isOurs = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent === process.pid || (parent !== undefined && parent > 1 && isOurs(parent));
  };
  const ours = [...rows].filter(([pid]) => isOurs(pid)).map(([, usage]) => usage);
  return ours.reduce((sum, one) => ({ cpuMs: sum.cpuMs + one.cpuMs, residentBytes: sum.residentBytes + one.residentBytes }), {
    cpuMs: 0,
    residentBytes: 0,
  });
}
