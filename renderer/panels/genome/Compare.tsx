/** What the loaded genome differs in from another one, difference by difference; each can be taken over, with what it needs. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { GenomeDiff, Hunk } from "#contracts/genome-edit.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Badge, EmptyState, Notice } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { PlanNotice, usePlannedEdit } from "../editing/PlannedEdit.tsx";
import { ChooseFile, type Other } from "./OtherGenome.tsx";

const mostChanges = 8;
const mostHunks = 200;

export function Compare() {
  const { lab } = useWorkbench();
  const canWrite = useCanWrite();
  const [other, setOther] = useState<Other>({ source: "opened", name: "" });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [diff, refusal] = useDiff(other);
  const [applyRefusal, setApplyRefusal] = useState<string | null>(null);
  const planned = usePlannedEdit();
  const isOpened = other.source === "opened";
  const take = (hunks: string[]) => {
    setApplyRefusal(null);
    const from = other.source;
    planned
      .propose(
        () => lab.genome.applyHunks({ from, hunks, dryRun: true }),
        () => lab.genome.applyHunks({ from, hunks }),
      )
      .then(() => setChosen(new Set()))
      .catch((error: unknown) => setApplyRefusal(messageOf(error)));
  };
  const hunks = diff?.hunks ?? [];
  const usable = [...chosen].filter((id) => hunks.some((hunk) => hunk.id === id));
  return (
    <div>
      <div className="panel-toolbar">
        <Button pressed={isOpened} onPress={() => setOther({ source: "opened", name: "" })}>
          {t("genome.asOpened")}
        </Button>
        <ChooseFile onChoose={setOther} />
        <span className="genome-gap" />
        {usable.length > 0 && (
          <Button variant="primary" isDisabled={!canWrite} onPress={() => take(usable)}>
            {t(isOpened ? "genome.takeBackChosen" : "genome.takeChosen", { count: usable.length })}
          </Button>
        )}
      </div>
      <p className="genome-about dim">{isOpened ? t("genome.comparedOpened") : t("genome.comparedFile", { name: other.name })}</p>
      <div className="genome-notices">
        <PlanNotice edit={planned} />
        {(refusal ?? applyRefusal) && (
          <Notice severity="error" live>
            {refusal ?? applyRefusal}
          </Notice>
        )}
      </div>
      {diff && hunks.length === 0 && <EmptyState>{t(isOpened ? "genome.sameAsOpened" : "genome.same")}</EmptyState>}
      <ul aria-label={t("genome.differences")}>
        {hunks.slice(0, mostHunks).map((hunk) => (
          <Difference
            key={hunk.id}
            hunk={hunk}
            action={t(isOpened ? "genome.takeBack" : "genome.take")}
            isDisabled={!canWrite || hunk.edits.length === 0}
            isChosen={chosen.has(hunk.id)}
            onChoose={(isChosen) => setChosen(new Set(isChosen ? [...chosen, hunk.id] : [...chosen].filter((id) => id !== hunk.id)))}
            onTake={() => take([hunk.id])}
          />
        ))}
      </ul>
      {hunks.length > mostHunks && <p className="dim section">{t("editing.more", { count: hunks.length - mostHunks })}</p>}
    </div>
  );
}

function Difference({
  hunk,
  action,
  isDisabled,
  isChosen,
  onChoose,
  onTake,
}: {
  hunk: Hunk;
  action: string;
  isDisabled: boolean;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  onTake: () => void;
}) {
  const { stores } = useWorkbench();
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const area = hunk.id.startsWith("area:") ? areaById.get(hunk.id.slice(5)) : undefined;
  return (
    <li className="hunk">
      <div className="hunk-head">
        <label className="rule-use">
          <input
            type="checkbox"
            checked={isChosen}
            disabled={isDisabled}
            onChange={(event) => onChoose(event.target.checked)}
            aria-label={t("genome.choose", { title: hunk.title })}
          />
        </label>
        <strong>
          {area ? (
            <button type="button" className="link" onClick={() => stores.selection.getState().selectArea(area.id)}>
              {hunk.title}
            </button>
          ) : (
            hunk.title
          )}
        </strong>
        <Badge>{t(`genome.hunk.${hunk.kind}`)}</Badge>
        <Button isDisabled={isDisabled} onPress={onTake}>
          {action}
        </Button>
      </div>
      <ul className="hunk-changes">
        {hunk.changes.slice(0, mostChanges).map(({ what, from, to, shownOnly }) => (
          <li key={what}>
            <code>{what}</code> <del>{shownValue(from)}</del> <ins>{shownValue(to)}</ins>
            {shownOnly && <span className="dim"> {t("genome.shownOnly")}</span>}
          </li>
        ))}
        {hunk.changes.length > mostChanges && <li className="dim">{t("editing.more", { count: hunk.changes.length - mostChanges })}</li>}
      </ul>
    </li>
  );
}

function shownValue(value: unknown): string {
  if (value === null || value === undefined) return t("genome.nothing");
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** From the loaded genome to the other; worked out again after every change of either. */
function useDiff({ source }: Other): [GenomeDiff | null, string | null] {
  const { lab, stores } = useWorkbench();
  const mappings = useStore(stores.brain, (state) => state.mappings);
  const [state, setState] = useState<{ of: Other["source"] | null; diff: GenomeDiff | null; refusal: string | null }>({
    ...{ of: null, diff: null, refusal: null },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: mappings are another list after every change
  useEffect(() => {
    let current = true;
    lab.genome.diff({ from: "living", to: source }).then(
      (diff) => current && setState({ of: source, diff, refusal: null }),
      (error: unknown) => current && setState({ of: source, diff: null, refusal: messageOf(error) }),
    );
    return () => {
      current = false;
    };
  }, [lab, source, mappings]);
  return state.of === source ? [state.diff, state.refusal] : [null, null];
}
