/** The text of the genome, in step with the brain: an edit elsewhere shows here at once, a text edited here becomes one edit. */
import { Check, RotateCcw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { OutputOf } from "#contracts/command.ts";
import type { GenomeCommands } from "#contracts/commands/genome.ts";
import { LabError } from "#contracts/errors.ts";
import type { GenomeProblem } from "#contracts/genome.ts";
import { useCanWrite, useRefusal, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { PlanNotice, usePlannedEdit } from "../editing/PlannedEdit.tsx";
import type { GenomeEditor } from "./editor.ts";
import { createGenomeEditor } from "./editor.ts";
import { areaAt, changeBetween, placeOfArea, rangeOf } from "./json-places.ts";

const mostListed = 20;

type Living = OutputOf<GenomeCommands["text"]>;

export function Source() {
  const { lab, stores } = useWorkbench();
  const canWrite = useCanWrite();
  const living = useLivingText();
  const selected = useStore(stores.selection, (state) => state.area);
  const element = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<GenomeEditor | null>(null);
  const [text, setText] = useState("");
  const [refused, setRefused] = useState<{ message: string; problems: GenomeProblem[] } | null>(null);
  /** The living text that the editor began from. */
  const [base, setBase] = useState<string | null>(null);
  const planned = usePlannedEdit();
  const known = useRef<Living | null>(null);
  known.current = living;
  const isChanged = base !== null && text !== base;
  const isStale = isChanged && living !== null && living.text !== base;

  useEffect(() => {
    if (!element.current) return;
    const made = createGenomeEditor(element.current, {
      validate: (checked) => lab.genome.validate({ text: checked }),
      edited: (next) => {
        setText(next);
        setRefused(null);
      },
      moved: (position) => {
        const documentId = areaAt(made.view.state, position);
        const area = known.current?.areas.find((one) => one.documentId === documentId);
        if (area && stores.selection.getState().area !== area.id) stores.selection.getState().selectArea(area.id);
      },
    });
    setEditor(made);
    return () => made.view.destroy();
  }, [lab, stores]);
  useEffect(() => editor?.setEditable(canWrite), [editor, canWrite]);
  // The text follows the brain while nothing is edited here.
  useEffect(() => {
    if (!editor || !living || isChanged) return;
    const before = editor.view.state.doc.toString();
    if (before !== living.text) editor.view.dispatch({ changes: changeBetween(before, living.text) });
    setBase(living.text);
  }, [editor, living, isChanged]);
  useEffect(() => {
    const documentId = known.current?.areas.find(({ id }) => id === selected)?.documentId;
    // A caret that is in the area already stays where it is.
    if (!editor || documentId === undefined || areaAt(editor.view.state, editor.view.state.selection.main.head) === documentId) return;
    const at = placeOfArea(editor.view.state, documentId);
    if (at !== null) goTo(editor, at);
  }, [editor, selected]);

  const propose = () => {
    setRefused(null);
    planned
      .propose(
        () => lab.genome.rewrite({ text, dryRun: true }),
        async () => {
          await lab.genome.rewrite({ text });
          setBase(text);
        },
      )
      .catch((error: unknown) => {
        const problems =
          error instanceof LabError && Array.isArray(error.details.problems) ? (error.details.problems as GenomeProblem[]) : [];
        setRefused({ message: messageOf(error), problems });
      });
  };
  const discard = () => {
    if (!editor || !living) return;
    setBase(living.text);
    editor.view.dispatch({ changes: changeBetween(text, living.text) });
  };
  return (
    <div className="genome-source">
      <div className="panel-toolbar">
        <Button icon={Check} variant="primary" isDisabled={!canWrite || !isChanged} onPress={propose}>
          {t("genome.apply")}
        </Button>
        <Button icon={RotateCcw} isDisabled={!isChanged} onPress={discard}>
          {t("mapping.discard")}
        </Button>
        <span className="dim genome-state" role="status">
          {isChanged ? t("genome.changed") : t("genome.inStep")}
        </span>
      </div>
      {(isStale || refused || planned.proposal) && (
        <div className="genome-notices">
          {isStale && <Notice severity="warning">{t("genome.stale")}</Notice>}
          <PlanNotice edit={planned} />
          {refused && (
            <Notice severity="error" title={t("mapping.refused")} live>
              <p>{refused.message}</p>
              <ul className="genome-problems">
                {refused.problems.slice(0, mostListed).map((problem) => (
                  <li key={`${problem.path} ${problem.code}`}>
                    <button type="button" className="link" onClick={() => editor && goTo(editor, rangeOf(editor.view.state, problem).from)}>
                      <code>{problem.path || problem.code}</code>
                    </button>{" "}
                    {problem.message}
                  </li>
                ))}
              </ul>
              {refused.problems.length > mostListed && <p>{t("editing.more", { count: refused.problems.length - mostListed })}</p>}
            </Notice>
          )}
        </div>
      )}
      <div ref={element} className="genome-editor" />
    </div>
  );
}

function goTo({ view }: GenomeEditor, position: number) {
  view.dispatch({ selection: { anchor: position }, scrollIntoView: true });
}

/** Read again after every change of the brain. */
function useLivingText(): Living | null {
  const { lab, stores } = useWorkbench();
  const refused = useRefusal();
  const mappings = useStore(stores.brain, (state) => state.mappings);
  const [living, setLiving] = useState<Living | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: mappings are another list after every change
  useEffect(() => {
    let current = true;
    lab.genome.text({}).then((read) => current && setLiving(read), refused);
    return () => {
      current = false;
    };
  }, [lab, refused, mappings]);
  return living;
}
