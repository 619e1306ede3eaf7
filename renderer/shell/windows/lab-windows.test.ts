/** Two and three windows of one lab, on the channel that a browser has. */
import { afterEach, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { createBrainStore } from "../../stores/brain-store.ts";
import { createNoticeStore } from "../../stores/notice-store.ts";
import { createSelectionStore } from "../../stores/selection-store.ts";
import type { PanelId } from "../panels.ts";
import { createShell } from "../shell-store.ts";
import { createLabWindows } from "./lab-windows.ts";
import { keptAs, readRole, type WindowRole } from "./role.ts";

const channels: BroadcastChannel[] = [];
afterEach(() => {
  for (const channel of channels.splice(0)) channel.close();
});
const id = (digit: number) => String(digit).repeat(16);
const area = "aWFiYzAwMDA=" as never;
const other = "b3RoZXIwMDA=" as never;

/** A window whose docks hold these views. */
function openWindow(role: Partial<WindowRole> & { id: string }, views: PanelId[] = [], storage = new Map<string, string>()) {
  const channel = new BroadcastChannel("gyrus.test");
  channels.push(channel);
  const brain = createBrainStore();
  brain.setState({ status: { state: "paused", generation: 1 } as never });
  const selection = createSelectionStore();
  const notices = createNoticeStore();
  const asked: unknown[] = [];
  const why = {
    store: createStore(() => ({ question: { neuron: 7, burst: 3 } })),
    ask: async (question: unknown) => void asked.push(question),
  };
  const open = new Set<PanelId>(views);
  const shell = createShell();
  const shown: PanelId[] = [];
  shell.setState({
    docks: {
      isOpen: (view: PanelId) => open.has(view),
      lend(view: PanelId) {
        open.delete(view);
        return () => void open.add(view);
      },
      show(view: PanelId) {
        open.add(view);
        shown.push(view);
      },
    } as never,
  });
  const queries: string[] = [];
  const timers: (() => void)[] = [];
  const closed = vi.fn();
  const told: object[] = [];
  const windows = createLabWindows({
    role: { view: null, of: null, lab: null, ...role },
    channel: {
      postMessage(message) {
        told.push(message);
        channel.postMessage(message);
      },
      addEventListener: channel.addEventListener.bind(channel) as never,
    },
    storage: { getItem: (key) => storage.get(key) ?? null, setItem: (key, value) => void storage.set(key, value) },
    stores: { brain, selection, notices, why } as never,
    shell,
    openWindow: (query) => void queries.push(query),
    focus() {},
    close: closed,
    presence: { hold: async () => {}, whenGone() {} },
    onLeave() {},
    after: (_ms, then) => void timers.push(then),
  });
  const leave = () => channel.postMessage({ t: "gone", from: role.id });
  return { windows, selection, shell, notices, open, shown, asked, queries, timers, told, closed, leave, storage };
}

test("one selection and one time cursor in all windows, and nobody says again what was heard", async () => {
  const [first, second] = [openWindow({ id: id(1) }), openWindow({ id: id(2) })];
  const has = ({ told }: typeof first, word: string) => told.some((message) => (message as { t: string }).t === word);
  await vi.waitFor(() => expect(has(first, "here") && has(second, "here") && has(first, "who") && has(second, "who")).toBe(true));
  await new Promise((resolve) => setTimeout(resolve, 20)); // both have asked who is there, and been answered
  first.selection.getState().selectVoxel(area, [1, 2, 3], 42);
  first.selection.getState().setCursor(1000);
  await vi.waitFor(() => expect(second.selection.getState()).toMatchObject({ area, voxel: [1, 2, 3], neuron: 42, cursor: 1000 }));
  expect(second.told.filter((message) => (message as { t: string }).t === "shared")).toEqual([]);
  second.shell.getState().pin("inspector");
  await vi.waitFor(() => expect([...first.shell.getState().unpinned]).toEqual(["inspector"]));
});

test("windows that choose at once end with the same choice", async () => {
  const [first, second] = [openWindow({ id: id(1) }), openWindow({ id: id(2) })];
  first.selection.getState().selectArea(area);
  second.selection.getState().selectArea(other);
  await vi.waitFor(() => expect(first.selection.getState().area).toBe(other));
  expect(second.selection.getState().area).toBe(other);
});

test("a window that comes later shows what the others show", async () => {
  const first = openWindow({ id: id(9) });
  first.selection.getState().selectArea(area);
  const later = openWindow({ id: id(3) });
  await vi.waitFor(() => expect(later.selection.getState().area).toBe(area));
  expect(first.selection.getState().area).toBe(area);
});

test("a view leaves the docks once its own window is there, is shown there, and comes back when that is gone", async () => {
  const first = openWindow({ id: id(1) }, ["scene", "why"]);
  first.windows.popOut("why");
  expect(first.queries).toEqual([`?view=why&of=${id(1)}`]);
  expect(first.open.has("why")).toBe(true);
  const popped = openWindow({ id: id(2), view: "why", of: id(1) }, ["why"]);
  await vi.waitFor(() => expect(first.open.has("why")).toBe(false));
  // The question goes along.
  await vi.waitFor(() => expect(popped.asked).toEqual([{ neuron: 7, burst: 3 }]));
  expect(first.windows.showElsewhere("why")).toBe(true);
  expect(first.windows.showElsewhere("scene")).toBe(false);
  // Views that it has not are shown where it came from.
  await vi.waitFor(() => expect(popped.windows.showElsewhere("scene")).toBe(true));
  await vi.waitFor(() => expect(first.shown).toEqual(["scene"]));
  popped.leave();
  await vi.waitFor(() => expect(first.open.has("why")).toBe(true));
  expect(first.windows.store.getState().lent.size).toBe(0);
});

test("taking all back asks the windows to close", async () => {
  const first = openWindow({ id: id(1) }, ["raster"]);
  const popped = openWindow({ id: id(2), view: "raster", of: id(1) }, ["raster"]);
  await vi.waitFor(() => expect(first.windows.store.getState().lent.size).toBe(1));
  first.windows.takeAllBack();
  await vi.waitFor(() => expect(popped.closed).toHaveBeenCalledOnce());
});

test("where no window comes up the view stays and the person is told", () => {
  const first = openWindow({ id: id(1) }, ["raster"]);
  first.windows.popOut("raster");
  for (const then of first.timers) then();
  expect(first.open.has("raster")).toBe(true);
  expect(first.notices.getState().notices.map(({ message }) => message)[0]).toMatch(/No window came up for Raster/);
});

test("what was lent when the lab ended is in the docks again at the next start", async () => {
  const kept = new Map([["gyrus.lent", '["raster","nonsense"]']]);
  const next = openWindow({ id: id(1) }, [], kept);
  await vi.waitFor(() => expect(next.timers).toHaveLength(1));
  for (const then of next.timers) then();
  expect(next.shown).toEqual(["raster"]);
  expect(kept.get("gyrus.lent")).toBe("[]");
});

test("messages that no schema knows are not heard", async () => {
  const first = openWindow({ id: id(1) }, ["raster"]);
  const stranger = new BroadcastChannel("gyrus.test");
  channels.push(stranger);
  stranger.postMessage({ t: "shared", from: id(8), stamp: { count: 99, by: id(8) }, shared: { area: 7 } });
  stranger.postMessage({ t: "show", from: id(8), to: id(1), view: "<b>", carried: {} });
  stranger.postMessage({ t: "close", from: id(8), to: id(1) });
  await vi.waitFor(() => expect(first.closed).toHaveBeenCalled());
  expect(first.selection.getState().area).toBeNull();
  expect(first.shown).toEqual([]);
});

test("the address says what a window is for; what it cannot say makes it a lab window", () => {
  const session = new Map<string, string>();
  const sessionStorage = {
    getItem: (key: string) => session.get(key) ?? null,
    setItem: (key: string, value: string) => void session.set(key, value),
  };
  const roleAt = (search: string) => readRole({ location: { search }, sessionStorage } as never);
  const raster = roleAt(`?view=raster&of=${id(1)}`);
  expect(raster).toMatchObject({ view: "raster", of: id(1), lab: null });
  expect(keptAs(raster)).toBeNull();
  expect(roleAt("?lab=2").id).toBe(raster.id);
  expect(keptAs(roleAt("?lab=2"))).toBe(".2");
  expect(roleAt("?view=nonsense&lab=-1")).toMatchObject({ view: null, lab: null });
  expect(keptAs(roleAt(""))).toBe("");
});
