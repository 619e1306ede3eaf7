/**
 * The windows of one lab. Each is a whole window of its own with a way of its own to the brain host; over a channel they keep one
 * selection and one time cursor, lend a view to a window of its own, and take it back when that window is gone, however it went.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BrainStore } from "../../stores/brain-store.ts";
import type { LabStores } from "../../stores/lab-stores.ts";
import { t } from "../../ui/messages.ts";
import { isPanelId, type PanelId } from "../panels.ts";
import type { Shell } from "../shell-store.ts";
import { keepInStep } from "./in-step.ts";
import type { Presence } from "./presence.ts";
import { keptAs, type WindowRole } from "./role.ts";
import { type Carried, WindowMessage } from "./window-messages.ts";

interface WindowsState {
  /** Views that stand in a window of their own, lent by this one, and that window. */
  lent: ReadonlyMap<PanelId, string>;
}

export interface LabWindows {
  role: WindowRole;
  store: StoreApi<WindowsState>;
  /** Opens a view in a window of its own; the docks let go of it once that window is there. */
  popOut(view: PanelId): void;
  /** A further window with a layout of its own. */
  open(): void;
  /** Of a popped-out view: closes this window, which gives the view back. */
  giveBack(): void;
  /** Closes every window that has a view of this one. */
  takeAllBack(): void;
  /** True where another window shows the view: it was asked to, and this one need not. */
  showElsewhere(view: PanelId, control?: string): boolean;
}

interface Parts {
  role: WindowRole;
  channel: Pick<BroadcastChannel, "postMessage" | "addEventListener">;
  storage: Pick<Storage, "getItem" | "setItem">;
  stores: Pick<LabStores, "brain" | "selection" | "notices" | "why">;
  shell: StoreApi<Shell>;
  /** Opens a window at this query of the lab's own address. */
  openWindow(query: string): void;
  focus(): void;
  close(): void;
  presence: Presence;
  /** Calls when this window goes. */
  onLeave(listener: () => void): void;
  after(ms: number, then: () => void): void;
}

/** How long a window may take to come up, and an old one to answer. */
const openingMs = 15_000;
const answerMs = 1_500;

