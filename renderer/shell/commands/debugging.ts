/** What the debugger's commands do; run bar, keyboard, palette and panels call the same functions. */
import type { StoreApi } from "zustand/vanilla";
import type { InputOf } from "#contracts/command.ts";
import type { debugCommands } from "#contracts/commands/debug.ts";
import type { Condition } from "#contracts/conditions.ts";
import { LabError } from "#contracts/errors.ts";
import type { LabBridge } from "../../bridge/lab-bridge.ts";
import { breakpointOn, conditionOn } from "../../stores/debug-store.ts";
import type { LabStores } from "../../stores/lab-stores.ts";
import { messageOf } from "../../ui/error-text.ts";
import { t } from "../../ui/messages.ts";
import type { SettingsStores } from "../../ui/settings.ts";
import type { Shell } from "../shell-store.ts";

interface Parts extends Pick<SettingsStores, "appearance"> {
  bridge: LabBridge;
  stores: LabStores;
  shell: StoreApi<Shell>;
}

/** Recorded bursts a second that a loop shows; each is a move of the brain. */
const mostLoopRate = 8;
const reducedLoopRate = 2;

/** Why the selected neuron fired, or did not, in the burst that is shown. */
export function askWhy({ stores, shell }: Parts): void {
  const { neuron, cursor } = stores.selection.getState();
  const burst = cursor ?? stores.brain.getState().status?.burst ?? 0;
  shell.getState().docks?.show("why");
  if (neuron !== null && burst > 0) void stores.why.ask({ neuron, burst });
}

/** Of the row that has the focus, where it has a dot for breakpoints; else of what is selected. */
export function conditionInHand({ selection }: Pick<LabStores, "selection">): Condition | null {
  const row = document.activeElement?.closest("[role=row], li");
  const dot = row?.querySelector<HTMLElement>("[data-breakpoint]")?.dataset.breakpoint;
  return dot === undefined ? conditionOn(selection.getState()) : (JSON.parse(dot) as Condition);
}

export function toggleBreakpoint({ stores }: Parts, condition = conditionInHand(stores)): void {
  if (condition) stores.debug.toggle(condition).catch((error: unknown) => refuse(stores, error));
}

type Editing = Pick<Parts, "stores" | "shell">;

/** Opens the settings of the breakpoint in hand, which is set first where there is none. */
export function editBreakpoint({ stores, shell }: Editing, condition = conditionInHand(stores)): void {
  if (!condition) {
    shell.getState().docks?.show("breakpoints");
    return;
  }
  const { store, toggle } = stores.debug;
  const open = () => {
    const found = breakpointOn(store.getState().breakpoints, condition);
    if (found) openBreakpoint({ stores, shell }, found.id);
    return found;
  };
  if (!open())
    toggle(condition).then(
      () => void open(),
      (error: unknown) => refuse(stores, error),
    );
}

/** Sets a breakpoint; where its condition has one already, that one is opened instead. */
export async function addBreakpoint(parts: Editing & { bridge: LabBridge }, asked: InputOf<typeof debugCommands.add>): Promise<void> {
  const { bridge, stores } = parts;
  try {
    await bridge.call("debug.add", asked);
    await stores.debug.read();
  } catch (error) {
    const { breakpoint, text } = error instanceof LabError ? error.details : {};
    if (typeof breakpoint !== "string") throw error;
    await stores.debug.read();
    openBreakpoint(parts, breakpoint);
    stores.notices.getState().push("info", t("breakpoints.same", { text: String(text) }));
  }
}

function openBreakpoint({ stores, shell }: Editing, id: string): void {
  stores.debug.store.setState({ editing: id });
  shell.getState().docks?.show("breakpoints", `[data-id="${id}"] input`);
}

export function stepPhase({ stores, shell }: Parts): void {
  shell.getState().docks?.show("phases");
  stores.phases.step(stores.brain.getState().status?.burst ?? 0).catch((error: unknown) => refuse(stores, error));
}

/** Back to the last burst that satisfies an enabled breakpoint; says so where there is none. */
export function reverseContinue({ bridge, stores }: Parts): void {
  bridge.call("debug.reverseContinue", {}).then(
    ({ reached }) => {
      stores.selection.getState().setCursor(null);
      const say = stores.notices.getState().push;
      if (reached) say("info", t("run.reversedTo", { burst: reached.burst, text: reached.text }));
      else say("warning", t("run.reversedNowhere"));
    },
    (error: unknown) => refuse(stores, error),
  );
}

/** Another way to go on from here, beside the way so far. */
export function forkHere({ bridge, stores, shell }: Parts): void {
  bridge.call("timeline.fork", {}).then(
    () => shell.getState().docks?.show("timelines"),
    (error: unknown) => refuse(stores, error),
  );
}

/** All views and the brain itself at the newest burst. */
export function goLive({ selection, timeline, brain }: LabStores): void {
  selection.getState().setCursor(null);
  const { recording } = timeline.store.getState();
  const at = brain.getState().status?.burst ?? 0;
  if (recording && recording.last > at) timeline.seek(recording.last);
}

/** Plays along the recording at its speed, or stops; each move is one of the brain, so a quick one goes by several bursts. */
export function togglePlay(parts: Pick<Parts, "appearance" | "stores">): void {
  const { perSecond, step } = playback(parts);
  parts.stores.timeline.toggleLoop(perSecond, step);
}

export function playback({ appearance, stores }: Pick<Parts, "appearance" | "stores">): { perSecond: number; step: number } {
  const wanted = stores.timeline.store.getState().speed * (stores.brain.getState().status?.targetHz ?? mostLoopRate);
  const most = appearance.getState().reducedMotion ? reducedLoopRate : mostLoopRate;
  return wanted <= most ? { perSecond: wanted, step: 1 } : { perSecond: most, step: Math.round(wanted / most) };
}

/** To the nearest burst in which anything fired; says so where there is none. */
export function goToFiring({ stores }: Pick<Parts, "stores">, direction: -1 | 1): void {
  stores.timeline.toFiring(direction).then(
    (found) => found ?? stores.notices.getState().push("info", t(direction > 0 ? "timeline.noFiringAfter" : "timeline.noFiringBefore")),
    (error: unknown) => refuse(stores, error),
  );
}

function refuse(stores: LabStores, error: unknown): void {
  stores.notices.getState().push("error", messageOf(error));
}
