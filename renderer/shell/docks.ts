/** What can be done with the docks, in the words of the window; the dock library is behind it. */
import type { DockviewApi, DockviewGroupPanel, IDockviewPanel } from "dockview-react";
import { t } from "../ui/messages.ts";
import { dockviewOf, type Layout, layoutOf, panelState, presetLayout, sameShape } from "./layout.ts";
import type { LayoutStore } from "./layout-store.ts";
import { isPanelId, type PanelId, type Place, type PresetName, panelIds, panelRow } from "./panels.ts";

export type Side = "left" | "right" | "below";

export interface Docks {
  /** Brings a panel to the front, opening it at its own place where it was closed, and focuses it, or the control that the selector names. */
  show(panel: PanelId, control?: string): void;
  close(panel: PanelId): void;
  isOpen(panel: PanelId): boolean;
  active(): PanelId | null;
  maximise(): void;
  /** Focuses the next or previous group of tabs. */
  cycle(step: 1 | -1): void;
  /** Hides or shows the groups of one side; one that was closed opens with its first panel. */
  toggle(side: Side): void;
  isShown(side: Side): boolean;
  /** Lets go of a panel that another window shows; what is returned puts it back to where it was, or to its own place once the docks were changed. */
  lend(panel: PanelId): () => void;
  /** The active panel above the docks, or back at its place. */
  float(): void;
  /** The active panel in a new group beside its own. */
  split(direction: "right" | "below"): void;
  preset(name: PresetName): void;
  reset(): void;
  apply(layout: Layout): void;
  undo(): void;
  redo(): void;
  /** Calls when panels came, went, or moved; returns the way to stop. */
  onChange(listener: () => void): () => void;
}

const settleMs = 250;
const tryMs = 100;
const mostTries = 15;
const title = (id: PanelId) => t(`panel.${id}`);

