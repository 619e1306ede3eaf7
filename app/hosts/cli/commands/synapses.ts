/** gyrus synapses BRAIN|GENOME --src ID [--dst ID] */
import type { Command } from "commander";
import { LabError } from "#contracts/errors.ts";
import type { Connectome } from "#core/connectome/connectome.ts";
import { findArea, synapsesBetween } from "#core/development/listing.ts";
import { openBrain } from "../inputs.ts";
import { type GrowthFlags, growthSettings, withGrowthOptions } from "../options.ts";
import { print, printJson } from "../output.ts";
import { sha256 } from "./develop.ts";

export function synapsesCommand(program: Command): void {
  withGrowthOptions(program.command("synapses <brain>"))
    .description("list the synapses between areas of a brain file or genome")
    .requiredOption("--src <area>", "source area: id, 6- or 8-character text, or name")
    .option("--dst <area>", "destination area; without it every one")
    .option("--json", "one JSON document on standard output")
    .action(async (path: string, flags: GrowthFlags & { src: string; dst?: string; json?: boolean }) => {
      const { connectome } = await openBrain(path, growthSettings(flags));
      const src = areaId(connectome, flags.src);
      const dst = flags.dst === undefined ? undefined : areaId(connectome, flags.dst);
      const pairs = synapsesBetween(connectome, src, dst, sha256);
      if (flags.json) return printJson({ pairs });
      for (const pair of pairs) {
        print(`${pair.src} → ${pair.dst}: ${pair.synapses.length} synapses, sha256 ${pair.sha256OfList}`);
        for (const [from, to, weight, psp, kind, delay] of pair.synapses) {
          print(
            `  ${from.join(",")} → ${to.join(",")}  weight ${weight}  psp ${psp}  ${kind === 0 ? "excitatory" : "inhibitory"}  delay ${delay}`,
          );
        }
      }
    });
}

function areaId(connectome: Connectome, text: string): string {
  const area = findArea(connectome, text);
  if (!area) throw new LabError("E_NOT_FOUND", "No such cortical area", { area: text }, "gyrus develop lists the areas of a genome.");
  return area.id;
}
