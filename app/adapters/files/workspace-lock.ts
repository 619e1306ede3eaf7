/**
 * One live brain host a folder: a lock file with the process id. A lock whose process is gone is taken over; while its process
 * lives, the next folder (`…-2`, `…-3`) is taken instead.
 */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LabError } from "#contracts/errors.ts";

const LOCK = "host.pid";
const MOST_FOLDERS = 100;

export interface Workspace {
  folder: string;
  release(): void;
}

export function takeWorkspace(wanted: string): Workspace {
  for (let n = 1; n <= MOST_FOLDERS; n++) {
    const folder = n === 1 ? wanted : `${wanted}-${n}`;
    const lock = path.join(folder, LOCK);
    let isMine: boolean;
    try {
      mkdirSync(folder, { recursive: true });
      isMine = claim(lock);
    } catch {
      // Where nothing can be written nothing needs a lock: the stores fall back to memory.
      return { folder, release() {} };
    }
    if (isMine) {
      return {
        folder,
        release() {
          if (ownerOf(lock) === process.pid) rmSync(lock, { force: true });
        },
      };
    }
  }
  throw new LabError("E_CONFLICT", "Every workspace is in use", { wanted }, "Close another Gyrus first.");
}

/** A link appears whole or not at all, so nobody reads a lock that is half written. */
function claim(lock: string): boolean {
  const mine = `${lock}.${process.pid}`;
  try {
    writeFileSync(mine, String(process.pid));
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        linkSync(mine, lock);
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        const owner = ownerOf(lock);
        if (owner !== null && isAlive(owner)) return false;
        rmSync(lock, { force: true });
      }
    }
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

function ownerOf(lock: string): number | null {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
