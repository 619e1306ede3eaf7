/** gyrus associate EXPERIMENT: shows cues with outcomes and tells how many cues bring back their outcome, beside a control. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { LabError } from "#contracts/errors.ts";
import { Association, associate } from "#core/plasticity/association.ts";
import { type AssociationRun, associationCurve } from "../association-curve.ts";
import { engineChoices, makeEngine } from "../engines.ts";
import { oneOf, openBrain, readJson, wholeNumber } from "../inputs.ts";
import { print, printJson, printTable } from "../output.ts";

interface AssociateFlags {
  seed?: string;
  engine: string;
  curve?: string;
  json?: boolean;
}

export function associateCommand(program: Command): void {
  program
    .command("associate <experiment>")
    .description("learn associations by an experiment file and test recall after every pairing")
    .option("--seed <n>", "instead of the experiment's own")
    .option("--engine <engine>", engineChoices.join(", "), "auto")
    .option("--curve <file>", "draw recall over pairings as SVG")
    .option("--json", "one JSON document on standard output")
    .action(run);
}

async function run(file: string, flags: AssociateFlags): Promise<void> {
  const read = Association.safeParse(await readJson(file));
  if (!read.success) {
    const { path: place, message } = read.error.issues[0]!;
    throw new LabError("E_INVALID", `${place.join(".")}: ${message}`, { path: file }, "Correct it in the experiment file.");
  }
  const experiment = { ...read.data, ...(flags.seed === undefined ? {} : { seed: wholeNumber(flags.seed, "--seed") }) };
  const growth = { dynamics: "standard", development: "standard", seed: 1, leakVariability: false, repair: true } as const;
  const { connectome } = await openBrain(path.resolve(path.dirname(file), experiment.genome), growth);
  const runs: AssociationRun[] = [false, true].map((isControl) => {
    const engine = makeEngine(oneOf(flags.engine, engineChoices, "--engine"), 1);
    engine.load(connectome.image);
    engine.apply(connectome.switchOn);
    const points = [...associate(engine, connectome, experiment, isControl)];
    engine.dispose();
    return { title: isControl ? "never together" : "together", points };
  });
  if (flags.curve !== undefined) await writeFile(flags.curve, associationCurve(experiment.name, runs));
  if (flags.json) return printJson({ name: experiment.name, seed: experiment.seed, runs });
  const [paired, control] = runs.map(({ points }) => points);
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  printTable(
    ["pairings", "recalled", "mistaken", "never together", "memories", "synapses"],
    paired!.map((point, i) => [
      point.pairings,
      percent(point.recalled),
      percent(point.mistaken),
      percent(control![i]!.recalled),
      point.memoryNeurons,
      point.synapses,
    ]),
  );
  print(`${experiment.pairs} pairs, seed ${experiment.seed}`);
}
