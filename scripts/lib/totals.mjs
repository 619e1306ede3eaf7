/** Adds up what test runners reported in JSON, and prints the one closing line that tools look for. */
import { readFileSync } from "node:fs";

export function vitestTotals(file, totals) {
  const report = read(file);
  if (!report) return void totals.failed++;
  totals.passed += report.numPassedTests;
  totals.failed += report.numFailedTests + (report.numFailedTestSuites > 0 && report.numFailedTests === 0 ? 1 : 0);
  totals.skipped += report.numPendingTests + report.numTodoTests;
}

export function playwrightTotals(file, totals) {
  const report = read(file);
  if (!report) return void totals.failed++;
  totals.passed += report.stats.expected;
  totals.failed += report.stats.unexpected + report.stats.flaky + report.errors.length;
  totals.skipped += report.stats.skipped;
}

export function printTotals({ passed, failed, skipped }) {
  process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
