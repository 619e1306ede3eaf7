/** Badges of the run bar, each of which leads to the view that says more: live or behind, which engine serves, how much is recorded. */
import { Circle, CircleDot, Radio, RadioOff } from "lucide-react";
import { memo } from "react";
import { useStore } from "zustand";
import { formatBytes } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { goLive } from "../commands/debugging.ts";
import { useBehind } from "../use-behind.ts";
import { useWorkbench } from "../workbench.ts";

/** LIVE, or how many bursts behind; pressing it goes to the newest. */
export const LiveBadge = memo(() => {
  const { stores } = useWorkbench();
  const behind = useBehind();
  const isAway = useStore(stores.connection, ({ phase }) => phase !== "open");
  if (isAway) {
    return (
      <span className="badge" data-tone="warning">
        <RadioOff size={11} aria-hidden />
        {t("run.notLive")}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="engine-button"
      title={t(behind === 0 ? "run.liveTip" : "run.behindTip")}
      onClick={() => goLive(stores)}
    >
      <span className="badge num" data-tone={behind === 0 ? undefined : "warning"}>
        <Radio size={11} aria-hidden />
        {behind === 0 ? t("run.live") : t("run.behind", { count: behind })}
      </span>
    </button>
  );
});

/** How much is recorded; it leads to the timeline. */
export const RecorderBadge = memo(() => {
  const { stores, shell } = useWorkbench();
  const size = useStore(stores.timeline.store, ({ recording }) => (recording ? recording.ramBytes + recording.diskBytes : 0));
  const bursts = useStore(stores.timeline.store, ({ recording }) => (recording ? recording.last - recording.first + 1 : 0));
  if (bursts <= 0) return null;
  return (
    <button
      type="button"
      className="engine-button"
      title={t("run.recTip", { bursts })}
      onClick={() => shell.getState().docks?.show("timeline")}
    >
      <span className="badge num">
        <CircleDot size={10} aria-hidden />
        {t("run.rec", { size: formatBytes(size) })}
      </span>
    </button>
  );
});

/** `TS`, `NATIVE 10 %` or `NATIVE 100 %`; a dot tells which of the two serves this window of bursts. */
export const EngineBadge = memo(() => {
  const { stores, shell } = useWorkbench();
  const serving = useStore(stores.brain, ({ status }) => status?.engine);
  const percent = useStore(stores.rollout, ({ status }) =>
    status && status.forcedBy === null && status.autoDisabled === null && status.native.available ? status.percent : 0,
  );
  const now = t(serving === "native" ? "run.servedByNative" : "run.servedByReference");
  return (
    <button type="button" className="engine-button" onClick={() => shell.getState().docks?.show("rollout")} title={t("run.engineTip")}>
      <span className="badge" data-tone={percent > 0 ? "accent" : undefined}>
        {serving === "native" ? <CircleDot size={10} aria-hidden /> : <Circle size={10} aria-hidden />}
        {percent > 0 ? t("run.native", { percent }) : t("run.ts")}
        <span className="visually-hidden">, {now}</span>
      </span>
    </button>
  );
});
