/** What an error says to a person: what happened, then what to do. */
import { LabError } from "#contracts/errors.ts";

export function messageOf(error: unknown): string {
  if (error instanceof LabError) return error.advice === undefined ? error.message : `${error.message.replace(/\.$/, "")}. ${error.advice}`;
  return error instanceof Error ? error.message : String(error);
}
