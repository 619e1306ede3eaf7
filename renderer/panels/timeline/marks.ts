/** What is marked along the recording: by a person, by breakpoints, by edits. Each is a sign, a word and a burst. */
import type { Activity } from "#contracts/commands/time.ts";
import type { Hit } from "#contracts/debug.ts";

export interface Mark {
  kind: "marker" | "edit" | "stimulus" | "hit";
  burst: number;
  what: string;
}

/** Marks of one kind drawn at most; the newest. */
const most = 200;

export function marksOf(
  { from, to }: { from: number; to: number },
  markers: readonly number[],
  hits: readonly Hit[],
  changes: Activity["changes"],
): Mark[] {
  const all: Mark[] = [
    ...changes.slice(-most).map(({ kind, burst, what }) => ({ kind, burst, what })),
    ...hits.slice(-most).map(({ burst, text }) => ({ kind: "hit" as const, burst, what: text })),
    ...markers.map((burst) => ({ kind: "marker" as const, burst, what: "" })),
  ];
  const seen = new Set<string>();
  return all
    .filter(({ kind, burst, what }) => {
      const key = `${kind} ${burst} ${what}`;
      if (burst < from || burst > to || seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort((a, b) => a.burst - b.burst);
}
