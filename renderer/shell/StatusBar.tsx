/** The bottom line: every item is a button that leads to where more is known. It stays one line: what has no room is in the tip. */
import { Bell, Cable, Cpu, DatabaseZap, HardDrive, Languages, LoaderCircle, MonitorDot, Network, Unplug } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover, Tooltip, TooltipTrigger } from "react-aria-components";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { formatCompact, formatCount, formatPercent } from "../ui/format.ts";
import { t } from "../ui/messages.ts";
import { SeverityIcon } from "../ui/SeverityIcon.tsx";
import { useWorkbench } from "./workbench.ts";
import "./status-bar.css";

/** Answers that a person waits for. */
const slowMs = 250;
/** Share of the room from which on it is worth a warning. */
const nearlyFull = 0.9;

export function StatusBar() {
  const { stores, shell } = useWorkbench();
  const connection = useStore(stores.connection);
  // Without the burst, which changes four times a second.
  const status = useStore(
    stores.brain,
    useShallow(({ status }) => {
      if (!status) return null;
      const { brainId, areas, neurons, synapses, dynamics, durable, checkpointBurst } = status;
      return { brainId, areas, neurons, synapses, dynamics, durable, checkpointBurst };
    }),
  );
  const problems = useStore(stores.problems, (state) => state.problems);
  const show = shell.getState().docks?.show;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.filter(({ severity }) => severity === "warning").length;
  const worst = errors > 0 ? "error" : warnings > 0 ? "warning" : "ok";
  const loaded = status !== null && status.brainId !== null;
  const door = t(connection.door === "port" ? "status.desktop" : "status.browser");
  return (
    <footer className="status-bar">
      <Item
        icon={connection.phase === "open" ? <Cable size={13} aria-hidden /> : <Unplug size={13} className="severity-error" aria-hidden />}
        tip={connection.phase === "open" ? t(connection.write ? "status.connectedTip" : "status.readOnlyTip", { door }) : connection.reason}
        onPress={() => shell.getState().docks?.show(connection.phase === "open" ? "system" : "log")}
      >
        <Label>{t(`status.${connection.phase}`)}</Label>
        {connection.phase === "open" && !connection.write && <More>{t("status.readOnly")}</More>}
        <Health />
      </Item>
      {loaded && (
        <>
          <Item icon={<SeverityIcon severity={worst} size={13} />} tip={t("status.problemsTip")} onPress={() => show?.("problems")}>
            <Label>{worst === "ok" ? t("status.noProblems") : t("status.problems", { errors, warnings })}</Label>
          </Item>
          <Size {...status} onPress={() => show?.("explorer")} />
        </>
      )}
      <JobsItem />
      <span className="status-gap" />
      <RendererItem />
      {loaded && (
        <Item icon={<DatabaseZap size={13} aria-hidden />} tip={t(`status.dynamics.${status.dynamics}`)} onPress={() => show?.("rollout")}>
          <Label>{status.dynamics}</Label>
        </Item>
      )}
      <NoticesItem />
      {status && (
        <Item
          icon={status.durable ? <HardDrive size={13} aria-hidden /> : <SeverityIcon severity="warning" size={13} />}
          tip={t(status.durable ? "status.durableTip" : "status.memoryTip")}
          leaves="first"
          onPress={() => show?.("log")}
        >
          <Label>{t(!status.durable ? "status.memory" : status.checkpointBurst === null ? "status.durable" : "status.saved")}</Label>
          {status.durable && status.checkpointBurst !== null && <More>{t("status.checkpoint", { burst: status.checkpointBurst })}</More>}
        </Item>
      )}
      <Language />
    </footer>
  );
}

/** How quickly the host answers, and frames this window was not sent, because it was slower than the brain. */
function Health() {
  const { stores } = useWorkbench();
  const { latency } = stores;
  useEffect(() => latency.watch(), [latency]);
  const ms = useStore(latency.store, (state) => state.ms);
  const skipped = useStore(stores.frameStats, (stats) => stats.skipped);
  return (
    <>
      {ms !== null && (
        <More>
          {t(ms > slowMs ? "status.slow" : "status.latency", { ms: ms < 1 ? t("status.under", { ms: 1 }) : formatCount(Math.round(ms)) })}
        </More>
      )}
      {skipped > 0 && <More>{t("status.drops", { count: skipped })}</More>}
    </>
  );
}

interface Sized {
  areas: number;
  neurons: number;
  synapses: number;
}

