/**
 * Every action of the window, once: id, title, shortcut, when it can be done, what it does. Palette, keyboard and help read
 * this list. Commands of the lab's registry that change something and need no input enter by themselves.
 */

import type { StoreApi } from "zustand/vanilla";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import { type CommandGroups, commandGroups } from "#contracts/commands.ts";
import type { CommandName, LabBridge } from "../bridge/lab-bridge.ts";
import type { SceneHandle } from "../scene/scene.ts";
import { conditionOn } from "../stores/debug-store.ts";
import type { LabStores } from "../stores/lab-stores.ts";
import { messageOf } from "../ui/error-text.ts";
import { t } from "../ui/messages.ts";
import type { SettingsStores } from "../ui/settings.ts";
import { askWhy, goLive, loopRate, reverseContinue, stepPhase, toggleBreakpoint } from "./debug-commands.ts";
import { type PanelId, panelIds, type Shell } from "./shell-store.ts";

/** In the order in which the palette shows them. */
export const commandGroupOrder = ["brain", "debug", "genome", "edit", "rollout", "view", "scene", "help"] as const;
type CommandGroup = (typeof commandGroupOrder)[number];

export interface WindowCommand {
  id: string;
  title: string;
  group: CommandGroup;
  /** tinykeys notation; "$mod" is Ctrl, or ⌘ on macOS. */
  shortcuts: readonly string[];
  /** Where the shortcut works: everywhere, or with the focus in the scene, the timeline, the raster, or wherever neurons are looked at. */
  context: "window" | "scene" | "timeline" | "raster" | "neuron";
  when(): boolean;
  run(): void;
}

interface Parts extends SettingsStores {
  bridge: LabBridge;
  stores: LabStores;
  scene: SceneHandle;
  shell: StoreApi<Shell>;
}

type Condition = (status: BrainStatus) => boolean;
interface Binding {
  group: CommandGroup;
  shortcuts?: readonly string[];
  when?: Condition;
}

const hasBrain: Condition = ({ state }) => state === "paused" || state === "running";

/** What the registry cannot know: where a command belongs, its keys, and the states it makes sense in. */
const registryBindings: Partial<Record<CommandName, Binding>> = {
  "brain.run": { group: "brain", shortcuts: ["F5"], when: ({ state }) => state === "paused" },
  "brain.pause": { group: "brain", shortcuts: ["F6"], when: ({ state }) => state === "running" },
  "brain.step": { group: "brain", shortcuts: ["F10"], when: ({ state }) => state === "paused" },
  "time.stepBack": { group: "brain", shortcuts: ["Shift+F10"], when: hasBrain },
  "debug.reverseContinue": { group: "debug", shortcuts: ["Shift+F8"], when: hasBrain },
  "debug.clearHits": { group: "debug" },
  "brain.checkpoint": { group: "brain", when: hasBrain },
  "genome.cancel": { group: "genome", when: ({ state }) => state === "growing" },
  "connectome.undo": { group: "edit", shortcuts: ["$mod+z"], when: ({ canUndo }) => canUndo !== null },
  "connectome.redo": { group: "edit", shortcuts: ["$mod+Shift+z", "$mod+y"], when: ({ canRedo }) => canRedo !== null },
  "rollout.advance": { group: "rollout" },
  "rollout.rollback": { group: "rollout" },
  "rollout.enable": { group: "rollout" },
  "rollout.selftest": { group: "rollout", when: hasBrain },
};

