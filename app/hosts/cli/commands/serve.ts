/** gyrus serve: the brain host without Electron, the same window in a browser. */
import type { Command } from "commander";
import { serve } from "#hosts/serve/serve.ts";
import { UsageError } from "../output.ts";

interface ServeFlags {
  genome?: string;
  port?: string;
  host?: string;
  allowRemote?: boolean;
  open?: boolean;
  token?: string;
  state?: string;
  headless?: boolean;
}

export function serveCommand(program: Command): void {
  program
    .command("serve")
    .description("serve the lab on loopback; the first line on standard output says where")
    .option("--genome <path>", "open this genome")
    .option("--port <n>", "port, 0 for a free one")
    .option("--host <address>", "address to listen on; anything but loopback also needs --allow-remote")
    .option("--allow-remote", "listen beyond loopback: everyone who has the token can change the brain")
    .option("--open", "open the browser")
    .option("--headless", "no window, the API alone; a token that was given is not printed, as output may be a log")
    .option("--token <token>", "token for everything that changes state; else GYRUS_TOKEN, else made up")
    .option("--state <folder>", "where events and checkpoints live")
    .action(async ({ state, port, token = process.env.GYRUS_TOKEN, ...flags }: ServeFlags) => {
      const portNumber = port === undefined ? undefined : Number(port);
      if (portNumber !== undefined && !(Number.isInteger(portNumber) && portNumber >= 0 && portNumber < 65536))
        throw new UsageError(`--port takes 0..65535, not "${port}"`);
      process.exitCode = await serve({
        ...flags,
        ...(portNumber === undefined ? {} : { port: portNumber }),
        ...(token === undefined ? {} : { token }),
        ...(state === undefined ? {} : { stateDir: state }),
      });
    });
}
