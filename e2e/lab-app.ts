/**
 * The running lab as a journey sees it, whatever started it. A journey uses the page as a person would; beyond the page it may
 * only do what the world does to a program: kill its brain host, and quit it.
 */
import type { Page } from "@playwright/test";

export type LauncherKind = "browser" | "standin" | "electron";

export interface LabApp {
  /** What really runs, for the report: "Chromium over gyrus serve", "Electron 45.4.1" … */
  readonly name: string;
  readonly page: Page;
  /** Errors of the page so far: uncaught ones, the console's, and violations of the content policy. */
  readonly errors: readonly string[];
  hostPid(): Promise<number>;
  /** kill -9 of the brain host. */
  killHost(): Promise<void>;
  /** Ends the app as a person would, and resolves once every process of it is gone. */
  quit(): Promise<void>;
}

export interface LaunchOptions {
  genome?: string;
  stateDir: string;
}

export interface Launcher {
  /** Why it cannot run on this machine, null when it can. */
  unavailable(): string | null;
  launch(options: LaunchOptions): Promise<LabApp>;
}

/** Collects what a page complains about. Messages of a connection that was cut on purpose are the browser's own and do not count. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/WebSocket connection|net::ERR_CONNECTION/.test(message.text())) errors.push(message.text());
  });
  return errors;
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits for processes to be gone; names those that stay. */
export async function gone(pids: readonly number[], withinMs = 20_000): Promise<void> {
  const until = Date.now() + withinMs;
  for (;;) {
    const left = pids.filter(isAlive);
    if (left.length === 0) return;
    if (Date.now() > until) throw new Error(`still running after quit: ${left.join(", ")}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
