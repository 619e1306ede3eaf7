/**
 * What a window's docks look like, in a form of our own: a tree of rows, columns and groups of tabs with their shares, and what
 * floats above. Presets, saved layouts, undo and the kept layout are all of this form; `dockviewOf` and `layoutOf` translate it to and
 * from the dock library's. Shares are of the length along the split, so a layout fits every window size.
 */
import type { SerializedDockview } from "dockview-react";
import { z } from "zod";
import { isPanelId, type PanelId, type PanelRow, type Place, type PresetName, panelIds, panelRow } from "./panels.ts";

const share = z.number().min(0).max(1);
const Tabs = z.object({ tabs: z.array(z.string()).min(1), active: z.string(), share, hidden: z.boolean().optional() });
const Split = z.object({
  split: z.enum(["row", "column"]),
  share,
  get parts(): z.ZodArray<z.ZodUnion<[typeof Tabs, typeof Split]>> {
    return z.array(z.union([Tabs, Split]));
  },
});
const Float = z.object({
  tabs: z.array(z.string()).min(1),
  active: z.string(),
  left: z.number(),
  top: z.number(),
  width: z.number(),
  height: z.number(),
});

export const Layout = z.object({ version: z.literal(1), root: Split, floating: z.array(Float) });
export type Layout = z.infer<typeof Layout>;
type Tabs = z.infer<typeof Tabs>;
type Split = z.infer<typeof Split>;
type Part = Tabs | Split;

export interface Size {
  width: number;
  height: number;
}

/** CSS pixels of the docks in a preset, and the most they may take of a small window. */
const sideWidth = 316;
const belowHeight = 252;
const thinHeight = 148;
const mostSide = 0.3;

/** A layout as it was stored: null where it cannot be read, and without the views that this window does not know. */
export function parseLayout(stored: unknown): Layout | null {
  const parsed = Layout.safeParse(stored);
  if (!parsed.success) return null;
  const root = prune(parsed.data.root);
  const floating = parsed.data.floating.flatMap((float) => pruneTabs(float) ?? []);
  return root === null ? null : { version: 1, root: asSplit(root), floating };
}

/** One view alone. */
export function soleLayout(view: PanelId): Layout {
  return { version: 1, root: { split: "row", share: 1, parts: [{ tabs: [view], active: view, share: 1 }] }, floating: [] };
}

export function presetLayout(preset: PresetName, { width, height }: Size, rows: Record<string, PanelRow> = allRows): Layout {
  const at = (place: Place) => Object.keys(rows).filter((id) => rows[id]?.presets?.[preset] === place);
  const side = Math.min(mostSide, sideWidth / width);
  const below = Math.min(0.4, (preset === "present" ? thinHeight : belowHeight) / height);
  const group = (place: Place, share: number): Tabs[] => {
    const tabs = at(place);
    return tabs.length === 0 ? [] : [{ tabs, active: tabs[0] as string, share }];
  };
  const bottom = group("below", below);
  const left = group("left", side);
  const right = group("right", side);
  const centre = [...group("centre", 0.6), ...group("beside", 0.4)];
  const centreShare = 1 - side * (left.length + right.length);
  const middle: Part[] =
    bottom.length === 0
      ? spread(centre, centreShare)
      : [
          {
            split: "column",
            share: centreShare,
            parts: [
              ...(centre.length > 1 ? [{ split: "row" as const, share: 1 - below, parts: centre }] : spread(centre, 1 - below)),
              ...bottom,
            ],
          },
        ];
  return { version: 1, root: { split: "row", share: 1, parts: [...left, ...middle, ...right] }, floating: [] };
}

const allRows = Object.fromEntries(panelIds.map((id) => [id, panelRow(id)]));

function spread(parts: readonly Tabs[], among: number): Tabs[] {
  const sum = parts.reduce((total, part) => total + part.share, 0);
  return parts.map((part) => ({ ...part, share: (part.share / sum) * among }));
}

