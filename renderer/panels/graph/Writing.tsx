/** Bringing the graph up to date: what it holds, how far a write is, and what the last one did. */
import { Square, Upload } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { Neo4jStatus, SyncResult } from "#contracts/commands/neo4j.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Notice, Progress } from "../../ui/feedback.tsx";
import { formatCount, formatTime } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";

export function Writing({ status: { held, sync } }: { status: Neo4jStatus }) {
  const { stores, lab } = useWorkbench();
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const [isReplacing, setReplacing] = useState(false);
  const { written, refusal, isInTheWay } = useStore(stores.graph.store);
  const brainId = useStore(stores.brain, ({ status }) => status?.brainId ?? null);
  const isOther = held !== null && held.brainId !== brainId;
  const mustReplace = isOther || isInTheWay;
  return (
    <section className="graph-section" aria-labelledby="graph-writing">
      <h3 id="graph-writing">{t("graph.writeHead")}</h3>
      {brainId === null ? <p className="dim">{t("graph.noBrain")}</p> : !sync && <Held held={held} isOther={isOther} />}
      {sync ? (
        <>
          <Progress
            label={t(`graph.phase.${sync.phase}`)}
            value={sync.total === 0 ? 0 : sync.done / sync.total}
            detail={sync.total === 0 ? "" : `${formatCount(sync.done)} / ${formatCount(sync.total)}`}
          />
          <Button icon={Square} isDisabled={!canWrite} onPress={() => attempt(lab.neo4j.cancel({}))}>
            {t("graph.cancel")}
          </Button>
        </>
      ) : (
        <Button
          icon={Upload}
          variant="primary"
          isDisabled={!canWrite || brainId === null}
          onPress={() => (mustReplace ? setReplacing(true) : void stores.graph.write(false))}
        >
          {t(mustReplace ? "graph.replace" : "graph.write")}
        </Button>
      )}
      {!sync && refusal && <Notice severity="warning">{refusal}</Notice>}
      {!sync && !isOther && written && <Written result={written} />}
      <ConfirmDialog
        title={t("graph.replaceTitle")}
        action={t("graph.replaceAction")}
        isOpen={isReplacing}
        onClose={() => setReplacing(false)}
        onConfirm={() => void stores.graph.write(true)}
      >
        <p>{held ? t("graph.replaceLoses", { title: held.title, burst: held.burst }) : t("graph.replaceForeign")}</p>
      </ConfirmDialog>
    </section>
  );
}

function Held({ held, isOther }: { held: Neo4jStatus["held"]; isOther: boolean }) {
  if (held === null) return <p className="dim">{t("graph.heldNone")}</p>;
  const { title, burst, writtenAt } = held;
  if (isOther) return <Notice severity="warning">{t("graph.heldOther", { title, burst })}</Notice>;
  if (!held.isComplete) return <Notice severity="warning">{t("graph.heldHalf", { title })}</Notice>;
  return <p className="dim">{t("graph.held", { title, burst, time: formatTime(writtenAt) })}</p>;
}

function Written({ result: { burst, ms, writes, parts, sampled } }: { result: SyncResult }) {
  const isNothing = Object.values(writes).every((count) => count === 0);
  const change = (made: number, removed: number) => `+${formatCount(made)} −${formatCount(removed)}`;
  return (
    <div className="graph-written" aria-live="polite">
      <p>{isNothing ? t("graph.writtenNothing", { burst }) : t("graph.written", { burst, seconds: Math.round(ms / 100) / 10 })}</p>
      <dl className="facts">
        <dt>{t("graph.writtenNodes")}</dt>
        <dd>{change(writes.nodesCreated, writes.nodesDeleted)}</dd>
        <dt>{t("graph.writtenRelationships")}</dt>
        <dd>{change(writes.relationshipsCreated, writes.relationshipsDeleted)}</dd>
        <dt>{t("graph.writtenProperties")}</dt>
        <dd>{formatCount(writes.propertiesSet)}</dd>
        <dt>{t("graph.writtenParts")}</dt>
        <dd>{t("graph.writtenPartsOf", parts)}</dd>
      </dl>
      <Notice severity="ok">{t("graph.checked", { sampled })}</Notice>
    </div>
  );
}
