/**
 * `gyrus serve`: keeps one brain host alive behind one address.
 *
 * The host is a child of its own; kill -9 of it costs a restart on the same port and token, from its last checkpoint. The first
 * line on stdout is the one JSON document scripts read; its `pid` is the brain host's. All else goes to stderr.
 */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { LabError, labErrorOf } from "#contracts/errors.ts";
import { isLoopback } from "#transports/http/guard.ts";
import type { FromHost, HostOptions, ToHost } from "../host-link.ts";
import { brainProgram, defaultStateDir, rendererRoot } from "../paths.ts";
import { countRestarts } from "../restarts.ts";

/** How long a host may take to close before it is killed, in ms; a last checkpoint of a large brain takes seconds. */
const closingMs = 15_000;
/** A second signal this long after the first kills instead of asking, in ms. */
const insistingMs = 1000;

export interface ServeOptions {
  genome?: string;
  port?: number;
  host?: string;
  allowRemote?: boolean;
  open?: boolean;
  token?: string;
  stateDir?: string;
  /** Serves the API alone, no window; a token that was given is not printed. */
  headless?: boolean;
}

/** Serves until the brain host closes or a signal asks for it; resolves with the exit code. */
export async function serve(options: ServeOptions, program: string = brainProgram()): Promise<number> {
  const host = options.host ?? "127.0.0.1";
  const allowRemote = options.allowRemote ?? false;
  if (!isLoopback(host)) {
    if (!allowRemote) {
      throw new LabError("E_DENIED", `${host} is not a loopback address`, { host }, "Add --allow-remote to serve other machines.");
    }
    log(`warning: serving on ${host}: whoever reaches this port and has the token controls the lab; the connection is not encrypted`);
  }
  const token = options.token ?? randomBytes(16).toString("hex");
  if (!/^[\x21-\x7e]{16,}$/.test(token)) {
    throw new LabError(
      "E_INVALID",
      "The token is too short or has spaces",
      {},
      "Use 16 or more printable characters, or leave --token out.",
    );
  }
  const stateDir = resolve(options.stateDir ?? defaultStateDir());
  const start: HostOptions = {
    stateDir,
    genome: options.genome === undefined ? null : resolve(options.genome),
    recover: false,
    http: { host, port: options.port ?? 0, token, rendererRoot: options.headless ? null : rendererRoot(), allowRemote },
  };

  const restarts = countRestarts();
  const closing = listenForSignals();
  try {
    for (let announced = false; ; ) {
      const child = startHost(program, start);
      closing.child(child);
      const ready = await readyOf(child);
      if (ready.t === "ready" && ready.http !== null) {
        start.http = { ...start.http!, port: ready.http.port };
        if (announced) log(`brain host is back as pid ${ready.pid}`);
        else announce(ready.pid, ready.http, options.headless && options.token !== undefined ? null : token, options.open ?? false);
        announced = true;
      } else if (ready.t === "failed") {
        if (!announced) throw labErrorOf(ready.error);
        log(`error: ${ready.error.message}`);
      }
      const end = await endOf(child);
      if (closing.asked || isClean(end)) return 0;
      const wait = restarts.crashed(Date.now());
      const how = end.signal ? `was killed by ${end.signal}` : `ended with code ${end.code}`;
      if (wait === null) {
        log(`error: the brain host (pid ${child.pid}) ${how}, five times within a minute: look at its messages above`);
        return 1;
      }
      log(`brain host (pid ${child.pid}) ${how}; starting it again from its last checkpoint`);
      await new Promise((done) => setTimeout(done, wait));
      if (closing.asked) return 0;
      start.recover = true;
    }
  } finally {
    closing.stop();
  }
}

function startHost(program: string, options: HostOptions): ChildProcess {
  // Whatever the host prints is a message for people: stdout stays the one JSON line.
  const child = fork(program, [], { serialization: "advanced", stdio: ["ignore", 2, "inherit", "ipc"] });
  child.send({ t: "start", options } satisfies ToHost, () => {});
  return child;
}

/** The first word of the host; dying before it counts as `gone`. */
function readyOf(child: ChildProcess): Promise<FromHost | { t: "gone" }> {
  return new Promise((done) => {
    child.once("message", (message) => done(message as FromHost));
    child.once("exit", () => done({ t: "gone" }));
    child.once("error", () => done({ t: "gone" }));
  });
}

interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

function endOf(child: ChildProcess): Promise<End> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve({ code: child.exitCode, signal: child.signalCode });
  return new Promise((done) => child.once("exit", (code, signal) => done({ code, signal })));
}

/** A host that was asked to end, by us or by somebody else, ends with 0 or by the asking signal. */
function isClean({ code, signal }: End): boolean {
  return code === 0 || signal === "SIGTERM" || signal === "SIGINT";
}

/**
 * SIGINT, SIGTERM and the loss of a starter that kept a channel to us close the current child. One Ctrl+C can arrive twice (from the
 * terminal and passed on by the starter); one more after a while means it: the child is killed.
 */
function listenForSignals() {
  let current: ChildProcess | null = null;
  let askedAt = 0;
  const close = () => {
    const now = Date.now();
    if (state.asked) {
      if (now - askedAt > insistingMs) current?.kill("SIGKILL");
      return;
    }
    state.asked = true;
    askedAt = now;
    if (current?.connected) current.send({ t: "close" } satisfies ToHost, () => {});
    const child = current;
    const late = setTimeout(() => child?.kill("SIGKILL"), closingMs);
    late.unref();
  };
  const state = {
    asked: false,
    child(child: ChildProcess) {
      current = child;
      if (state.asked) child.kill("SIGTERM");
    },
    stop() {
      process.off("SIGINT", close);
      process.off("SIGTERM", close);
      process.off("disconnect", close);
    },
  };
  process.on("SIGINT", close);
  process.on("SIGTERM", close);
  process.on("disconnect", close);
  return state;
}

/** The first line of stdout, and the browser when wanted. The token travels in the fragment, which no server logs; null is not told. */
function announce(pid: number, http: { host: string; port: number }, token: string | null, open: boolean) {
  const name = http.host === "0.0.0.0" || http.host === "::" ? "127.0.0.1" : http.host.includes(":") ? `[${http.host}]` : http.host;
  const address = `${name}:${http.port}`;
  const url = `http://${address}/${token === null ? "" : `#token=${token}`}`;
  const line = { url, api: `http://${address}/v1`, ws: `ws://${address}/ws`, zmq: {}, token, pid, supervisorPid: process.pid };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  if (open) openBrowser(url);
}

/** Asks the desktop to show `url`; a machine without one only loses the convenience. */
function openBrowser(url: string) {
  const [program, ...args] =
    process.platform === "darwin" ? ["open", url] : process.platform === "win32" ? ["cmd", "/c", "start", "", url] : ["xdg-open", url];
  const browser = spawn(program as string, args, { stdio: "ignore", detached: true });
  browser.on("error", () => log(`open ${url} in a browser`));
  browser.unref();
}

function log(text: string) {
  process.stderr.write(`${text}\n`);
}
