/** A brain host without a brain, for the supervisor's tests: the real link and the real HTTP door over the doors' table lab. */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { openHttpDoor } from "#transports/http/http-door.ts";
import { servePort } from "#transports/port/serve-port.ts";
import { tableLab } from "#transports/testing/table-lab.ts";
import { openParentLink } from "../host-link.ts";

const link = openParentLink();
const options = await link.options;
appendFileSync(join(options.stateDir, "starts.jsonl"), `${JSON.stringify({ pid: process.pid, ...options })}\n`);
if (options.genome?.endsWith("unreadable.json")) {
  link.failed(new Error("the state folder is held by another host"));
  process.exit(1);
}
console.log("a host's word");
const lab = tableLab({
  "brain.status": () => ({ pid: process.pid }),
  "brain.run": () => process.kill(process.pid, "SIGSEGV"),
});
const door = options.http && (await openHttpDoor(lab, options.http));
link.onPort((port, source) => servePort(lab, port, { source }));
link.onClose(async (reason) => {
  appendFileSync(join(options.stateDir, "ends.jsonl"), `${JSON.stringify({ pid: process.pid, reason })}\n`);
  await door?.close();
  process.exit(0);
});
link.ready(door && { host: door.host, port: door.port });