/** What the dock library is given. `title` names a view in the reader's language. */
export function dockviewOf(layout: Layout, { width, height }: Size, title: (id: PanelId) => string): SerializedDockview {
  let groups = 0;
  const data = ({ tabs, active }: Pick<Tabs, "tabs" | "active">) => ({ id: `group-${++groups}`, views: tabs, activeView: active });
  /** `along` is the length of the part's own split, `across` that of the other axis, as the library counts them. */
  const node = (part: Part, lengths: Record<"row" | "column", number>, parent: "row" | "column"): SerializedDockview["grid"]["root"] => {
    const size = part.share * lengths[parent];
    if ("tabs" in part) return { type: "leaf", data: data(part), size, ...(part.hidden ? { visible: false } : {}) };
    const own = { ...lengths, [parent]: size };
    const other = parent === "row" ? "column" : "row";
    // The library alternates rows and columns by depth.
    const parts: Part[] = part.split === other ? part.parts : [{ ...part, split: part.split, share: 1 }];
    return { type: "branch", size, data: parts.map((child) => node(child, own, other)) };
  };
  const { split } = layout.root;
  const lengths = { row: width, column: height };
  const root = {
    type: "branch" as const,
    size: split === "row" ? height : width,
    data: layout.root.parts.map((part) => node(part, lengths, split)),
  };
  const shown = viewsIn(layout) as PanelId[];
  return {
    grid: { root, width, height, orientation: (split === "row" ? "HORIZONTAL" : "VERTICAL") as never },
    panels: Object.fromEntries(shown.map((id) => [id, panelState(id, title(id))])),
    floatingGroups: layout.floating.map((float) => ({
      data: data(float),
      position: { left: float.left, top: float.top, width: float.width, height: float.height },
    })),
  };
}

const minimumHeight = 90;
const minimumWidth = 180;

/** A view as the dock library wants it; used for a layout and for a single view that is added alike. */
export function panelState(id: PanelId, title: string) {
  return {
    id,
    contentComponent: id,
    title,
    minimumHeight,
    minimumWidth: panelRow(id).minimumWidth ?? minimumWidth,
    // The scene's canvas stays in the page while another tab is on top.
    ...(id === "scene" ? { renderer: "always" as const } : {}),
  };
}

/** What the dock library says it shows. Groups in other windows are left out: they close with this one. */
export function layoutOf({ grid, floatingGroups = [] }: SerializedDockview): Layout | null {
  const read = (node: SerializedDockview["grid"]["root"], split: "row" | "column", whole: number): Part | null => {
    const share = whole > 0 ? Math.min(1, (node.size ?? 0) / whole) : 0;
    if (node.type === "leaf") {
      const { views, activeView } = node.data as { views: string[]; activeView?: string };
      const [first] = views;
      if (first === undefined) return null;
      return { tabs: views, active: activeView ?? first, share, ...(node.visible === false ? { hidden: true } : {}) };
    }
    const children = node.data as SerializedDockview["grid"]["root"][];
    const sum = children.reduce((total, child) => total + (child.size ?? 0), 0);
    const parts = children.flatMap((child) => read(child, split === "row" ? "column" : "row", sum) ?? []);
    return parts.length === 0 ? null : { split, share, parts };
  };
  const outer = (grid.orientation as string) === "HORIZONTAL" ? "row" : "column";
  const root = read(grid.root, outer, grid.root.size ?? 1);
  const floating = floatingGroups.flatMap(({ data, position }) => {
    const views = data?.views ?? [];
    const [first] = views;
    if (data === undefined || first === undefined) return [];
    const box = position as { left?: number; top?: number; width: number; height: number };
    return [
      { tabs: views, active: data.activeView ?? first, left: box.left ?? 40, top: box.top ?? 40, width: box.width, height: box.height },
    ];
  });
  if (root === null) return null;
  return { version: 1, root: asSplit({ ...root, share: 1 }), floating };
}

/** Whether two layouts look alike but for the tabs that are on top: turning over a tab is no step to undo. */
export function sameShape(a: Layout, b: Layout): boolean {
  const shape = (layout: Layout) =>
    JSON.stringify(layout, (key, value: unknown) => {
      if (key === "active") return undefined;
      return key === "share" ? Math.round(Number(value) * 50) : value;
    });
  return shape(a) === shape(b);
}

/** Ids of all views in it. */
export function viewsIn({ root, floating }: Layout): string[] {
  return [...tabsOf(root), ...floating].flatMap(({ tabs }) => tabs);
}

function tabsOf(part: Part): Tabs[] {
  return "tabs" in part ? [part] : part.parts.flatMap(tabsOf);
}

/** Without unknown views; what is left empty goes, and the rest shares its place. */
function prune(part: Part): Part | null {
  if ("tabs" in part) return pruneTabs(part);
  const kept = part.parts.flatMap((child) => prune(child) ?? []);
  if (kept.length === 0) return null;
  const sum = kept.reduce((total, { share }) => total + share, 0) || 1;
  return { ...part, parts: kept.map((child) => ({ ...child, share: child.share / sum })) };
}

function pruneTabs<T extends { tabs: string[]; active: string }>(group: T): T | null {
  const tabs = group.tabs.filter(isPanelId);
  const [first] = tabs;
  if (first === undefined) return null;
  return { ...group, tabs, active: (tabs as string[]).includes(group.active) ? group.active : first };
}

function asSplit(part: Part): Split {
  return "tabs" in part ? { split: "row", share: 1, parts: [{ ...part, share: 1 }] } : part;
}
