/** The two small lists a window keeps: files opened before, and crash reports where they are wanted. */
import { expect, test } from "vitest";
import { createCrashReports, redacted } from "./crash-reports.ts";
import { createRecentFiles } from "./recent-files.ts";

function windowWith(content: Record<string, string> = {}) {
  const items = new Map(Object.entries(content));
  const target = new EventTarget();
  const localStorage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
  return Object.assign(target, { localStorage }) as unknown as Window;
}

test("the file opened last comes first, once, and at most eight are kept", () => {
  const { localStorage } = windowWith();
  const recent = createRecentFiles(localStorage);
  for (let i = 0; i < 9; i++) recent.note({ path: `/g/${i}.json`, title: `${i}` });
  recent.note({ path: "/g/5.json", title: "five" });
  const { files } = createRecentFiles(localStorage).store.getState();
  expect(files).toHaveLength(8);
  expect(files[0]).toEqual({ path: "/g/5.json", title: "five" });
  recent.forget("/g/5.json");
  expect(recent.store.getState().files.some(({ path }) => path === "/g/5.json")).toBe(false);
});

test("a broken list is an empty one", () => {
  expect(createRecentFiles(windowWith({ "gyrus.recent": "[{}]" }).localStorage).store.getState().files).toEqual([]);
  expect(createCrashReports(windowWith({ "gyrus.crashes": "{" }), () => true).store.getState().reports).toEqual([]);
});

test("a crash is kept only where that is wanted, and without what is the person's own", () => {
  const window = windowWith();
  let isWanted = false;
  const crashes = createCrashReports(window, () => isWanted);
  crashes.note("first");
  isWanted = true;
  window.dispatchEvent(Object.assign(new Event("error"), { error: null, message: "boom at /home/ada/lab/main.js" }));
  expect(crashes.store.getState().reports.map(({ text }) => text)).toEqual(["boom at ~/lab/main.js"]);
  crashes.clear();
  expect(crashes.store.getState().reports).toEqual([]);
});

test.each([
  ["http://127.0.0.1:1/#token=abc-DEF_1", "http://127.0.0.1:1/#token=…"],
  ["C:\\Users\\Ada\\lab.json", "~\\lab.json"],
])("%j is redacted", (text, expected) => expect(redacted(text)).toBe(expected));
