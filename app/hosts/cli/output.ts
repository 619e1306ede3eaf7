/** How the command line answers: one JSON document, or lines for a person; failures in one line. */
import { LabError } from "#contracts/errors.ts";

/** A mistake in how a command was used; exit code 2. */
export class UsageError extends Error {}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? item.toString() : item))}\n`);
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Rows as aligned columns; numbers to the right. */
export function printTable(header: string[], rows: (string | number)[][]): void {
  const cells = [header, ...rows.map((row) => row.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en") : cell)))];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  for (const [index, row] of cells.entries()) {
    const numeric = (column: number) => index > 0 && typeof rows[index - 1]?.[column] === "number";
    print(
      row
        .map((cell, column) => (numeric(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    );
  }
}

/** `error: WHAT (WHERE): WHAT TO DO` on standard error; the exit code to end with. */
export function reportFailure(error: unknown): number {
  if (process.env.GYRUS_DEBUG === "1" && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) {
    process.stderr.write(`error: ${message}\n`);
    return 2;
  }
  const where = error instanceof LabError ? placeOf(error) : "gyrus";
  const advice = error instanceof LabError ? adviceOf(error) : "set GYRUS_DEBUG=1 to see where this happened";
  process.stderr.write(`error: ${oneLine(message)} (${oneLine(where)}): ${oneLine(advice)}\n`);
  return 1;
}

function placeOf(error: LabError): string {
  const problems = error.details.problems;
  if (Array.isArray(problems) && problems[0])
    return `${(problems[0] as { path: string }).path || "document"}${problems.length > 1 ? ` and ${problems.length - 1} more` : ""}`;
  for (const key of ["path", "place", "file", "area", "id", "field", "engine"])
    if (error.details[key] !== undefined) return String(error.details[key]);
  return error.code;
}

function adviceOf(error: LabError): string {
  if (error.advice) return error.advice;
  const problems = error.details.problems as { message: string; fix?: string }[] | undefined;
  if (problems?.[0]) return problems[0].fix ?? problems[0].message;
  return error.code === "E_GENOME" ? "run `gyrus validate` on the file to see every problem" : "check the input and try again";
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** A progress bar on a terminal, nothing when piped. */
export function progressBar(): { show: (text: string, done: number) => void; end: () => void } {
  if (!process.stderr.isTTY) return { show: () => {}, end: () => {} };
  let last = 0;
  return {
    show(text, done) {
      if (Date.now() - last < 50 && done < 1) return;
      last = Date.now();
      const filled = Math.round(done * 24);
      process.stderr.write(`\r\x1b[K${"█".repeat(filled)}${"·".repeat(24 - filled)} ${text}`);
    },
    end: () => process.stderr.write("\r\x1b[K"),
  };
}
