/**
 * Every sentence of the window, one catalogue a part of it (`messages/`). `{name}` puts a value in, numbers by the reader's locale;
 * `{name|one|other}` picks the word for a count. Another language is another object of this shape.
 */
import { formatNumber } from "./format.ts";
import { activityMessages } from "./messages/activity.ts";
import { areasMessages } from "./messages/areas.ts";
import { brainMessages } from "./messages/brain.ts";
import { debuggerMessages } from "./messages/debugger.ts";
import { editingMessages } from "./messages/editing.ts";
import { exportMessages } from "./messages/export.ts";
import { fieldMessages } from "./messages/fields.ts";
import { filesMessages } from "./messages/files.ts";
import { firstRunMessages } from "./messages/first-run.ts";
import { graphMessages } from "./messages/graph.ts";
import { heldMessages } from "./messages/held.ts";
import { helpMessages } from "./messages/help.ts";
import { learningMessages } from "./messages/learning.ts";
import { memoryMessages } from "./messages/memory.ts";
import { modulatorsMessages } from "./messages/modulators.ts";
import { plotMessages } from "./messages/plot.ts";
import { plotsMessages } from "./messages/plots.ts";
import { rolloutMessages } from "./messages/rollout.ts";
import { runBarMessages } from "./messages/run-bar.ts";
import { sceneMessages } from "./messages/scene.ts";
import { schedulesMessages } from "./messages/schedules.ts";
import { systemMessages } from "./messages/system.ts";
import { timelinesMessages } from "./messages/timelines.ts";
import { windowMessages } from "./messages/window.ts";
import { windowsMessages } from "./messages/windows.ts";
import { workMessages } from "./messages/work.ts";

const english = {
  ...activityMessages,
  ...areasMessages,
  ...brainMessages,
  ...debuggerMessages,
  ...editingMessages,
  ...exportMessages,
  ...graphMessages,
  ...learningMessages,
  ...filesMessages,
  ...firstRunMessages,
  ...heldMessages,
  ...helpMessages,
  ...memoryMessages,
  ...fieldMessages,
  ...modulatorsMessages,
  ...plotMessages,
  ...plotsMessages,
  ...rolloutMessages,
  ...runBarMessages,
  ...systemMessages,
  ...timelinesMessages,
  ...sceneMessages,
  ...schedulesMessages,
  ...windowMessages,
  ...windowsMessages,
  ...workMessages,
} as const;

export type MessageId = keyof typeof english;

const plurals = new Intl.PluralRules("en");

/** English, and two made from it for tests: longer sentences in other letters, and the same from right to left. */
export const locales = ["en", "pseudo", "pseudo-rtl"] as const;
type Locale = (typeof locales)[number];
let locale: Locale = "en";

/** Before the first sentence is asked for: what `?locale=` names, else English. */
export function chooseLocale(window: Pick<Window, "location" | "document">): void {
  const asked = new URLSearchParams(window.location.search).get("locale");
  locale = locales.find((known) => known === asked) ?? "en";
  window.document.documentElement.dir = locale === "pseudo-rtl" ? "rtl" : "ltr";
}

export function t(id: MessageId, values: Record<string, string | number> = {}): string {
  const sentence: string = locale === "en" ? english[id] : stretched(english[id]);
  return sentence.replace(/\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g, (_, name: string, singular?: string, plural?: string) => {
    const value = values[name] ?? "";
    if (singular !== undefined) return (plurals.select(Number(value)) === "one" ? singular : plural) ?? "";
    return typeof value === "number" ? formatNumber(value) : value;
  });
}

const letters: Readonly<Record<string, string>> = {
  a: "á",
  c: "ç",
  e: "é",
  i: "í",
  n: "ñ",
  o: "ö",
  s: "š",
  u: "û",
  A: "Å",
  E: "É",
  I: "Î",
  O: "Ø",
  S: "Š",
};

/** In brackets, so that a sentence that is cut is seen; two fifths longer, as German may be; values and word choices as they are. */
function stretched(sentence: string): string {
  const accented = sentence.replace(/\{[^}]*\}|[a-zA-Z]/g, (part) => letters[part] ?? part);
  // Broken into words, as longer sentences are.
  const more = "~".repeat(Math.ceil(sentence.length * 0.4)).replace(/~{6}(?=~)/g, "$& ");
  return `[${accented}${more}]`;
}
