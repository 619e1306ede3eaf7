/**
 * The brain host program: one process that holds a brain, started by Electron's main process, by `gyrus serve` or by a test.
 *
 * It says `ready` before a genome grows, so that windows can watch it grow. It ends with whoever started it.
 */
import { pino } from "pino";
import { LabError, wireErrorOf } from "#contracts/errors.ts";
import type { LabLog } from "#services/ports.ts";
import { type HttpDoor, openHttpDoor } from "#transports/http/http-door.ts";
import { servePort } from "#transports/port/serve-port.ts";
import { type HostOptions, openParentLink } from "../host-link.ts";
import { type BrainHost, startBrainHost } from "./start-brain-host.ts";

const logger = pino({ name: "brain" }, pino.destination({ fd: 2, sync: true }));
const log: LabLog = {
  info: (message, details = {}) => logger.info(details, message),
  warn: (message, details = {}) => logger.warn(details, message),
};
const fatal = (error: unknown) => {
  logger.fatal({ reason: wireErrorOf(error).message, stack: (error as Error)?.stack }, "the brain host failed");
  process.exit(1);
};
process.on("uncaughtException", fatal);
process.on("unhandledRejection", fatal);

const link = openParentLink();
const options = await link.options;
try {
  const host = await startBrainHost({ stateDir: options.stateDir, log, keyStore: options.hasKeyStore ? link.keyStore : null });
  const door = options.http && (await openHttpDoor(host.lab, options.http));
  link.onPort((port, source) => void servePort(host.lab, port, { source }));
  link.onClose((reason) => void end(host, door, reason));
  link.ready(door && { host: door.host, port: door.port });
  await takeUp(host, options);
} catch (error) {
  link.failed(error);
  logger.fatal({ reason: wireErrorOf(error).message }, "the brain host did not start");
  process.exit(1);
}

async function end(host: BrainHost, door: HttpDoor | null, reason: string): Promise<void> {
  log.info("closing", { reason });
  try {
    await door?.close();
    await host.close();
    process.exit(0);
  } catch (error) {
    fatal(error);
  }
}

/** After a crash the newest checkpoint, else the genome that was asked for. What goes wrong here is announced, not fatal. */
async function takeUp({ lab }: BrainHost, { recover, genome }: HostOptions): Promise<void> {
  try {
    if ((recover || (lab.crashed && genome === null)) && (await lab.recover())) return;
  } catch (error) {
    log.warn("the checkpoint could not be taken up", { reason: wireErrorOf(error).message });
  }
  if (genome === null) return;
  try {
    await lab.call("genome.load", { path: genome }, { signal: { aborted: false }, source: "start" });
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    log.warn("the genome was not loaded", { code: error.code, reason: error.message });
  }
}
