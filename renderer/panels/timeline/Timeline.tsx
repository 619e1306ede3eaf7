/** The recording from its first to its newest burst: firings, marks, where the brain stands, and the way to any of them. */
import {
  Bookmark,
  ChevronLeft,
  ChevronRight,
  Clock,
  FileDown,
  Radio,
  RadioOff,
  Repeat,
  ShieldCheck,
  SkipBack,
  SkipForward,
} from "lucide-react";
import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { CommandMenu } from "../../shell/CommandMenu.tsx";
import { goLive, goToFiring, playback, togglePlay } from "../../shell/commands/debugging.ts";
import { useBehind } from "../../shell/use-behind.ts";
import { useCanWrite, useShortcutOf, useWorkbench } from "../../shell/workbench.ts";
import { hitsOn } from "../../stores/debug-store.ts";
import { followModes, type PlaySpeed, playSpeeds, type TimelineState } from "../../stores/timeline-store.ts";
import { Button } from "../../ui/Button.tsx";
import { Badge, EmptyState, Notice } from "../../ui/feedback.tsx";
import { Select } from "../../ui/fields.tsx";
import { formatBytes, formatCount, formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { Lanes } from "./Lanes.tsx";
import { type Mark, marksOf } from "./marks.ts";
import { MarkGlyph, Strip } from "./Strip.tsx";
import "./timeline.css";

export function Timeline() {
  const { stores } = useWorkbench();
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  const state = useStore(stores.timeline.store);
  const hits = useStore(stores.debug.store, (debug) => debug.hits);
  const shown = useStore(stores.brain, ({ status }) => status?.brainId ?? null);
  useEffect(() => stores.timeline.watch(), [stores]);
  const { activity, recording, markers } = state;
  const marks = useMemo(
    () => (activity ? marksOf(activity, markers, hitsOn(hits, shown), activity.changes) : []),
    [activity, markers, hits, shown],
  );
  if (!hasBrain) return <EmptyState icon={Clock}>{t("timeline.noBrain")}</EmptyState>;
  if (!recording || !activity || recording.last < recording.first) return <EmptyState icon={Clock}>{t("timeline.none")}</EmptyState>;
  const { verified } = state;
  const divergence = verified !== null && verified !== "running" ? verified.divergence : null;
  return (
    <div className="timeline">
      <Tools state={state} />
      {divergence && (
        <Notice severity="error" title={t("timeline.diverged", { burst: divergence.burst })} live>
          {t("timeline.divergedDetail", { what: divergence.what })}
        </Notice>
      )}
      <Strip state={state} activity={activity} marks={marks} divergedAt={divergence?.burst ?? null} />
      <Lanes activity={activity} />
      <Foot state={state} marks={marks} />
    </div>
  );
}

/** What the row has no room for, always or where it is short. */
const rare = () => [
  {
    title: t("timeline.moreShown"),
    ids: ["timeline.closer", "timeline.farther", "timeline.pinLanes", ...followModes.map((mode) => `timeline.follow.${mode}`)],
  },
  {
    title: t("timeline.moreWay"),
    ids: ["timeline.start", "timeline.back10", "timeline.on10", "timeline.firingBefore", "timeline.firingAfter", "timeline.live"],
  },
  { title: t("timeline.moreRecording"), ids: ["timeline.verify"] },
];

/** The bursts of the loop where one is marked, else all, as a file of their own. */
function Keep({ loop: { from, to } }: Pick<TimelineState, "loop">) {
  const { commands } = useWorkbench();
  const canWrite = useCanWrite();
  const recording = useStore(useWorkbench().stores.timeline.store, (state) => state.recording);
  const first = Math.max(1, from ?? recording?.first ?? 1);
  const last = to ?? recording?.last ?? first;
  return (
    <Button
      icon={FileDown}
      label={t("timeline.keep")}
      tip={t(from === null && to === null ? "timeline.keepAll" : "timeline.keepTip", { first, last })}
      isDisabled={!canWrite}
      onPress={() => commands.find(({ id }) => id === "time.keep")?.run()}
    />
  );
}

/** Of playback, with what it comes to. */
function Speed({ speed }: { speed: PlaySpeed }) {
  const { stores, appearance } = useWorkbench();
  const targetHz = useStore(stores.brain, ({ status }) => status?.targetHz);
  // Speed, rate and reduced motion decide; all of them render this.
  const { perSecond, step } = playback({ appearance, stores });
  const pace = t("timeline.perSecond", { rate: formatFigure(perSecond * step) });
  return (
    <span className="timeline-speed" data-rate={targetHz} title={pace}>
      <Select
        label={t("timeline.speed")}
        hideLabel
        value={String(speed)}
        onChange={(next) => stores.timeline.setSpeed(Number(next) as PlaySpeed)}
        choices={playSpeeds.map((one) => ({ id: String(one), label: t("timeline.times", { speed: one }) }))}
      />
      <span className="dim num">{pace}</span>
    </span>
  );
}

function Tools({ state: { loop, isLooping, follow, speed } }: { state: TimelineState }) {
  const { stores, appearance } = useWorkbench();
  const shortcutOf = useShortcutOf();
  const canWrite = useCanWrite();
  const { timeline } = stores;
  const standing = useStore(stores.brain, ({ status }) => status?.burst ?? 0);
  const cursor = useStore(stores.selection, (selection) => selection.cursor);
  const shown = cursor ?? standing;
  return (
    <div className="timeline-tools" role="toolbar" aria-label={t("timeline.tools")}>
      <LiveState />
      <Button
        icon={ChevronLeft}
        label={t("timeline.back")}
        shortcut={shortcutOf("timeline.back")}
        isDisabled={!canWrite}
        onPress={() => timeline.move(-1)}
      />
      <GoTo burst={standing} />
      <Button
        icon={ChevronRight}
        label={t("timeline.on")}
        shortcut={shortcutOf("timeline.on")}
        isDisabled={!canWrite}
        onPress={() => timeline.move(1)}
      />
      <span className="timeline-firings">
        <Button icon={SkipBack} label={t("command.firingBefore")} isDisabled={!canWrite} onPress={() => goToFiring({ stores }, -1)} />
        <Button icon={SkipForward} label={t("command.firingAfter")} isDisabled={!canWrite} onPress={() => goToFiring({ stores }, 1)} />
      </span>
      <span className="tools-gap" />
      <Button icon={Bookmark} label={t("timeline.marker")} shortcut="M" onPress={() => timeline.toggleMarker(shown)} />
      <Button label={t("timeline.loopIn")} pressed={loop.from !== null} shortcut="[" onPress={() => timeline.setLoop("from", shown)}>
        [
      </Button>
      <Button label={t("timeline.loopOut")} pressed={loop.to !== null} shortcut="]" onPress={() => timeline.setLoop("to", shown)}>
        ]
      </Button>
      <Button
        icon={Repeat}
        label={t(isLooping ? "timeline.stopLoop" : "timeline.loop")}
        shortcut="L"
        pressed={isLooping}
        isDisabled={!canWrite}
        onPress={() => togglePlay({ appearance, stores })}
      />
      <Keep loop={loop} />
      <Speed speed={speed} />
      <span className="timeline-follow">
        <Select
          label={t("timeline.follow")}
          hideLabel
          value={follow}
          onChange={timeline.setFollow}
          choices={followModes.map((id) => ({ id, label: t(`timeline.follow.${id}`) }))}
        />
      </span>
      <CommandMenu label={t("timeline.more")} sections={rare()} />
    </div>
  );
}

/** Live, or how far behind and the way back; the run bar has the same. */
function LiveState() {
  const { stores } = useWorkbench();
  const behind = useBehind();
  const isAway = useStore(stores.connection, ({ phase }) => phase !== "open");
  if (isAway) {
    return (
      <Badge tone="warning">
        <RadioOff size={12} aria-hidden /> {t("run.notLive")}
      </Badge>
    );
  }
  if (behind === 0) {
    return (
      <Badge tone="ok">
        <Radio size={12} aria-hidden /> {t("timeline.live")}
      </Badge>
    );
  }
  return (
    <>
      <Badge tone="warning">
        <span className="num">{t("timeline.behind", { count: behind })}</span>
      </Badge>
      <Button icon={Radio} label={t("timeline.toLive")} shortcut="End" onPress={() => goLive(stores)} />
    </>
  );
}

function GoTo({ burst }: { burst: number }) {
  const { stores } = useWorkbench();
  const canWrite = useCanWrite();
  return (
    <NumberField
      label={t("timeline.goTo")}
      value={burst}
      minValue={0}
      integer
      isDisabled={!canWrite}
      onCommit={(wanted) => stores.timeline.seek(wanted)}
    />
  );
}

/** Marks shown as buttons; older ones of this stretch are on the strip. */
const mostChips = 24;

function Foot({ state: { recording, activity, verified }, marks }: { state: TimelineState; marks: readonly Mark[] }) {
  const { stores } = useWorkbench();
  if (!recording || !activity) return null;
  const { first, last, memoryFirst, ramBytes, diskBytes, keyframes } = recording;
  const bursts = activity.to - activity.from + 1;
  return (
    <div className="timeline-foot">
      <ul className="timeline-marks" aria-label={t("timeline.marks")}>
        {marks.slice(-mostChips).map(({ kind, burst, what }) => (
          <li key={`${kind} ${burst} ${what}`}>
            <button
              type="button"
              className="chip timeline-chip num"
              title={what}
              aria-label={t("timeline.markAt", { kind: t(`timeline.mark.${kind}`), burst, what: what === "" ? "" : `, ${what}` })}
              onClick={() => stores.timeline.seek(burst)}
            >
              <MarkGlyph kind={kind} /> {formatCount(burst)}
            </button>
          </li>
        ))}
        {marks.length === 0 && <li className="dim">{t("timeline.noMarks")}</li>}
      </ul>
      <span className="dim num timeline-about">
        {verified === "running" && (
          <span className="timeline-verified" role="status">
            <ShieldCheck size={12} aria-hidden /> {t("timeline.verifying")}
          </span>
        )}
        {verified !== null && verified !== "running" && verified.divergence === null && (
          <span className="timeline-verified" role="status">
            <ShieldCheck size={12} aria-hidden /> {t("timeline.verified", { bursts: verified.bursts })}
          </span>
        )}
        {activity.read < bursts && `${t("timeline.sampled", { read: activity.read, of: bursts })} · `}
        <span title={t("timeline.detail")}>
          {t("timeline.about", { first, last, size: formatBytes(ramBytes + diskBytes), keyframes })}
          {memoryFirst > first && ` · ${t("timeline.onDisk", { first, last: memoryFirst - 1 })}`}
        </span>
      </span>
    </div>
  );
}
