/** Time and memory of this process's descendants, from /proc: the lab and the browser that a bench started. Linux only. */
import { readdirSync, readFileSync } from "node:fs";

/** The page size of every Linux that Node runs on. */
const pageBytes = 4096;

/**
 * Time that the threads living now have run, by the scheduler's own clock. The ticks of /proc/PID/stat count whoever is caught
 * running every few ms: of threads that wake by timers and sleep again at once they made between half and five times of it.
 */
export function cpuMsOfDescendants(): number {
  let ns = 0;
  for (const pid of descendants()) {
    for (const thread of unlessEnded(() => readdirSync(`/proc/${pid}/task`)) ?? [])
      ns += Number(unlessEnded(() => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8"))?.split(" ")[0] ?? 0);
  }
  if (ns === 0) throw new Error("This Linux keeps no /proc/PID/task/TID/schedstat, so the time of processes cannot be told");
  return ns / 1e6;
}

export function residentBytesOfDescendants(): number {
  const pages = descendants().map((pid) => Number(statOf(pid)?.[21] ?? 0));
  return pages.reduce((sum, count) => sum + count, 0) * pageBytes;
}

function descendants(): number[] {
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
  const parents = new Map(pids.map((pid) => [pid, Number(statOf(pid)?.[1])]));
  const isOurs = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent === process.pid || (parent !== undefined && parent > 1 && isOurs(parent));
  };
  return pids.filter(isOurs);
}

/** The fields of /proc/PID/stat from the state on, which is the first behind the name; that stands in parentheses and may hold anything. */
function statOf(pid: number): string[] | undefined {
  return unlessEnded(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  });
}

/** A process may end while the list is read. */
function unlessEnded<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
