/** One rule: its definition as a draft, the toy pair it wires, who uses it, and what applying the draft would do to them. */
import { CopyPlus, Pencil, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Morphology } from "#contracts/connectome.ts";
import type { EditSummary } from "#contracts/edit.ts";
import { useAttempt, useCanWrite, useRefusal, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Badge, Notice } from "../../ui/feedback.tsx";
import { CommitTextField } from "../../ui/fields.tsx";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { scaleText } from "../editing/scale.ts";
import type { MorphologySummary } from "../editing/use-morphologies.ts";
import { CompositeEditor } from "./CompositeEditor.tsx";
import { freshName } from "./fresh-name.ts";
import { PatternsEditor } from "./PatternsEditor.tsx";
import { ToyPair } from "./ToyPair.tsx";
import { VectorsEditor } from "./VectorsEditor.tsx";

const restMs = 350;
const mostUsers = 24;

export function RuleEditor({ rule, morphologies }: { rule: MorphologySummary; morphologies: readonly MorphologySummary[] }) {
  const { lab, stores } = useWorkbench();
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const living = useLiving(rule);
  const [draft, setDraft] = useState<Morphology | null>(null);
  const [isRenaming, setRenaming] = useState(false);
  // What was applied or changed elsewhere is the definition now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text of the living definition decides
  useEffect(() => setDraft(null), [JSON.stringify(living)]);
  if (!living) return null;
  const shown = draft ?? living;
  const isChanged = draft !== null && JSON.stringify(draft) !== JSON.stringify(living);
  const isLocked = rule.class === "core" || living.type === "functions";
  const isDisabled = !canWrite || isLocked;
  const choose = (id: string | null) => stores.editing.getState().choose({ rule: id });
  const duplicate = () => {
    const id = freshName(`${rule.id}_copy`, morphologies);
    attempt(lab.connectome.createMorphology({ morphology: { ...shown, id, class: "custom" } }).then(() => choose(id)));
  };
  const rename = async (id: string) => {
    await lab.connectome.apply({
      edits: [
        { kind: "setMorphology", morphology: { ...living, id } },
        { kind: "removeMorphology", id: rule.id },
      ],
      group: t("rules.renameStep", { from: rule.id, to: id }),
    });
    choose(id);
  };
  return (
    <>
      <section className="section">
        <div className="view-head">
          <h2 className="view-title">{rule.id}</h2>
          <div className="view-actions">
            <Button
              icon={CopyPlus}
              variant="quiet"
              label={t("rules.duplicate")}
              isDisabled={!canWrite || living.type === "functions"}
              onPress={duplicate}
            />
            <Button
              icon={Pencil}
              variant="quiet"
              label={t("rules.rename")}
              isDisabled={!canWrite || isLocked}
              pressed={isRenaming}
              onPress={() => setRenaming(!isRenaming)}
            />
            <Button
              icon={Trash2}
              variant="quiet"
              label={t("rules.remove")}
              isDisabled={!canWrite || rule.class === "core"}
              onPress={() => attempt(lab.connectome.removeMorphology({ id: rule.id }).then(() => choose(null)))}
            />
          </div>
        </div>
        <p className="dim view-sub">
          {t(`rules.type.${rule.type}`)} <Badge>{t(rule.class === "core" ? "rules.core" : "rules.custom")}</Badge>
        </p>
        {isRenaming && <CommitTextField label={t("inspector.name")} value={rule.id} onCommit={rename} />}
        {rule.class === "core" && living.type !== "functions" && <p className="dim">{t("rules.coreNote")}</p>}
        {living.type === "functions" && <p className="dim">{t("rules.functionNote")}</p>}
      </section>
      {shown.type !== "functions" && (
        <section className="section" aria-label={t("rules.definition")}>
          <h3>{t("rules.definition")}</h3>
          {shown.type === "vectors" && <VectorsEditor morphology={shown} isDisabled={isDisabled} onChange={setDraft} />}
          {shown.type === "patterns" && <PatternsEditor morphology={shown} isDisabled={isDisabled} onChange={setDraft} />}
          {shown.type === "composite" && (
            <CompositeEditor morphology={shown} morphologies={morphologies} isDisabled={isDisabled} onChange={setDraft} />
          )}
          {isChanged && <Apply rule={rule} draft={shown} onDiscard={() => setDraft(null)} />}
        </section>
      )}
      <ToyPair morphology={shown} />
      <UsedBy rule={rule} />
    </>
  );
}

