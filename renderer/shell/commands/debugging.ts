/** What the debugger's commands do; run bar, keyboard, palette and panels call the same functions. */
import type { StoreApi } from "zustand/vanilla";
import type { LabBridge } from "../../bridge/lab-bridge.ts";
import { conditionOn } from "../../stores/debug-store.ts";
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

export function toggleBreakpoint({ stores }: Parts): void {
  const condition = conditionOn(stores.selection.getState());
  if (condition) stores.debug.toggle(condition).catch((error: unknown) => refuse(stores, error));
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

export function loopRate({ appearance }: Pick<Parts, "appearance">): number {
  return appearance.getState().reducedMotion ? reducedLoopRate : mostLoopRate;
}

function refuse(stores: LabStores, error: unknown): void {
  stores.notices.getState().push("error", messageOf(error));
}
