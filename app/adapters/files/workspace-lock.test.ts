import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openInFlight } from "./in-flight.ts";
import { takeWorkspace } from "./workspace-lock.ts";

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), "gyrus-lock-"));
});
afterEach(() => rmSync(parent, { recursive: true }));

test("the second host of a folder takes the next one, and a released folder is free again", () => {
  const wanted = path.join(parent, "lab");
  const first = takeWorkspace(wanted);
  const second = takeWorkspace(wanted);
  expect([first.folder, second.folder]).toEqual([wanted, `${wanted}-2`]);
  first.release();
  expect(existsSync(path.join(wanted, "host.pid"))).toBe(false);
  expect(takeWorkspace(wanted).folder).toBe(wanted);
});

test.each(["999999999", "nonsense", ""])("a lock whose process is gone is taken over (%s)", (content) => {
  writeFileSync(path.join(parent, "host.pid"), content);
  expect(takeWorkspace(parent).folder).toBe(parent);
  expect(readFileSync(path.join(parent, "host.pid"), "utf8")).toBe(String(process.pid));
});

test("a folder that cannot be made needs no lock", () => {
  expect(takeWorkspace("/dev/null/lab").folder).toBe("/dev/null/lab");
});

test("a folder where no lock can be written needs none", () => {
  mkdirSync(path.join(parent, "host.pid", "taken"), { recursive: true });
  const { folder, release } = takeWorkspace(parent);
  release();
  expect(folder).toBe(parent);
});

test("a native call under way at the end of a process is known to the next", () => {
  const file = path.join(parent, "native-in-flight");
  const first = openInFlight(file);
  expect(first.died).toBe(false);
  first.enter();
  first.leave();
  first.close();
  const second = openInFlight(file);
  expect(second.died).toBe(false);
  second.enter();
  second.close();
  expect(openInFlight(file).died).toBe(true);
});