function Apply({ rule, draft, onDiscard }: { rule: MorphologySummary; draft: Morphology; onDiscard: () => void }) {
  const { lab } = useWorkbench();
  const canWrite = useCanWrite();
  const [plan, setPlan] = useState<{ of: string; summary: EditSummary | null; refusal: string | null }>({
    of: "",
    summary: null,
    refusal: null,
  });
  const text = JSON.stringify(draft);
  useEffect(() => {
    const timer = setTimeout(() => {
      lab.connectome.updateMorphology({ morphology: JSON.parse(text), dryRun: true }).then(
        ({ summary }) => setPlan({ of: text, summary, refusal: null }),
        (error: unknown) => setPlan({ of: text, summary: null, refusal: messageOf(error) }),
      );
    }, restMs);
    return () => clearTimeout(timer);
  }, [lab, text]);
  const now = plan.of === text ? plan : { summary: null, refusal: null };
  const apply = () =>
    lab.connectome
      .updateMorphology({ morphology: JSON.parse(text) })
      .catch((error: unknown) => setPlan({ of: text, summary: null, refusal: messageOf(error) }));
  return (
    <div className="rules-apply">
      {now.refusal !== null ? (
        <Notice severity="error" title={t("mapping.refused")} live>
          {now.refusal}
        </Notice>
      ) : (
        <Notice severity={(now.summary?.synapsesRemoved ?? 0) > 0 ? "warning" : "info"} title={t("mapping.dryRun")}>
          <p aria-live="polite">
            {now.summary ? (rule.users.length === 0 ? t("rules.noEffect") : scaleText(now.summary)) : t("editing.planning")}
          </p>
        </Notice>
      )}
      <div className="plan-actions">
        <Button variant="primary" isDisabled={!canWrite || now.refusal !== null} onPress={apply}>
          {t("editing.apply")}
        </Button>
        <Button onPress={onDiscard}>{t("mapping.discard")}</Button>
      </div>
    </div>
  );
}

function UsedBy({ rule: { users } }: { rule: MorphologySummary }) {
  const { stores, shell } = useWorkbench();
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const nameOf = (id: string) => {
    const area = areaById.get(id);
    return area ? (
      <>
        <KindGlyph kind={area.kind} /> {area.name}
      </>
    ) : (
      id
    );
  };
  return (
    <section className="section" aria-label={t("rules.users")}>
      <h3>{t("rules.users")}</h3>
      {users.length === 0 && <p className="dim">{t("rules.noUsers")}</p>}
      <ul className="chips">
        {users.slice(0, mostUsers).map(({ src, dst }) => (
          <li key={`${src}>${dst}`}>
            <button
              type="button"
              className="chip"
              onClick={() => {
                stores.editing.getState().choose({ mapping: { src, dst } });
                shell.getState().docks?.show("mapping");
              }}
            >
              {nameOf(src)} → {nameOf(dst)}
            </button>
          </li>
        ))}
      </ul>
      {users.length > mostUsers && <p className="dim">{t("editing.more", { count: users.length - mostUsers })}</p>}
    </section>
  );
}

/** The definition that the brain has now. */
function useLiving(rule: MorphologySummary): Morphology | null {
  const { lab } = useWorkbench();
  const refused = useRefusal();
  const [living, setLiving] = useState<Morphology | null>(null);
  useEffect(() => {
    let current = true;
    lab.connectome.getMorphology({ id: rule.id }).then(({ morphology }) => current && setLiving(morphology as Morphology), refused);
    return () => {
      current = false;
    };
  }, [lab, rule, refused]);
  return living;
}
