/** The main process's care for its brain host, on real message ports with a host in this process. */
import { expect, test } from "vitest";
import type { HostOptions } from "../host-link.ts";
import { electronLikeChannel, type InProcessHost, inProcessHost } from "../testing/in-process-host.ts";
import { keepBrainHost } from "./brain-process.ts";

const options: HostOptions = { stateDir: "/state", genome: "/g.json", recover: false, http: null };

function keep({ table = {}, deaf = false }: { table?: Parameters<typeof inProcessHost>[0]; deaf?: boolean } = {}) {
  const hosts: InProcessHost[] = [];
  const said: string[] = [];
  const timers: { ms: number; then: () => void }[] = [];
  let now = 0;
  const brain = keepBrainHost(options, {
    fork: () => {
      const host = inProcessHost(table, deaf);
      hosts.push(host);
      return host;
    },
    keyStore: null,
    createChannel: electronLikeChannel,
    now: () => now,
    after: (ms, then) => void timers.push({ ms, then }),
    onReady: () => said.push("ready"),
    onLost: (reason, forGood) => said.push(`${forGood ? "lost for good" : "lost"}: ${reason}`),
  });
  /** Lets the earliest timer fire. */
  const pass = () => {
    const timer = timers.shift();
    now += timer?.ms ?? 0;
    timer?.then();
    return timer?.ms;
  };
  return { brain, hosts, said, pass };
}

test("the main process calls commands over its own port, as the menu", async () => {
  const { brain, hosts, said } = keep({ table: { "brain.run": () => ({ state: "running" }) } });
  expect(brain.openPort("window")).toBeNull(); // nobody there yet
  await expect.poll(() => said).toEqual(["ready"]);
  expect(await brain.call("brain.run", {})).toEqual({ state: "running" });
  expect(hosts[0]?.lab.calls[0]?.context.source).toBe("menu");
  await expect(brain.call("brain.fly", {})).rejects.toMatchObject({ code: "E_NOT_FOUND" });
});

test("a window's port speaks the wire with the host and says welcome", async () => {
  const { brain, said } = keep();
  await expect.poll(() => said).toEqual(["ready"]);
  const port = brain.openPort("window");
  const got: unknown[] = [];
  port?.on("message", ({ data }) => got.push(data));
  port?.start();
  await expect.poll(() => got[0]).toMatchObject({ t: "welcome", write: true });
});

test("a host that dies is started again to recover, open calls fail, and windows get new ports", async () => {
  const { brain, hosts, said, pass } = keep({ table: { "genome.load": () => new Promise(() => {}) } });
  await expect.poll(() => said).toEqual(["ready"]);
  const loading = brain.call("genome.load", { path: "/g.json" });
  await expect.poll(() => hosts[0]?.lab.calls.length).toBe(1);
  hosts[0]?.die(139);
  await expect(loading).rejects.toMatchObject({ code: "E_ENGINE" });
  expect(brain.openPort("window")).toBeNull();
  expect(pass()).toBe(100);
  await expect.poll(() => said).toEqual(["ready", "lost: The brain host ended (code 139); starting it again.", "ready"]);
  expect(hosts.map((host) => host.options?.recover)).toEqual([false, true]);
  expect(brain.openPort("window")).not.toBeNull();
});

test("after five crashes within a minute it is lost for good, and says what to do", async () => {
  const { hosts, said, pass } = keep();
  for (let crash = 0; crash < 5; crash++) {
    await expect.poll(() => said.filter((word) => word === "ready").length).toBe(crash + 1);
    hosts.at(-1)?.die(1);
    pass();
  }
  expect(said.at(-1)).toBe("lost for good: The brain host ended (code 1), five times within a minute; quit and start Gyrus again.");
  expect(hosts).toHaveLength(5);
});

test("closing asks the host, waits for its end and starts no other", async () => {
  const { brain, hosts, said } = keep();
  await expect.poll(() => said).toEqual(["ready"]);
  await Promise.all([brain.close(), brain.close()]);
  expect({ hosts: hosts.length, said }).toEqual({ hosts: 1, said: ["ready"] });
});

test("a host that does not end is killed", async () => {
  const { brain, said, pass } = keep({ deaf: true });
  await expect.poll(() => said).toEqual(["ready"]);
  const closed = brain.close();
  expect(pass()).toBe(15_000);
  await closed;
});
