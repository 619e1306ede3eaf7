/** Layouts of our own form: presets from the table, there and back through the dock library's form, and what cannot be read. */
import { expect, test } from "vitest";
import { dockviewOf, type Layout, layoutOf, parseLayout, presetLayout, sameShape } from "./layout.ts";
import { createLayoutStore } from "./layout-store.ts";
import { presetNames } from "./panels.ts";

const size = { width: 1280, height: 720 };
const title = (id: string) => id;

type GridPart = ReturnType<typeof dockviewOf>["grid"]["root"];
const partsOf = (part: GridPart | undefined): GridPart[] => (part?.type === "branch" ? (part.data as GridPart[]) : []);

function memory(content: Record<string, string> = {}): Storage {
  const items = new Map(Object.entries(content));
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  } as Storage;
}

test.each(presetNames)("preset %s survives the way to the dock library and back", (name) => {
  const preset = presetLayout(name, size);
  const back = layoutOf(dockviewOf(preset, size, title)) as Layout;
  expect(sameShape(back, preset)).toBe(true);
  expect(parseLayout(JSON.parse(JSON.stringify(back)))).toEqual(back);
});

test("Explore has explorer, scene and inspector side by side, and the sides keep their width in a wide window", () => {
  const [left, middle, right] = presetLayout("explore", size).root.parts;
  expect(left).toMatchObject({ tabs: ["explorer"] });
  expect(middle).toMatchObject({ split: "column" });
  expect(right).toMatchObject({ active: "inspector" });
  expect((left?.share ?? 0) * size.width).toBeCloseTo(316);
  const wide = presetLayout("explore", { width: 2560, height: 1440 }).root.parts[0];
  expect((wide?.share ?? 0) * 2560).toBeCloseTo(316);
});

test("the library's sizes are lengths along each split", () => {
  const layout: Layout = {
    version: 1,
    floating: [{ tabs: ["log"], active: "log", left: 10, top: 20, width: 300, height: 200 }],
    root: {
      split: "row",
      share: 1,
      parts: [
        { tabs: ["explorer"], active: "explorer", share: 0.25 },
        {
          split: "column",
          share: 0.75,
          parts: [
            { tabs: ["scene"], active: "scene", share: 0.5 },
            { tabs: ["raster"], active: "raster", share: 0.5 },
          ],
        },
      ],
    },
  };
  const { grid, floatingGroups } = dockviewOf(layout, size, title);
  const [left, right] = partsOf(grid.root);
  expect(left?.size).toBe(320);
  expect(partsOf(right)[0]?.size).toBe(360);
  expect(floatingGroups?.[0]?.position).toEqual({ left: 10, top: 20, width: 300, height: 200 });
  expect(layoutOf(dockviewOf(layout, size, title))).toEqual(layout);
});

test("views that this window does not know are left out, and what holds only such views with them", () => {
  const stored = {
    version: 1,
    floating: [{ tabs: ["future"], active: "future", left: 0, top: 0, width: 9, height: 9 }],
    root: {
      split: "row",
      share: 1,
      parts: [
        { tabs: ["future"], active: "future", share: 0.5 },
        { tabs: ["future", "scene"], active: "future", share: 0.5 },
      ],
    },
  };
  expect(parseLayout(stored)).toEqual({
    version: 1,
    floating: [],
    root: { split: "row", share: 1, parts: [{ tabs: ["scene"], active: "scene", share: 1 }] },
  });
});

test.each([
  null,
  7,
  {},
  { version: 2, root: {}, floating: [] },
  { version: 1, root: { split: "row", share: 1, parts: [{ tabs: [], active: "", share: 1 }] }, floating: [] },
])("%j is no layout", (stored) => expect(parseLayout(stored)).toBeNull());

test("a stored layout that is broken is not shown; its preset is kept", () => {
  const store = createLayoutStore(memory({ "gyrus.layout.3": JSON.stringify({ preset: "debug", layout: { version: 9 } }) }));
  expect(store.kept()).toBeNull();
  expect(store.store.getState().preset).toBe("debug");
  expect(createLayoutStore(memory({ "gyrus.layout.3": "{" })).store.getState().preset).toBe("explore");
});

test("a change of layout is undone and redone; turning over a tab is no step", () => {
  const layouts = createLayoutStore(memory());
  const explore = presetLayout("explore", size);
  const turned = structuredClone(explore);
  (turned.root.parts[2] as { active: string }).active = "stimulate";
  layouts.note(explore);
  layouts.note(turned);
  expect(layouts.undo()).toBeNull();
  layouts.note(presetLayout("debug", size));
  expect(layouts.undo()).toEqual(turned);
  expect(layouts.store.getState()).toMatchObject({ canUndo: false, canRedo: true });
  expect(layouts.redo()).toEqual(presetLayout("debug", size));
});

test("a layout is saved by name, found by another window, and deleted", () => {
  const storage = memory();
  const layouts = createLayoutStore(storage);
  layouts.note(presetLayout("build", size));
  layouts.save("two screens");
  expect(createLayoutStore(storage).store.getState().saved).toEqual({ "two screens": presetLayout("build", size) });
  layouts.remove("two screens");
  expect(createLayoutStore(storage).store.getState().saved).toEqual({});
});