/** `elsewhere` is asked first whether another window shows a view. */
export function createDocks(api: DockviewApi, layouts: LayoutStore, elsewhere: (panel: PanelId, control?: string) => boolean): Docks {
  const size = () => ({ width: api.width, height: api.height });
  const apply = (layout: Layout) => api.fromJSON(dockviewOf(layout, size(), title), { reuseExistingPanels: true });
  const preset = (name: PresetName) => {
    layouts.setPreset(name);
    apply(presetLayout(name, size()));
  };
  const note = () => {
    const layout = layoutOf(api.toJSON());
    if (layout) layouts.note(layout);
  };

  const kept = layouts.kept();
  try {
    if (kept ?? layouts.home) apply((kept ?? layouts.home) as Layout);
    else preset(layouts.store.getState().preset);
  } catch {
    // What the library refuses is as good as unreadable.
    api.clear();
    preset("explore");
  }
  note();
  hideFromKeys(api);
  revealTabs(api);
  // A drag is many changes and one step.
  let settling: ReturnType<typeof setTimeout> | undefined;
  api.onDidLayoutChange(() => {
    hideFromKeys(api);
    clearTimeout(settling);
    settling = setTimeout(note, settleMs);
  });

  const placeIn: PlaceIn = (id) => panelRow(id).presets?.[layouts.store.getState().preset] ?? panelRow(id).home;
  const groupsOf = (side: Side) =>
    api.groups.filter(
      ({ api: group, panels }) =>
        group.location.type === "grid" && panels.length > 0 && panels.every(({ id }) => isPanelId(id) && placeIn(id) === side),
    );
  const isShown = (side: Side) => groupsOf(side).some((group) => group.api.isVisible);
  const show = (id: PanelId, control?: string) => {
    if (elsewhere(id, control)) return;
    const panel = api.getPanel(id) ?? add(api, id, placeIn);
    if (!panel.group.api.isVisible) panel.group.api.setVisible(true);
    if (api.hasMaximizedGroup() && !panel.group.api.isMaximized()) api.exitMaximizedGroup();
    panel.api.setActive();
    focusPanel(id, control);
  };
  const active = () => {
    const id = api.activePanel?.id;
    return id !== undefined && isPanelId(id) ? id : null;
  };
  return {
    show,
    close: (id) => api.getPanel(id)?.api.close(),
    isOpen: (id) => api.getPanel(id) !== undefined,
    active,
    maximise() {
      const panel = api.activePanel;
      if (!panel) return;
      if (api.hasMaximizedGroup()) api.exitMaximizedGroup();
      else api.maximizeGroup(panel);
    },
    cycle(step) {
      const shown = api.groups.filter((group) => group.api.isVisible);
      const at = api.activeGroup ? shown.indexOf(api.activeGroup) : -1;
      const next = shown[(at + step + shown.length) % shown.length]?.activePanel;
      if (next && isPanelId(next.id)) show(next.id);
    },
    lend(id) {
      const before = layoutOf(api.toJSON());
      api.getPanel(id)?.api.close();
      const after = layoutOf(api.toJSON());
      return () => {
        const now = layoutOf(api.toJSON());
        const isUntouched = before !== null && after !== null && now !== null && sameShape(after, now);
        if (isUntouched) apply(before);
        else show(id);
      };
    },
    toggle(side) {
      const groups = groupsOf(side);
      const visible = isShown(side);
      for (const group of groups) group.api.setVisible(!visible);
      if (groups.length > 0) return;
      const { preset } = layouts.store.getState();
      const first = panelIds.find((id) => panelRow(id).presets?.[preset] === side) ?? panelIds.find((id) => panelRow(id).home === side);
      if (first) show(first);
    },
    isShown,
    float() {
      const id = active();
      const panel = id && api.getPanel(id);
      if (!panel) return;
      if (panel.group.api.location.type === "floating") panel.api.moveTo(placeOf(api, id, placeIn));
      else api.addFloatingGroup(panel, { x: 80, y: 60, width: 420, height: 360 });
      focusPanel(id);
    },
    split(direction) {
      const panel = api.activePanel;
      if (!panel || panel.group.panels.length < 2) return;
      panel.api.moveTo({ group: panel.group, position: direction === "right" ? "right" : "bottom" });
    },
    preset,
    reset: () => (layouts.home ? apply(layouts.home) : preset(layouts.store.getState().preset)),
    apply,
    undo() {
      const layout = layouts.undo();
      if (layout) apply(layout);
    },
    redo() {
      const layout = layouts.redo();
      if (layout) apply(layout);
    },
    onChange(listener) {
      const listening = api.onDidLayoutChange(listener);
      return () => listening.dispose();
    },
  };
}

/** A hidden group has no width and would still be walked by Tab and read aloud. */
function hideFromKeys(api: DockviewApi): void {
  for (const { element, api: group } of api.groups) element.style.visibility = group.isVisible ? "" : "hidden";
}

/** Of a strip with more tabs than it has room for, the one that is open is in sight, also once its buttons take more of the room. */
function revealTabs(api: DockviewApi): void {
  const reveal = (within: Element) => within.querySelector(".dv-active-tab")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  const narrowed = new ResizeObserver((strips) => {
    for (const { target } of strips) reveal(target);
  });
  const stripOf = ({ element }: DockviewGroupPanel) => element.querySelector(".dv-tabs-container");
  const follow = (group: DockviewGroupPanel) => {
    const strip = stripOf(group);
    if (strip) narrowed.observe(strip);
  };
  for (const group of api.groups) follow(group);
  api.onDidAddGroup(follow);
  api.onDidRemoveGroup((group) => {
    const strip = stripOf(group);
    if (strip) narrowed.unobserve(strip);
  });
  // A tab that is new has its width a frame later.
  api.onDidActivePanelChange(() => requestAnimationFrame(() => api.activeGroup && reveal(api.activeGroup.element)));
}

