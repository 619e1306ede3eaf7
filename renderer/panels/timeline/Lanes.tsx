/** A lane for each area that was pinned: its rate over the bursts of the strip, each by a scale of its own, which is said. */
import { X } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import type { Activity } from "#contracts/commands/time.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/feedback.tsx";
import { formatPercent } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { AreaLink } from "../memory/AreaLink.tsx";
import { barsPath, leftOf, stripHeight, stripWidth } from "./strip.ts";

export function Lanes({ activity }: { activity: Activity }) {
  const { stores } = useWorkbench();
  const { areas, problem } = useStore(stores.lanes.store);
  const areaById = useStore(stores.brain, (state) => state.areaById);
  useEffect(() => stores.lanes.watch(), [stores]);
  const known = areas.flatMap((id) => areaById.get(id) ?? []);
  if (known.length === 0) return null;
  return (
    <>
      {problem !== null && <Notice severity="warning">{problem}</Notice>}
      <ul className="timeline-lanes" aria-label={t("timeline.lanes")}>
        {known.map((area) => (
          <Lane key={area.id} area={area} activity={activity} />
        ))}
      </ul>
    </>
  );
}

function Lane({ area, activity }: { area: CorticalArea; activity: Activity }) {
  const { stores } = useWorkbench();
  const shown = useStore(stores.lanes.store, (state) => state.shown);
  const rates = shown?.rates.get(area.id);
  const peak = rates?.reduce((most, rate) => Math.max(most, rate), 0) ?? 0;
  // Drawn over the bursts it was read for, placed over those that are shown by now.
  const left = shown ? leftOf(shown.from, activity) : 0;
  const right = shown ? leftOf(shown.to + 1, activity) : stripWidth;
  return (
    <li>
      <span className="lane-name">
        <AreaLink id={area.id} />
        <Button icon={X} variant="quiet" label={t("timeline.unpin", { name: area.name })} onPress={() => stores.lanes.toggle([area.id])} />
      </span>
      <svg
        className="lane-picture"
        viewBox={`0 0 ${stripWidth} ${stripHeight}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("timeline.lane", { name: area.name, from: shown?.from ?? 0, to: shown?.to ?? 0, most: formatPercent(peak) })}
      >
        {shown && rates && (
          <path
            className="strip-mean"
            transform={`translate(${left} 0) scale(${Math.max(0, right - left) / stripWidth} 1)`}
            d={barsPath(rates, peak, shown)}
          />
        )}
      </svg>
      <span className="dim num">{rates ? t("timeline.laneMost", { most: formatPercent(peak) }) : t("timeline.laneReading")}</span>
    </li>
  );
}
