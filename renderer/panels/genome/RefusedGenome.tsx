/** The text of a genome that was refused, to read: each problem at its place, nothing can be changed. */
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { useRefusal, useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { createGenomeEditor, type GenomeEditor } from "./editor.ts";
import { rangeOf } from "./json-places.ts";
import "./genome.css";

const mostListed = 200;

export function RefusedGenome() {
  const { lab, shell, stores } = useWorkbench();
  const refusal = useRefusal();
  const problems = useStore(stores.growth, ({ failure }) => failure?.problems ?? null);
  const element = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<GenomeEditor | null>(null);
  const [read, setRead] = useState<{ name: string; text: string } | null | undefined>(undefined);
  useEffect(() => {
    lab.genome.refused({}).then(setRead, refusal);
  }, [lab, refusal]);
  useEffect(() => {
    if (!element.current || !read) return;
    const made = createGenomeEditor(element.current, {
      validate: (text) => lab.genome.validate({ text }),
      edited() {},
      moved() {},
    });
    made.view.dispatch({ changes: { from: 0, insert: read.text } });
    setEditor(made);
    return () => {
      made.view.destroy();
      setEditor(null);
    };
  }, [lab, read]);
  return (
    <AppDialog title={t("growth.readOnly", { name: read?.name ?? "" })} isOpen isWide onClose={shell.getState().close}>
      {read === null && <EmptyState>{t("growth.noneRefused")}</EmptyState>}
      {problems && (
        <ul className="genome-problems" aria-label={t("growth.problems")}>
          {problems.slice(0, mostListed).map((problem) => (
            <li key={`${problem.path} ${problem.code}`}>
              <button
                type="button"
                className="link"
                disabled={editor === null}
                onClick={() => {
                  if (!editor) return;
                  const { from, to } = rangeOf(editor.view.state, problem);
                  editor.view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
                  editor.view.focus();
                }}
              >
                <code>{problem.path || t("growth.document")}</code>
              </button>{" "}
              {problem.message}
            </li>
          ))}
          {problems.length > mostListed && <li className="dim">{t("editing.more", { count: problems.length - mostListed })}</li>}
        </ul>
      )}
      <div ref={element} className="genome-editor refused-text" />
    </AppDialog>
  );
}
