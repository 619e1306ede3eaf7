/** The text editor of the genome: JSON in the colours of the theme, with the lab's own findings at their places. */
import { json } from "@codemirror/lang-json";
import { syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, linter, lintGutter } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { basicSetup } from "codemirror";
import type { GenomeProblem, GenomeReport } from "#contracts/genome.ts";
import { t } from "../../ui/messages.ts";
import { rangeAt, rangeOf } from "./json-places.ts";

const lintRestMs = 700;

export interface GenomeEditor {
  view: EditorView;
  setEditable(isEditable: boolean): void;
}

export function createGenomeEditor(
  parent: HTMLElement,
  on: {
    /** Checks a text; what it rejects with is no finding. */
    validate(text: string): Promise<GenomeReport>;
    edited(text: string): void;
    /** The caret was put somewhere by a person. */
    moved(position: number): void;
  },
): GenomeEditor {
  const editable = new Compartment();
  const view = new EditorView({
    parent,
    extensions: [
      basicSetup,
      json(),
      syntaxHighlighting(classHighlighter),
      lintGutter(),
      linter(async ({ state }) => (state.doc.length === 0 ? [] : diagnostics(state, await on.validate(state.doc.toString()))), {
        delay: lintRestMs,
      }),
      editable.of(EditorState.readOnly.of(true)),
      EditorView.contentAttributes.of({ "aria-label": t("genome.source"), tabindex: "0" }),
      EditorView.updateListener.of(({ docChanged, selectionSet, transactions, state }) => {
        if (docChanged) on.edited(state.doc.toString());
        if (selectionSet && transactions.some((transaction) => transaction.isUserEvent("select"))) on.moved(state.selection.main.head);
      }),
    ],
  });
  return {
    view,
    setEditable: (isEditable) => view.dispatch({ effects: editable.reconfigure(EditorState.readOnly.of(!isEditable)) }),
  };
}

function diagnostics(state: EditorState, { errors, warnings }: GenomeReport): Diagnostic[] {
  return [...errors.map(diagnosticOf(state, "error")), ...warnings.map(diagnosticOf(state, "warning"))].sort((a, b) => a.from - b.from);
}

const diagnosticOf =
  (state: EditorState, severity: Diagnostic["severity"]) =>
  (problem: GenomeProblem): Diagnostic => {
    const { code, message, fix, quickFix } = problem;
    const { from, to } = rangeOf(state, problem);
    return {
      ...{ from, to, severity, source: code },
      message: fix === undefined ? message : `${message} ${fix}`,
      ...(quickFix
        ? {
            actions: [
              {
                name: quickFix.title,
                apply(view: EditorView) {
                  const place = rangeAt(view.state, quickFix.path);
                  if (place) view.dispatch({ changes: { ...place, insert: quickFix.text }, userEvent: "input.fix" });
                },
              },
            ],
          }
        : {}),
    };
  };