export function createWindowCommands(parts: Parts): WindowCommand[] {
  const { bridge, stores, scene, shell, settings } = parts;
  const status = () => stores.brain.getState().status;
  const connected = () => bridge.connection.phase === "open" && bridge.connection.write;
  const call = (name: CommandName, input: object) => {
    bridge.call(name, input as never).catch((error: unknown) => stores.notices.getState().push("error", messageOf(error)));
  };
  const has = () => {
    const now = status();
    return now !== null && hasBrain(now);
  };
  const own = (
    id: string,
    title: string,
    group: CommandGroup,
    run: () => void,
    extra: Partial<Pick<WindowCommand, "shortcuts" | "context" | "when">> = {},
  ): WindowCommand => ({ id, title, group, shortcuts: [], context: "window", when: () => true, run, ...extra });
  const inTimeline = (id: string, title: string, key: string, run: () => void) =>
    own(id, title, "debug", run, { shortcuts: [key], context: "timeline", when: has });
  /** Where all views stand. */
  const shownBurst = () => stores.selection.getState().cursor ?? status()?.burst ?? 0;
  const inScene = (id: string, title: string, key: string, run: () => void) =>
    own(id, title, "scene", run, { shortcuts: [key], context: "scene", when: has });

  return [
    ...registryCommands(),
    own("window.palette", t("command.palette"), "view", () => shell.getState().open("palette"), {
      shortcuts: ["$mod+k", "$mod+Shift+p"],
    }),
    own("window.open", t("command.open"), "genome", () => shell.getState().open("open"), { shortcuts: ["$mod+o"] }),
    own("window.export", t("command.export"), "genome", () => shell.getState().open("export"), { shortcuts: ["$mod+e"], when: has }),
    own("window.settings", t("command.settings"), "help", () => shell.getState().open("settings"), { shortcuts: ["$mod+,"] }),
    own("window.shortcuts", t("command.shortcuts"), "help", () => shell.getState().open("shortcuts"), { shortcuts: ["?", "F1"] }),
    ...([0, 10, 100] as const).map((percent) =>
      own(`rollout.set.${percent}`, t("command.rolloutSet", { percent }), "rollout", () => call("rollout.set", { percent, reason: "" })),
    ),
    ...panelIds.map((id: PanelId, i) =>
      own(`view.${id}`, t("command.show", { panel: t(`panel.${id}`) }), "view", () => shell.getState().docks?.show(id), {
        shortcuts: i < 9 ? [`$mod+${i + 1}`] : [],
      }),
    ),
    own("view.maximise", t("command.maximise"), "view", () => shell.getState().docks?.maximise(), { shortcuts: ["$mod+Shift+m"] }),
    own("view.next", t("command.nextGroup"), "view", () => shell.getState().docks?.cycle(1), { shortcuts: ["Control+F6"] }),
    own("view.previous", t("command.previousGroup"), "view", () => shell.getState().docks?.cycle(-1), { shortcuts: ["Control+Shift+F6"] }),
    own("view.reset", t("command.resetLayout"), "view", () => shell.getState().docks?.reset()),
    own("theme.dark", t("command.themeDark"), "view", () => settings.setState({ theme: "dark" })),
    own("theme.light", t("command.themeLight"), "view", () => settings.setState({ theme: "light" })),
    own("theme.system", t("command.themeSystem"), "view", () => settings.setState({ theme: "system" })),
    own("debug.runTo", t("command.runTo"), "debug", () => shell.getState().open("runTo"), {
      shortcuts: ["F8"],
      when: () => status()?.state === "paused",
    }),
    own("debug.stepPhase", t("command.stepPhase"), "debug", () => stepPhase(parts), {
      shortcuts: ["F11"],
      when: () => connected() && status()?.state === "paused",
    }),
    own("debug.toggle", t("command.toggleBreakpoint"), "debug", () => toggleBreakpoint(parts), {
      shortcuts: ["F9"],
      when: () => connected() && has() && conditionOn(stores.selection.getState()) !== null,
    }),
    own("debug.edit", t("command.editBreakpoint"), "debug", () => shell.getState().docks?.show("breakpoints"), {
      shortcuts: ["$mod+F9"],
      when: has,
    }),
    own("debug.why", t("command.why"), "debug", () => askWhy(parts), {
      shortcuts: ["w"],
      context: "neuron",
      when: () => has() && stores.selection.getState().neuron !== null,
    }),
    own("debug.live", t("command.live"), "debug", () => goLive(stores), { when: has }),
    inTimeline("timeline.toggle", t("command.runPause"), "Space", runPause),
    own("raster.toggle", t("command.runPause"), "debug", runPause, { shortcuts: ["Space"], context: "raster", when: has }),
    inTimeline("timeline.back", t("command.timelineBack"), "ArrowLeft", () => stores.timeline.move(-1)),
    inTimeline("timeline.on", t("command.timelineOn"), "ArrowRight", () => stores.timeline.move(1)),
    inTimeline("timeline.back10", t("command.timelineBack10"), "Shift+ArrowLeft", () => stores.timeline.move(-10)),
    inTimeline("timeline.on10", t("command.timelineOn10"), "Shift+ArrowRight", () => stores.timeline.move(10)),
    inTimeline("timeline.start", t("command.timelineStart"), "Home", () => stores.timeline.seek(0)),
    inTimeline("timeline.live", t("command.live"), "End", () => goLive(stores)),
    inTimeline("timeline.loopIn", t("command.loopIn"), "[", () => stores.timeline.setLoop("from", shownBurst())),
    inTimeline("timeline.loopOut", t("command.loopOut"), "]", () => stores.timeline.setLoop("to", shownBurst())),
    inTimeline("timeline.loop", t("command.loop"), "l", () => stores.timeline.toggleLoop(loopRate(parts))),
    inTimeline("timeline.marker", t("command.marker"), "m", () => stores.timeline.toggleMarker(shownBurst())),
    inTimeline("timeline.closer", t("command.zoomIn"), "+", () => stores.timeline.zoom(0.5)),
    inTimeline("timeline.farther", t("command.zoomOut"), "-", () => stores.timeline.zoom(2)),
    inScene("scene.toggle", t("command.runPause"), "Space", runPause),
    inScene("scene.frameSelection", t("command.frameSelection"), "f", () => scene.frame("selection")),
    inScene("scene.frameAll", t("command.frameAll"), "Home", () => scene.frame("all")),
    inScene("scene.front", t("command.viewFront"), "1", () => scene.view("front")),
    inScene("scene.top", t("command.viewTop"), "2", () => scene.view("top")),
    inScene("scene.side", t("command.viewSide"), "3", () => scene.view("side")),
    inScene("scene.left", t("command.orbitLeft"), "ArrowLeft", () => scene.orbit(-0.12, 0)),
    inScene("scene.right", t("command.orbitRight"), "ArrowRight", () => scene.orbit(0.12, 0)),
    inScene("scene.up", t("command.orbitUp"), "ArrowUp", () => scene.orbit(0, -0.1)),
    inScene("scene.down", t("command.orbitDown"), "ArrowDown", () => scene.orbit(0, 0.1)),
    inScene("scene.closer", t("command.closer"), "+", () => scene.dolly(0.85)),
    inScene("scene.farther", t("command.farther"), "-", () => scene.dolly(1.18)),
    inScene("scene.climb", t("command.climb"), "Escape", () => stores.selection.getState().climb()),
    own("selection.back", t("command.selectionBack"), "view", () => stores.selection.getState().back(), { shortcuts: ["Alt+ArrowLeft"] }),
    own("selection.forward", t("command.selectionForward"), "view", () => stores.selection.getState().forward(), {
      shortcuts: ["Alt+ArrowRight"],
    }),
  ];

  function runPause(): void {
    call(status()?.state === "running" ? "brain.pause" : "brain.run", {});
  }

  function registryCommands(): WindowCommand[] {
    return Object.entries(commandGroups).flatMap(([group, table]) =>
      Object.entries(table as CommandGroups[keyof CommandGroups]).flatMap(([verb, command]) => {
        if (command.permission !== "write" || !command.input.safeParse({}).success) return [];
        const name = `${group}.${verb}` as CommandName;
        const { group: shown = "brain", shortcuts = [], when = () => true } = registryBindings[name] ?? {};
        const possible = () => {
          const now = status();
          return connected() && now !== null && when(now);
        };
        return [
          {
            id: name,
            title: command.title,
            group: shown,
            shortcuts,
            context: "window",
            when: possible,
            // That it found nothing has to be said too.
            run: () => (name === "debug.reverseContinue" ? reverseContinue(parts) : call(name, {})),
          } as const,
        ];
      }),
    );
  }
}
