/** What is wrong, or worth knowing, about the loaded brain: findings of its genome, of its growth, and of running it. */
import type { Problem } from "#contracts/commands/connectome/edits.ts";
import type { GenomeProblem } from "#contracts/genome.ts";
import { activityFindings } from "#core/connectome/activity-findings.ts";
import { structureFindings } from "#core/connectome/structure-findings.ts";
import { type LabState, SILENT_BURSTS } from "./lab-state.ts";

export async function problemsOf(state: LabState): Promise<Problem[]> {
  return [...runtimeProblems(state), ...brainProblems(state), ...(await wiringProblems(state))];
}

async function wiringProblems(state: LabState): Promise<Problem[]> {
  if (!state.brain) return [];
  const { areas, mappings } = await state.counts();
  const { measure } = state.brain.activity;
  return [
    ...structureFindings(areas, mappings).map(
      (finding): Problem => ({
        ...finding,
        path: "connectome",
        ...(finding.code === "OUTPUT_UNREACHED" ? { ways: [{ way: "newMapping", dst: finding.area }] } : {}),
      }),
    ),
    ...(measure ? activityFindings(areas, mappings, measure) : []).map(
      ({ mapping, ...finding }): Problem => ({
        ...finding,
        path: "activity",
        ways: [
          ...(mapping ? [{ way: "mapping" as const, ...mapping }] : []),
          ...(finding.area !== undefined && finding.code !== "AREA_SATURATED" ? [{ way: "stimulate" as const, area: finding.area }] : []),
        ],
      }),
    ),
  ];
}

function runtimeProblems({ failure, ports, rollout, brain, clock }: LabState): Problem[] {
  const found: Problem[] = [];
  if (failure !== null) {
    const fix = "Run it again, or open the genome anew.";
    found.push({ severity: "error", code: "BRAIN_STOPPED", message: `The brain stopped: ${failure}`, path: "brain", fix });
  }
  if (clock.overloaded) {
    const message = `The brain runs at ${clock.achievedHz().toFixed(1)} Hz of the ${clock.rateHz} Hz asked for; bursts it missed are not made up for`;
    const fix = "Lower the rate, or let the native engine serve.";
    const hz = Math.max(1, Math.floor(clock.achievedHz() * 0.9));
    found.push({ severity: "warning", code: "OVERLOAD", message, path: "brain", fix, ways: [{ way: "rate", hz }] });
  }
  if (!ports.events.durable) {
    const message = "Events are kept in memory only and end with this session";
    found.push({
      severity: "warning",
      code: "EVENTS_NOT_PERSISTED",
      message,
      path: "events",
      fix: "Free disk space or mend the state folder, then restart.",
    });
  }
  if (rollout.autoDisabled !== null) {
    const message = `The native engine was switched off: ${rollout.autoDisabled}`;
    found.push({
      severity: "warning",
      code: "NATIVE_AUTO_DISABLED",
      message,
      path: "rollout",
      fix: "Enable it again in the rollout panel.",
    });
  } else if (ports.options.rollout.forcedBy === null && !rollout.native().available) {
    const message = `The reference engine runs alone: ${rollout.native().error}`;
    found.push({ severity: "info", code: "NATIVE_UNAVAILABLE", message, path: "rollout", fix: "Build the native engine." });
  }
  if (brain?.recoveredAtBurst != null) {
    const message = `This brain came back from a checkpoint at burst ${brain.recoveredAtBurst}`;
    found.push({ severity: "info", code: "RECOVERED", message, path: "brain" });
  }
  if (brain && brain.silentBursts >= SILENT_BURSTS) {
    const message = `Nothing has fired for ${brain.silentBursts} bursts`;
    const input = [...brain.connectome.areas.values()].find(({ kind, neurons }) => kind === "input" && neurons > 0);
    found.push({
      ...{ severity: "info", code: "SILENT", message, path: "brain", fix: "Stimulate an input area." },
      ...(input ? { ways: [{ way: "stimulate", area: input.id }] } : {}),
    });
  }
  return found;
}

function brainProblems({ brain }: LabState): Problem[] {
  if (!brain) return [];
  const { genome, problems } = brain.connectome;
  const as =
    (severity: Problem["severity"]) =>
    (problem: GenomeProblem): Problem => {
      const { code, message, path, fix, quickFix } = problem;
      return { severity, code, message, path, ...(fix === undefined ? {} : { fix }), ...(quickFix ? { quickFix } : {}) };
    };
  return [...genome.warnings.map(as("warning")), ...genome.repairs.map(as("info")), ...problems.map(as("warning"))];
}
