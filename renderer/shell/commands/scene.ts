/** Camera, tools, what is shown and the selection; the keys work with the focus in the scene. */

import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import { type ArcsShown, colourings } from "../../scene/scene-types.ts";
import { connectedTo } from "../../scene/visibility.ts";
import type { LabStores } from "../../stores/lab-stores.ts";
import { messageOf } from "../../ui/error-text.ts";
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

/** CSS pixels of one step. */
const panStep = 60;
const listOffset = 80;
const arcs: readonly ArcsShown[] = ["selected", "all", "off"];

export function sceneCommands(parts: CommandParts): WindowCommand[] {
  const { stores, scene } = parts;
  const { own, has, connected, call, runPause } = commandWords(parts);
  const set: LabStores["scene"]["setState"] = (change) => stores.scene.setState(change);
  const shown = () => stores.scene.getState();
  const selected = () => stores.selection.getState().areas;
  const hasVoxel = () => stores.selection.getState().voxel !== null;
  const inSelection = (id: string, title: string, key: string, run: () => void, when = () => selected().length > 0) =>
    own(id, title, "scene", run, { shortcuts: [key], context: "scene", when: () => has() && when() });

  /** Leaves what is connected to the selection, or when that is all there is, everything. */
  function isolate(depth: number): void {
    const { isolated, direction } = shown();
    const { mappings } = stores.brain.getState();
    set({ isolated: isolated === null ? connectedTo(selected(), mappings, depth, direction) : null });
    scene.frame("all");
  }
  function saveView(): void {
    const { bookmarks } = shown();
    const names = new Set(bookmarks.map(({ name }) => name));
    let n = bookmarks.length + 1;
    while (names.has(t("scene.bookmark", { n }))) n++;
    set({ bookmarks: [...bookmarks, { name: t("scene.bookmark", { n }), pose: scene.pose }] });
  }
  /** The areas of the region that the selected one is in. */
  function regionInHand(): CorticalId[] {
    const { areas, areaById } = stores.brain.getState();
    const region = areaById.get(stores.selection.getState().area ?? "")?.region;
    return areas.filter((area) => area.region === region).map(({ id }) => id);
  }
  function listNeurons(): void {
    const { area, voxel } = stores.selection.getState();
    const at = document.activeElement?.getBoundingClientRect() ?? { left: 0, top: 0 };
    if (area && voxel) set({ listed: { area, voxel, x: at.left + listOffset, y: at.top + listOffset } });
  }
  /** Once, with what reaches the threshold: the useful first guess. */
  function stimulate(): void {
    const { area: id, voxels } = stores.selection.getState();
    const area = id === null ? undefined : stores.brain.getState().areaById.get(id);
    if (area) call("stimulus.paint", { area: area.id, voxels, amplitude: Math.max(1, Math.ceil(area.parameters.firingThreshold)) });
  }

  function compareEngines(): void {
    set({ colourBy: "disagreement" });
    call("rollout.selftest", {});
  }

  const draft = () => stores.placing.store.getState().draft;
  /** Moves the area that is being placed; false where there is none. */
  function nudge(by: Vec3): boolean {
    const now = draft();
    if (now) stores.placing.change({ ...now, position: now.position.map((at, i) => at + by[i]!) as Vec3 });
    return now !== null;
  }
  function place(): void {
    const [area] = selected().slice(-1);
    if (draft()) stores.placing.cancel();
    else if (area !== undefined) stores.placing.begin(area);
  }
  function applyOrStimulate(): void {
    if (!draft()) stimulate();
    else stores.placing.apply().catch((error: unknown) => stores.notices.getState().push("error", messageOf(error)));
  }

  const inScene = (id: string, title: string, key: string, run: () => unknown) =>
    own(id, title, "scene", () => void run(), { shortcuts: [key], context: "scene", when: has });
  return [
    inScene("scene.toggle", t("command.runPause"), "Space", runPause),
    inScene("scene.frameSelection", t("command.frameSelection"), "f", () => scene.frame("selection")),
    inScene("scene.frameAll", t("command.frameAll"), "Home", () => scene.frame("all")),
    inScene("scene.front", t("command.viewFront"), "1", () => scene.view("front")),
    inScene("scene.top", t("command.viewTop"), "2", () => scene.view("top")),
    inScene("scene.side", t("command.viewSide"), "3", () => scene.view("side")),
    inScene("scene.left", t("command.orbitLeft"), "ArrowLeft", () => nudge([-1, 0, 0]) || scene.orbit(-0.12, 0)),
    inScene("scene.right", t("command.orbitRight"), "ArrowRight", () => nudge([1, 0, 0]) || scene.orbit(0.12, 0)),
    inScene("scene.up", t("command.orbitUp"), "ArrowUp", () => nudge([0, 1, 0]) || scene.orbit(0, -0.1)),
    inScene("scene.down", t("command.orbitDown"), "ArrowDown", () => nudge([0, -1, 0]) || scene.orbit(0, 0.1)),
    inScene("scene.closer", t("command.closer"), "+", () => scene.dolly(0.85)),
    inScene("scene.farther", t("command.farther"), "-", () => scene.dolly(1.18)),
    inScene("scene.panLeft", t("command.panLeft"), "Shift+ArrowLeft", () => scene.pan(panStep, 0)),
    inScene("scene.panRight", t("command.panRight"), "Shift+ArrowRight", () => scene.pan(-panStep, 0)),
    inScene("scene.panUp", t("command.panUp"), "Shift+ArrowUp", () => scene.pan(0, panStep)),
    inScene("scene.panDown", t("command.panDown"), "Shift+ArrowDown", () => scene.pan(0, -panStep)),
    inScene("scene.ortho", t("command.ortho"), "5", () => scene.toggleOrthographic()),
    inScene("scene.box", t("command.boxTool"), "b", () => set({ tool: shown().tool === "box" ? "orbit" : "box" })),
    inScene("scene.lasso", t("command.lassoTool"), "l", () => set({ tool: shown().tool === "lasso" ? "orbit" : "lasso" })),
    own("scene.orbit", t("command.orbitTool"), "scene", () => set({ tool: "orbit" }), { when: has }),
    inScene("scene.arcs", t("command.arcs"), "m", () => set({ arcs: next(arcs, shown().arcs) })),
    inSelection("scene.hide", t("command.hide"), "h", () => {
      set({ hidden: new Set([...shown().hidden, ...selected()]) });
      stores.selection.getState().selectArea(null);
    }),
    inScene("scene.showAll", t("command.showAll"), "Alt+h", () => set({ hidden: new Set(), isolated: null })),
    own("scene.isolate", t("command.isolate"), "scene", () => isolate(shown().depth), {
      shortcuts: ["i"],
      context: "scene",
      when: () => has() && (selected().length > 0 || shown().isolated !== null),
    }),
    own("scene.solo", t("command.solo"), "scene", () => isolate(0), { when: () => has() && selected().length > 0 }),
    own("scene.minimap", t("command.minimap"), "scene", () => set({ minimap: !shown().minimap }), { when: has }),
    own("scene.announce", t("command.announce"), "scene", () => set({ announces: !shown().announces }), { when: has }),
    own("scene.compareEngines", t("command.compareEngines"), "scene", compareEngines, { when: () => has() && connected() }),
    own("scene.figure", t("command.figure"), "scene", () => parts.shell.getState().open("figure"), { when: has }),
    own("scene.saveView", t("command.saveView"), "scene", saveView, { when: has }),
    inSelection("scene.neurons", t("command.listNeurons"), "n", listNeurons, hasVoxel),
    inSelection(
      "scene.stimulate",
      t("command.stimulateSelection"),
      "Enter",
      applyOrStimulate,
      () => (hasVoxel() || draft() !== null) && connected(),
    ),
    ...colourings.map((by) =>
      own(`scene.colour.${by}`, t("command.colourBy", { what: t(`scene.colour.${by}`) }), "scene", () => set({ colourBy: by }), {
        when: has,
      }),
    ),
    ...[1, 2, 3, 4].map((views) =>
      own(`scene.views.${views}`, t("command.viewports", { count: views }), "scene", () => set({ views }), { when: has }),
    ),
    inScene("scene.draftBack", t("command.draftBack"), "PageUp", () => nudge([0, 0, 1])),
    inScene("scene.draftFront", t("command.draftFront"), "PageDown", () => nudge([0, 0, -1])),
    inScene("scene.fly", t("command.fly"), "Backquote", () => set({ flying: !shown().flying })),
    inSelection("scene.place", t("command.place"), "g", place, connected),
    inScene("scene.climb", t("command.climb"), "Escape", () => {
      if (draft()) stores.placing.cancel();
      else stores.selection.getState().climb(regionInHand());
    }),
    own("selection.back", t("command.selectionBack"), "view", () => stores.selection.getState().back(), { shortcuts: ["Alt+ArrowLeft"] }),
    own("selection.forward", t("command.selectionForward"), "view", () => stores.selection.getState().forward(), {
      shortcuts: ["Alt+ArrowRight"],
    }),
  ];
}

function next<T>(all: readonly T[], now: T): T {
  return all[(all.indexOf(now) + 1) % all.length]!;
}
