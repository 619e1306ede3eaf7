/** What fires, in a sentence for those who listen: the newest burst shown, at most once in two seconds, and never the last one missed. */
import type { StoreApi } from "zustand/vanilla";
import type { BrainStore } from "../../stores/brain-store.ts";
import type { FrameStatsStore } from "../../stores/frame-stats-store.ts";
import { createPacer } from "../../stores/pacer.ts";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import type { AreaRates } from "../explorer/area-rates.ts";

const announceMs = 2000;
/** Figures of a burst come at once, those of its areas a moment later: both have come by then. */
const togetherMs = 600;
/** Areas that are named. */
const mostNamed = 3;

interface Heard {
  brain: BrainStore;
  frameStats: FrameStatsStore;
  rates: StoreApi<AreaRates>;
}

/** Until the returned function is called. */
export function announceActivity(heard: Heard, tell: (text: string) => void): () => void {
  let told: number | null = null;
  const pacer = createPacer(async () => {
    const { burst } = heard.frameStats.getState();
    if (burst === null || burst === told) return;
    told = burst;
    tell(sentence(heard));
  }, announceMs);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      pacer.soon();
    }, togetherMs);
  };
  const stops = [heard.frameStats, heard.rates].map((store) => store.subscribe(later));
  return () => {
    for (const stop of stops) stop();
    clearTimeout(timer);
    pacer.stop();
  };
}

function sentence({ brain, frameStats, rates }: Heard): string {
  const { burst, fired } = frameStats.getState();
  if (fired === 0) return t("scene.announceSilent", { burst: burst ?? 0 });
  const rateOf = (index: number) => rates.getState().get(index) ?? 0;
  const firing = brain.getState().areas.filter(({ index }) => rateOf(index) > 0);
  const names = firing
    .sort((a, b) => rateOf(b.index) - rateOf(a.index) || a.name.localeCompare(b.name))
    .slice(0, mostNamed)
    .map(({ name }) => name);
  const figures = { burst: burst ?? 0, fired: formatCount(fired) };
  return names.length === 0 ? t("scene.announceFired", figures) : t("scene.announceMost", { ...figures, names: names.join(", ") });
}