/** What the brain has, and how much of what one brain can have on this machine. */
function Size({ areas, neurons, synapses, onPress }: Sized & { onPress: () => void }) {
  const { lab } = useWorkbench();
  const [most, setMost] = useState<{ neurons: number; synapses: number } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another size leaves other room
  useEffect(() => {
    let current = true;
    // Without an answer the size alone is told.
    lab.brain.capacity({}).then(
      (capacity) => current && setMost(capacity),
      () => current && setMost(null),
    );
    return () => {
      current = false;
    };
  }, [lab, neurons, synapses]);
  const share = most ? Math.max(neurons / most.neurons, synapses / most.synapses) : null;
  return (
    <Item
      icon={share !== null && share > nearlyFull ? <SeverityIcon severity="warning" size={13} /> : <Network size={13} aria-hidden />}
      tip={
        most
          ? t("status.roomTip", {
              areas,
              ...counted({ neurons, synapses }),
              mostNeurons: formatCount(most.neurons),
              mostSynapses: formatCount(most.synapses),
            })
          : t("status.sizeTip", { areas, ...counted({ neurons, synapses }) })
      }
      leaves="next"
      onPress={onPress}
    >
      <Label>{t("status.size", { neurons: formatCompact(neurons), synapses: formatCompact(synapses) })}</Label>
      {share !== null && <More>{t("status.room", { share: formatPercent(share) })}</More>}
    </Item>
  );
}

const counted = ({ neurons, synapses }: Omit<Sized, "areas">) => ({ neurons: formatCount(neurons), synapses: formatCount(synapses) });

/** The languages there are sentences in; numbers and dates follow the computer. */
function Language() {
  return (
    <MenuTrigger>
      <Item icon={<Languages size={13} aria-hidden />} tip={t("status.languageTip", { locale: navigator.language })}>
        <Label>{t("language.en")}</Label>
      </Item>
      <Popover className="popover" placement="top end">
        <Menu className="listbox" aria-label={t("status.language")} selectionMode="single" selectedKeys={["en"]}>
          <MenuItem id="en" className="option" textValue={t("language.en")}>
            {t("language.en")}
          </MenuItem>
        </Menu>
        <p className="dim status-note">{t("status.languageTip", { locale: navigator.language })}</p>
      </Popover>
    </MenuTrigger>
  );
}

/** Work that runs now; nothing while there is none. */
function JobsItem() {
  const { stores, shell } = useWorkbench();
  const running = useStore(stores.jobs.store, ({ jobs }) => jobs.filter(({ endedAt }) => endedAt === null).length);
  if (running === 0) return null;
  return (
    <Item icon={<LoaderCircle size={13} aria-hidden />} tip={t("status.jobsTip")} onPress={() => shell.getState().docks?.show("jobs")}>
      <Label>{t("status.jobs", { count: running })}</Label>
    </Item>
  );
}

function NoticesItem() {
  const { stores, shell } = useWorkbench();
  const unread = useStore(stores.notices, ({ notices }) => notices.filter(({ isRead }) => !isRead).length);
  return (
    <Item icon={<Bell size={13} aria-hidden />} tip={t("status.noticesTip")} onPress={() => shell.getState().docks?.show("notices")}>
      <Label>{t("status.notices", { count: unread })}</Label>
    </Item>
  );
}

/** How the scene is drawn; its figures change while it is. */
function RendererItem() {
  const { sceneStats, shell } = useWorkbench();
  const stats = useStore(
    sceneStats,
    useShallow(({ software, available, points, ofPoints }) => ({ software, available, points, ofPoints })),
  );
  return (
    <Item
      icon={stats.software ? <Cpu size={13} aria-hidden /> : <MonitorDot size={13} aria-hidden />}
      tip={t(stats.software ? "status.softwareTip" : "status.gpuTip")}
      leaves="first"
      onPress={() => shell.getState().docks?.show("scene")}
    >
      <Label>{t(!stats.available ? "status.noWebgl" : stats.software ? "status.software" : "status.gpu")}</Label>
      {stats.available && stats.software && <More>{t("status.points", { shown: stats.points, of: stats.ofPoints })}</More>}
    </Item>
  );
}

interface ItemProps {
  icon: ReactNode;
  tip: string;
  /** Which items' second words leave the line before those of others. */
  leaves?: "first" | "next";
  onPress?: () => void;
  children: ReactNode;
}

function Item({ icon, tip, leaves, onPress, children }: ItemProps) {
  return (
    <TooltipTrigger delay={450}>
      <Button className="status-item" {...(leaves && { "data-leaves": leaves })} {...(onPress && { onPress })}>
        {icon}
        <span className="status-text num">{children}</span>
      </Button>
      <Tooltip className="tooltip" placement="top" offset={6}>
        {/* The button's own name, which the line may have cut. */}
        <div className="status-whole num" aria-hidden>
          {children}
        </div>
        {tip}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** What an item says first; it stays. */
const Label = ({ children }: { children: ReactNode }) => <span className="status-label">{children}</span>;

/** What an item says besides; it leaves the line where there is no room for it. */
const More = ({ children }: { children: ReactNode }) => <span className="status-more"> · {children}</span>;
