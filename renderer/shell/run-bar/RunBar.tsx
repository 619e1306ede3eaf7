/** Title and run bar. Its numbers come from announcements (a few a second), never from frames: no render for a burst. */
import { CircleDot, FolderOpen, Moon, Pause, Play, Search, Share, StepBack, StepForward, Sun } from "lucide-react";
import { Toolbar } from "react-aria-components";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { fileOf } from "../../stores/brain-store.ts";
import { Button } from "../../ui/Button.tsx";
import { brainTitle } from "../../ui/brain-title.ts";
import logo from "../../ui/gyrus.svg";
import { t } from "../../ui/messages.ts";
import { useAttempt, useCanWrite, useShortcutOf, useWorkbench } from "../workbench.ts";
import { Figures } from "./Figures.tsx";
import { Transport } from "./Transport.tsx";
import "./run-bar.css";

export function RunBar() {
  const { lab, stores, shell, settings, appearance } = useWorkbench();
  const state = useStore(stores.brain, ({ status }) => status?.state);
  const theme = useStore(appearance, (now) => now.theme);
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const shortcutOf = useShortcutOf();
  const running = state === "running";
  const loaded = running || state === "paused";
  const open = shell.getState().open;
  return (
    <header className="run-bar">
      <div className="brand">
        <img src={logo} alt="" width={22} height={22} />
        <h1>Gyrus</h1>
        {loaded && <BrainName />}
      </div>
      <Toolbar className="run-controls" aria-label={t("run.bar")}>
        {running ? (
          <Button
            icon={Pause}
            variant="primary"
            tip={t("run.pauseTip")}
            shortcut={shortcutOf("brain.pause")}
            isDisabled={!canWrite}
            onPress={() => attempt(lab.brain.pause({}))}
          >
            {t("run.pause")}
          </Button>
        ) : (
          <Button
            icon={Play}
            variant="primary"
            tip={t("run.runTip")}
            shortcut={shortcutOf("brain.run")}
            isDisabled={!canWrite || !loaded}
            onPress={() => attempt(lab.brain.run({}))}
          >
            {t("run.run")}
          </Button>
        )}
        <Button
          icon={StepBack}
          label={t("run.stepBack")}
          tip={t("run.stepBackTip")}
          shortcut={shortcutOf("time.stepBack")}
          isDisabled={!canWrite || !loaded}
          onPress={() => attempt(lab.time.stepBack({}))}
        />
        <Button
          icon={StepForward}
          tip={t("run.stepTip")}
          shortcut={shortcutOf("brain.step")}
          isDisabled={!canWrite || state !== "paused"}
          onPress={() => attempt(lab.brain.step({}))}
        >
          {t("run.step")}
        </Button>
        <Transport canWrite={canWrite} isLoaded={loaded} isPaused={state === "paused"} />
        {loaded && <Figures />}
      </Toolbar>
      <Toolbar className="run-side" aria-label={t("run.window")}>
        <button type="button" className="palette-button" onClick={() => open("palette")}>
          <Search size={14} aria-hidden />
          <span>{t("run.search")}</span>
          <kbd>{shortcutOf("window.palette")}</kbd>
        </button>
        <Button icon={FolderOpen} label={t("run.open")} variant="quiet" shortcut={shortcutOf("window.open")} onPress={() => open("open")} />
        <Button
          icon={Share}
          label={t("run.export")}
          variant="quiet"
          shortcut={shortcutOf("window.export")}
          isDisabled={!loaded}
          onPress={() => open("export")}
        />
        <Button
          icon={theme === "dark" ? Sun : Moon}
          label={t(theme === "dark" ? "run.toLight" : "run.toDark")}
          variant="quiet"
          onPress={() => settings.setState({ theme: theme === "dark" ? "light" : "dark" })}
        />
      </Toolbar>
    </header>
  );
}

/** What is on the bench, and whether it is saved. */
function BrainName() {
  const { stores } = useWorkbench();
  const { title, path, unsaved } = useStore(
    stores.brain,
    useShallow(({ status }) => ({ title: status?.title ?? "", path: fileOf(status), unsaved: status?.unsaved ?? false })),
  );
  return (
    <span className="session-title" title={path ?? title}>
      <span className="session-name">{brainTitle({ title, genomePath: path })}</span>
      {unsaved && (
        <span className="dirty">
          <CircleDot size={10} role="img" aria-label={t("run.unsaved")} />
        </span>
      )}
    </span>
  );
}
