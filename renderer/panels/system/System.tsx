/** What the lab takes of this machine: the brain host's memory and processor, this window's, what is stored where, and what was found here. */
import { Cpu, RefreshCw } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { SystemUse } from "#contracts/commands/session.ts";
import type { LabClient } from "../../bridge/lab-bridge.ts";
import { useWhileShown } from "../../shell/use-while-shown.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { CheckList } from "../../ui/CheckList.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { formatBytes, formatCount, formatFigure, formatPercent } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/cards.css";
import "./system.css";

type Check = Awaited<ReturnType<LabClient["session"]["doctor"]>>["checks"][number];

const periodMs = 2000;

export function System() {
  const { lab, stores } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const isOpen = useStore(stores.connection, ({ phase }) => phase === "open");
  const [use, setUse] = useState<SystemUse | null>(null);
  const [checks, setChecks] = useState<readonly Check[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isShown, setShown] = useState(false);
  const watch = useCallback(() => {
    setShown(true);
    return () => setShown(false);
  }, []);
  useWhileShown(panel, watch);
  const examine = useCallback(() => {
    lab.session.doctor({}).then(
      (found) => setChecks(found.checks),
      (error: unknown) => setRefusal(messageOf(error)),
    );
  }, [lab]);
  useEffect(() => {
    if (!isShown || !isOpen) return;
    const read = () =>
      lab.session.system({}).then(
        (now) => {
          setUse(now);
          setRefusal(null);
        },
        (error: unknown) => setRefusal(messageOf(error)),
      );
    read();
    const timer = setInterval(read, periodMs);
    return () => clearInterval(timer);
  }, [lab, isShown, isOpen]);
  useEffect(() => {
    if (isShown && isOpen && checks === null) examine();
  }, [isShown, isOpen, checks, examine]);
  return (
    <div ref={panel} className="panel system">
      {refusal !== null && <Notice severity="warning">{refusal}</Notice>}
      {use === null && <EmptyState icon={Cpu}>{t("system.reading")}</EmptyState>}
      {use && (
        <div className="system-cards">
          <Host use={use} />
          <Stores use={use} />
          <section className="card system-checks" aria-label={t("system.checks")}>
            <h3>
              {t("system.checks")} <Button icon={RefreshCw} label={t("system.again")} variant="quiet" onPress={examine} />
            </h3>
            {checks === null ? (
              <p className="dim">{t("system.examining")}</p>
            ) : (
              <CheckList checks={checks} holds={t("system.found")} fails={t("system.missing")} />
            )}
          </section>
        </div>
      )}
    </div>
  );
}

function Host({ use: { uptimeSeconds, process, machine } }: { use: SystemUse }) {
  const { sceneStats } = useWorkbench();
  const draws = useStore(sceneStats, ({ available, software }) => (available ? (software ? "software" : "card") : "none"));
  // Chromium alone tells it.
  const heap = (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize;
  const facts: [string, string][] = [
    [t("system.memory"), formatBytes(process.rssBytes)],
    [t("system.heap"), `${formatBytes(process.heapBytes)} + ${formatBytes(process.externalBytes)}`],
    [t("system.cpu"), formatPercent(process.cpuShare)],
    [t("system.loop"), t("system.milliseconds", { ms: formatFigure(process.loopDelayMs) })],
    [t("system.uptime"), t("system.minutes", { minutes: formatFigure(uptimeSeconds / 60) })],
    [t("system.pid"), String(process.pid)],
    [t("system.machine"), t("system.machineHas", { cores: formatCount(machine.cores), total: formatBytes(machine.totalBytes) })],
    [t("system.available"), formatBytes(machine.availableBytes)],
    [t("system.draws"), t(`system.draws.${draws}`)],
    ...(heap === undefined ? [] : [[t("system.window"), formatBytes(heap)] as [string, string]]),
  ];
  return (
    <section className="card" aria-label={t("system.host")}>
      <h3>{t("system.host")}</h3>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="system-fact">
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Stores({ use: { stores } }: { use: SystemUse }) {
  return (
    <section className="card" aria-label={t("system.stores")}>
      <h3>{t("system.stores")}</h3>
      <table className="data-table card-table" aria-label={t("system.stores")}>
        <thead>
          <tr>
            <th scope="col">{t("system.store")}</th>
            <th scope="col">{t("system.where")}</th>
            <th scope="col">{t("system.size")}</th>
          </tr>
        </thead>
        <tbody>
          {stores.map(({ name, where, bytes }) => (
            <tr key={`${name} ${where}`}>
              <th scope="row">{name}</th>
              <td>{t(`system.where.${where}`)}</td>
              <td className="num">{formatBytes(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
