/** The head of a window that is made of one view: which brain, where it stands, run and step, and the way back. */
import { Pause, Play, StepForward, Undo2 } from "lucide-react";
import { Toolbar } from "react-aria-components";
import { useStore } from "zustand";
import { Button } from "../ui/Button.tsx";
import { brainTitle } from "../ui/brain-title.ts";
import { formatCount } from "../ui/format.ts";
import { t } from "../ui/messages.ts";
import { useAttempt, useCanWrite, useShortcutOf, useWorkbench } from "./workbench.ts";
import "./pop-out-bar.css";

export function PopOutBar() {
  const { stores, lab, windows } = useWorkbench();
  const status = useStore(stores.brain, (brain) => brain.status);
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const shortcutOf = useShortcutOf();
  const { view } = windows.role;
  const isRunning = status?.state === "running";
  const hasBrain = isRunning || status?.state === "paused";
  return (
    <header className="pop-out-bar">
      <h1>{view === null ? "Gyrus" : t(`panel.${view}`)}</h1>
      {hasBrain && <span className="pop-out-brain">{brainTitle(status)}</span>}
      {hasBrain && <span className="pop-out-burst">{t("windows.burst", { burst: formatCount(status.burst) })}</span>}
      <Toolbar className="pop-out-controls" aria-label={t("run.bar")}>
        <Button
          icon={isRunning ? Pause : Play}
          label={t(isRunning ? "run.pause" : "run.run")}
          shortcut={shortcutOf(isRunning ? "brain.pause" : "brain.run")}
          variant="quiet"
          isDisabled={!canWrite || !hasBrain}
          onPress={() => attempt(isRunning ? lab.brain.pause({}) : lab.brain.run({}))}
        />
        <Button
          icon={StepForward}
          label={t("run.step")}
          shortcut={shortcutOf("brain.step")}
          variant="quiet"
          isDisabled={!canWrite || status?.state !== "paused"}
          onPress={() => attempt(lab.brain.step({}))}
        />
        <Button icon={Undo2} tip={t("windows.giveBackTip")} variant="quiet" onPress={windows.giveBack}>
          {t("windows.giveBack")}
        </Button>
      </Toolbar>
    </header>
  );
}
