/** What the pictures of all probes have in common: bursts from left to right, the stretch they show, and where all views stand. */
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { t } from "../../ui/messages.ts";
import type { Span } from "../../ui/plot/chart.ts";

export function useTraceAxis() {
  const { stores } = useWorkbench();
  const burst = useStore(stores.brain, ({ status }) => status?.burst ?? 0);
  const cursor = useStore(stores.selection, (selection) => selection.cursor);
  const range = useStore(stores.traces.store, (state) => state.range);
  return {
    x: { label: t("unit.burst") },
    zoom: [range, (to: Span | null) => stores.traces.store.setState({ range: to })] as const,
    mark: cursor ?? burst,
    onPick: (at: number) => stores.timeline.seek(at),
    empty: t("trace.noBurst"),
  };
}
