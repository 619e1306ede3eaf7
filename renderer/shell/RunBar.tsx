/**
 * Title and run bar. Its numbers come from announcements (a few a second), never from frames: no render for a burst.
 */
import {
  Circle,
  CircleDot,
  FolderOpen,
  Goal,
  ListOrdered,
  Moon,
  Pause,
  Play,
  Radio,
  RadioOff,
  Rewind,
  Search,
  Share,
  StepBack,
  StepForward,
  Sun,
} from "lucide-react";
import { memo, useEffect, useRef, useState } from "react";
import { Group, Input, Label, NumberField, Toolbar } from "react-aria-components";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import { Button } from "../ui/Button.tsx";
import { brainTitle } from "../ui/brain-title.ts";
import { Badge } from "../ui/feedback.tsx";
import { formatBytes, formatCount, formatFigure } from "../ui/format.ts";
import logo from "../ui/gyrus.svg";
import { t } from "../ui/messages.ts";
import { goLive, reverseContinue, stepPhase } from "./commands/debugging.ts";
import { keptRate } from "./kept-rate.ts";
import { Sparkline } from "./Sparkline.tsx";
import { useBehind } from "./use-behind.ts";
import { useAttempt, useCanWrite, useShortcutOf, useWorkbench } from "./workbench.ts";
import { fileOf } from "./workspace-file.ts";
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

/** The rest of the debugger's transport: phase by phase, to a burst or a condition, back to a breakpoint. */
function Transport({ canWrite, isLoaded, isPaused }: { canWrite: boolean; isLoaded: boolean; isPaused: boolean }) {
  const workbench = useWorkbench();
  const shortcutOf = useShortcutOf();
  return (
    <>
      <Button
        icon={ListOrdered}
        label={t("run.stepPhase")}
        tip={t("run.stepPhaseTip")}
        shortcut={shortcutOf("debug.stepPhase")}
        isDisabled={!canWrite || !isPaused}
        onPress={() => stepPhase(workbench)}
      />
      <Button
        icon={Goal}
        label={t("run.runTo")}
        shortcut={shortcutOf("debug.runTo")}
        isDisabled={!canWrite || !isPaused}
        onPress={() => workbench.shell.getState().open("runTo")}
      />
      <Button
        icon={Rewind}
        label={t("run.reverse")}
        tip={t("run.reverseTip")}
        shortcut={shortcutOf("debug.reverseContinue")}
        isDisabled={!canWrite || !isLoaded}
        onPress={() => reverseContinue(workbench)}
      />
    </>
  );
}

/** LIVE, or how many bursts behind; pressing it goes to the newest. */
const LiveBadge = memo(() => {
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

/** The only part of the bar that is drawn anew with every status of the brain, four times a second. */
function Figures() {
  const { stores } = useWorkbench();
  const status = useStore(stores.brain, (state) => state.status);
  return status && <StatusFigures status={status} />;
}

function StatusFigures({ status }: { status: BrainStatus }) {
  const { stores, shell } = useWorkbench();
  const skipped = useStore(stores.frameStats, (stats) => stats.skipped);
  const history = useBurstTimes(status);
  const budget = 1000 / status.targetHz;
  const over = status.state === "running" && status.burstMs.p95 > budget;
  const spark = t("run.burstTimeLabel", {
    p50: formatFigure(status.burstMs.p50),
    p95: formatFigure(status.burstMs.p95),
    budget: formatFigure(budget),
  });
  return (
    <>
      <dl className="figure">
        <dt>{t("run.burst")}</dt>
        <dd>
          <button
            type="button"
            className="burst-button num"
            title={t("run.burstTip")}
            aria-label={t("run.burstGo", { burst: formatCount(status.burst) })}
            onClick={() => shell.getState().open("runTo")}
          >
            <span data-testid="burst">{formatCount(status.burst)}</span>
          </button>
        </dd>
      </dl>
      <LiveBadge />
      <RateField targetHz={status.targetHz} />
      <dl className="figure" data-over={status.overloaded || undefined}>
        <dt>{t("run.achieved")}</dt>
        <dd className="num">
          {status.state === "running" ? formatFigure(status.achievedHz) : "–"} <span className="unit">Hz</span>
        </dd>
      </dl>
      <dl className="figure wide" data-over={over || undefined}>
        <dt>{over ? t("run.overBudget") : t("run.burstTime")}</dt>
        <dd className="num">
          {status.burstMs.p50 > 0 ? `${formatFigure(status.burstMs.p50)} / ${formatFigure(status.burstMs.p95)}` : "–"}{" "}
          <span className="unit">ms</span>
        </dd>
      </dl>
      <Sparkline values={history} budget={budget} label={spark} />
      {status.overloaded && status.state === "running" && <LowerRate status={status} />}
      <EngineBadge />
      <RecorderBadge />
      {skipped > 0 && (
        <span className="run-skipped">
          <Badge tone="warning">
            <span className="num">{t("run.skipped", { count: skipped })}</span>
          </Badge>
        </span>
      )}
    </>
  );
}

/** Over budget: the rate that this brain would keep, one press away. */
function LowerRate({ status }: { status: BrainStatus }) {
  const { lab } = useWorkbench();
  const attempt = useAttempt();
  const rateHz = keptRate(status);
  if (rateHz >= status.targetHz) return null;
  return (
    <Button className="run-lower" tip={t("run.lowerTip")} onPress={() => attempt(lab.brain.setRate({ rateHz }))}>
      {t("run.lower", { rate: rateHz })}
    </Button>
  );
}

/** How much is recorded; it leads to the timeline. */
const RecorderBadge = memo(() => {
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
const EngineBadge = memo(() => {
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

const RateField = memo(({ targetHz }: { targetHz: number }) => {
  const { lab } = useWorkbench();
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  return (
    <NumberField
      className="figure rate"
      value={targetHz}
      minValue={1}
      maxValue={1000}
      isDisabled={!canWrite}
      onChange={(rateHz) => !Number.isNaN(rateHz) && rateHz !== targetHz && attempt(lab.brain.setRate({ rateHz }))}
    >
      <Label>{t("run.rate")}</Label>
      <Group className="rate-input">
        <Input className="num" />
        <span className="unit" aria-hidden>
          Hz
        </span>
      </Group>
    </NumberField>
  );
});

/** p95 of every status heard while running: at most four a second, the last 60 kept. */
function useBurstTimes(status: BrainStatus): readonly number[] {
  const [times, setTimes] = useState<readonly number[]>([]);
  const generation = useRef(status.generation);
  useEffect(() => {
    if (generation.current !== status.generation) {
      generation.current = status.generation;
      setTimes([]);
    } else if (status.state === "running") {
      setTimes((old) => [...old.slice(-59), status.burstMs.p95]);
    }
  }, [status]);
  return times;
}