/** Of all views that were to be entered the last one counts. */
let entered = 0;

/** Focuses a control of a view, else what in it takes its keys, else the view; one that is shown for the first time has to be drawn and loaded before there is any. */
function focusPanel(id: PanelId, control = "[data-keys]"): void {
  const turn = ++entered;
  const enter = (tries: number) => {
    const panel = document.querySelector<HTMLElement>(`[data-panel="${id}"]`);
    const { activeElement, body } = document;
    const isDialog = document.querySelector("[role=dialog]") !== null;
    // Later it takes the focus only where nobody has it, or is about to: the palette goes when something else takes it.
    if (panel && (tries === mostTries || (activeElement === body && !isDialog))) {
      panel.focus();
      focusWithin(panel, control, mostTries);
    } else if (tries > 0 && turn === entered && (activeElement === body || isDialog)) setTimeout(() => enter(tries - 1), tryMs);
  };
  requestAnimationFrame(() => enter(mostTries));
}

function focusWithin(panel: HTMLElement, control: string, tries: number): void {
  // Somebody has gone on meanwhile.
  if (document.activeElement !== panel) return;
  const found = panel.querySelector<HTMLElement>(control);
  if (found) found.focus();
  else if (tries > 0) setTimeout(() => focusWithin(panel, control, tries - 1), tryMs);
}

/** Where the preset that the docks began from has a panel, or would have it. */
type PlaceIn = (id: PanelId) => Place;

/** Adds a panel at its own place, as a tab beside whichever of its neighbours are open. */
function add(api: DockviewApi, id: PanelId, placeIn: PlaceIn): IDockviewPanel {
  const { contentComponent, ...rest } = panelState(id, title(id));
  const place = placeIn(id);
  const neighbour = neighbourOf(api, id, placeIn);
  const common = { ...rest, component: contentComponent };
  if (neighbour) return api.addPanel({ ...common, position: { referencePanel: neighbour, direction: "within" } });
  const beside = besides[place].map((at) => openAt(api, id, at, placeIn)).find((panel) => panel !== undefined);
  const [direction, length] = edges[place];
  return api.addPanel({ ...common, ...length, position: beside ? { referencePanel: beside, direction } : { direction } });
}

const edges = {
  left: ["left", { initialWidth: 316 }],
  right: ["right", { initialWidth: 316 }],
  below: ["below", { initialHeight: 252 }],
  centre: ["right", {}],
  beside: ["right", {}],
} as const satisfies Record<Place, readonly ["left" | "right" | "below", object]>;

/** What a panel is put next to where no other stands at its place: the outermost of the centre on its side. */
const besides: Record<Place, readonly Place[]> = {
  left: ["centre", "beside"],
  right: ["beside", "centre"],
  below: ["centre", "beside"],
  centre: [],
  beside: ["centre"],
};

function openAt(api: DockviewApi, id: PanelId, place: Place, placeIn: PlaceIn): IDockviewPanel | undefined {
  return api.panels.find(
    (panel) => panel.id !== id && isPanelId(panel.id) && placeIn(panel.id) === place && panel.group.api.location.type === "grid",
  );
}

/** An open panel of the same place. */
const neighbourOf = (api: DockviewApi, id: PanelId, placeIn: PlaceIn) => openAt(api, id, placeIn(id), placeIn);

/** Where a floating panel goes back to. */
function placeOf(api: DockviewApi, id: PanelId, placeIn: PlaceIn): { group: DockviewGroupPanel; position?: "left" | "right" | "bottom" } {
  const neighbour = neighbourOf(api, id, placeIn);
  if (neighbour) return { group: neighbour.group };
  const group = api.getPanel("scene")?.group ?? api.groups.find((other) => other.api.location.type === "grid");
  if (!group) return { group: api.addGroup() };
  const place = placeIn(id);
  return { group, position: place === "left" ? "left" : place === "below" ? "bottom" : "right" };
}