export function createLabWindows(parts: Parts): LabWindows {
  const { role, channel, storage, stores, shell } = parts;
  const store = createStore<WindowsState>(() => ({ lent: new Map() }));
  /** Windows that said they are here, and the view each is made of. */
  const others = new Map<string, { view: PanelId | null; lab: number | null }>();
  const opening = new Set<PanelId>();
  /** How a view gets back to where it was. */
  const waysBack = new Map<PanelId, () => void>();
  const lentKey = keptAs(role) === null ? null : `gyrus.lent${keptAs(role)}`;
  const say = (message: WindowMessage) => channel.postMessage(message);
  const step = keepInStep({
    id: role.id,
    selection: stores.selection,
    shell,
    tell: (stamp, shared) => say({ t: "shared", from: role.id, stamp, shared }),
  });

  const setLent = (lent: ReadonlyMap<PanelId, string>) => {
    store.setState({ lent });
    if (lentKey !== null) storage.setItem(lentKey, JSON.stringify([...lent.keys()]));
  };
  const carried = (view: PanelId, control?: string): Carried => {
    const { question } = stores.why.store.getState();
    return {
      ...(view === "why" && question !== null && { question: { neuron: question.neuron, burst: question.burst } }),
      ...(view === "help" && { helpPage: shell.getState().helpPage }),
      ...(control !== undefined && { control }),
    };
  };
  const lend = (view: PanelId, to: string) => {
    opening.delete(view);
    const { docks } = shell.getState();
    if (docks?.isOpen(view)) waysBack.set(view, docks.lend(view));
    setLent(new Map(store.getState().lent).set(view, to));
    say({ t: "show", from: role.id, to, view, carried: carried(view) });
  };
  const takeBack = (view: PanelId) => {
    const lent = new Map(store.getState().lent);
    if (!lent.delete(view)) return;
    setLent(lent);
    const back = waysBack.get(view);
    waysBack.delete(view);
    if (back) back();
    else shell.getState().docks?.show(view);
  };
  const forget = (gone: string) => {
    others.delete(gone);
    for (const [view, to] of store.getState().lent) if (to === gone) takeBack(view);
  };
  const tellHere = () => say({ t: "here", from: role.id, view: role.view, of: role.of, lab: role.lab });

  const hear = (message: WindowMessage) => {
    if (message.from === role.id) return;
    switch (message.t) {
      case "who": {
        tellHere();
        // Nobody who has just come knows anything newer; where nothing was ever chosen there is nothing to tell.
        const { stamp, shared } = step.now();
        if (stamp.count > 0) say({ t: "shared", from: role.id, stamp, shared });
        break;
      }
      case "here": {
        const view = message.view !== null && isPanelId(message.view) ? message.view : null;
        if (!others.has(message.from)) parts.presence.whenGone(message.from, () => forget(message.from));
        others.set(message.from, { view, lab: message.lab });
        if (view !== null && message.of === role.id && store.getState().lent.get(view) !== message.from) lend(view, message.from);
        break;
      }
      case "gone":
        forget(message.from);
        break;
      case "shared":
        step.take(message.stamp, message.shared);
        break;
      case "show":
        if (message.to === role.id && isPanelId(message.view)) showHere(message.view, message.carried);
        break;
      case "close":
        if (message.to === role.id) parts.close();
    }
  };
  const showHere = (view: PanelId, { question, helpPage, control }: Carried) => {
    if (question) void stores.why.ask(question);
    if (helpPage !== undefined && (helpPage === "window" || isPanelId(helpPage))) shell.setState({ helpPage });
    shell.getState().docks?.show(view, control);
    parts.focus();
  };

  channel.addEventListener("message", ({ data }) => {
    const message = WindowMessage.safeParse(data);
    if (message.success) hear(message.data);
  });
  parts.onLeave(() => say({ t: "gone", from: role.id }));
  // Whoever comes up is told what the others show; before the brain is known that would be lost again.
  const enter = () => {
    tellHere();
    say({ t: "who", from: role.id });
    const before = lentKey === null ? [] : lentBefore(storage, lentKey);
    if (before.length === 0) return;
    parts.after(answerMs, () => {
      for (const view of before) if (!store.getState().lent.has(view)) shell.getState().docks?.show(view);
      setLent(store.getState().lent);
    });
  };
  void Promise.all([parts.presence.hold(role.id), known(stores.brain)]).then(enter);

  return {
    role,
    store,
    popOut(view) {
      if (role.view !== null || opening.has(view) || store.getState().lent.has(view)) return;
      opening.add(view);
      parts.openWindow(`?view=${view}&of=${role.id}`);
      parts.after(openingMs, () => {
        if (opening.delete(view)) stores.notices.getState().push("warning", t("windows.notOpened", { panel: t(`panel.${view}`) }));
      });
    },
    open() {
      const taken = new Set([role, ...others.values()].map(({ lab }) => lab));
      let lab = 2;
      while (taken.has(lab)) lab++;
      parts.openWindow(`?lab=${lab}`);
    },
    giveBack: () => role.view !== null && parts.close(),
    takeAllBack() {
      for (const to of store.getState().lent.values()) say({ t: "close", from: role.id, to });
    },
    showElsewhere(view, control) {
      const lentTo = store.getState().lent.get(view);
      // A popped-out view shows itself; all else belongs to the window it came from, while there is one.
      const owner = role.view !== null && role.view !== view && role.of !== null && others.has(role.of) ? role.of : undefined;
      const to = lentTo ?? owner;
      if (to === undefined) return false;
      say({ t: "show", from: role.id, to, view, carried: carried(view, control) });
      return true;
    },
  };
}

/** Once the host has told of its brain, or that it has none. */
function known(brain: BrainStore): Promise<void> {
  return new Promise((resolve) => {
    if (brain.getState().status !== null) return resolve();
    const stop = brain.subscribe(({ status }) => {
      if (status === null) return;
      stop();
      resolve();
    });
  });
}

function lentBefore(storage: Pick<Storage, "getItem">, key: string): PanelId[] {
  try {
    const views: unknown = JSON.parse(storage.getItem(key) ?? "[]");
    return Array.isArray(views) ? views.filter((view): view is PanelId => typeof view === "string" && isPanelId(view)) : [];
  } catch {
    return [];
  }
}
