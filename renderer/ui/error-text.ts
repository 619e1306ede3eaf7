/** What an error says to a person: what happened, then what to do. */
import { LabError } from "#contracts/errors.ts";

export function messageOf(error: unknown): string {
  if (error instanceof LabError) return error.advice === undefined ? error.message : `${error.message.replace(/\.$/, "")}. ${error.advice}`;
  return error instanceof Error ? error.message : String(error);
}

/** Refusals that are shown in full elsewhere: the list of a genome's problems, and what the person cancelled. */
const shownElsewhere = new Set(["E_GENOME", "E_CANCELLED"]);
export const isShownElsewhere = (error: unknown): boolean => error instanceof LabError && shownElsewhere.has(error.code);
