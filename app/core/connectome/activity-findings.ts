/** What a stretch of bursts gives away about areas: those that stay silent though they are reached, and those that hardly ever stop. */
import type { CorticalArea, CorticalId, CorticalMapping } from "#contracts/connectome.ts";
import { type ActivityMeasure, extremes } from "../analysis/area-activity.ts";

const mostNamed = 5;

export interface ActivityFinding {
  severity: "warning" | "info";
  code: "AREA_DEAD" | "AREA_SATURATED" | "AREAS_UNDRIVEN";
  message: string;
  fix: string;
  area?: CorticalId;
  /** Where it is fed: the mapping to look at. */
  mapping?: { src: CorticalId; dst: CorticalId };
}

/** Areas and mappings with the counts that live. */
export function activityFindings(
  areas: readonly CorticalArea[],
  mappings: readonly CorticalMapping[],
  measure: ActivityMeasure,
): ActivityFinding[] {
  const { silent, saturated } = extremes(areas, measure);
  const byId = new Map(areas.map((area) => [area.id, area]));
  const living = Map.groupBy(
    // What only holds it back is no reason to expect firings.
    mappings.filter(({ synapses, rules }) => synapses > 0 && rules.some(({ multiplier }) => multiplier > 0)),
    ({ dst }) => dst,
  );
  /** Its mappings, the one over which most spikes came first. */
  const feeding = (id: CorticalId) =>
    (living.get(id) ?? [])
      .flatMap((mapping) => {
        const from = byId.get(mapping.src);
        return from ? [{ mapping, from, spikes: measure.fired.get(from.index) ?? 0 }] : [];
      })
      .sort((a, b) => b.spikes - a.spikes);
  const during = `in bursts ${measure.from} to ${measure.to}`;
  const found: ActivityFinding[] = [];
  const undriven: CorticalArea[] = [];
  for (const area of silent) {
    const [most] = feeding(area.id);
    if (!most) continue;
    if (most.spikes === 0) {
      undriven.push(area);
      continue;
    }
    const { src, dst } = most.mapping;
    const spikes = `${most.spikes} ${most.spikes === 1 ? "spike" : "spikes"}`;
    const message = `${area.name} never fired ${during}, though ${most.from.name}, which is mapped to it, sent ${spikes}`;
    const fix = `Lower the firing threshold of ${area.name} (${area.parameters.firingThreshold}), or raise the multiplier of the mapping.`;
    found.push({ severity: "warning", code: "AREA_DEAD", message, fix, area: area.id, mapping: { src, dst } });
  }
  for (const { id, index, name, neurons } of saturated) {
    const share = Math.round(((measure.fired.get(index) ?? 0) / neurons / (measure.to - measure.from + 1)) * 100);
    const [most] = feeding(id);
    found.push({
      severity: "warning",
      code: "AREA_SATURATED",
      message: `${name} fires nearly all the time: ${share} % of its neurons in every burst, ${during}`,
      fix: "Raise its firing threshold or refractory period, or weaken what drives it.",
      area: id,
      ...(most ? { mapping: { src: most.mapping.src, dst: most.mapping.dst } } : {}),
    });
  }
  if (undriven.length > 0) {
    const names = undriven.slice(0, mostNamed).map(({ name }) => name);
    const list = undriven.length > mostNamed ? `${names.join(", ")} and ${undriven.length - mostNamed} more` : names.join(", ");
    const message = `${undriven.length === 1 ? "One area" : `${undriven.length} areas`} never fired ${during}, and neither did what is mapped to them: ${list}`;
    found.push({
      severity: "info",
      code: "AREAS_UNDRIVEN",
      message,
      fix: "Stimulate an input area that leads there.",
      area: undriven[0]!.id,
    });
  }
  return found;
}
