/** The tour, offered where there is no brain yet: it opens the sample it is made for and begins. */
import { MapPin } from "lucide-react";
import { useStore } from "zustand";
import type { Sample } from "#contracts/commands/genome.ts";
import { openFile } from "../../shell/open-file.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";

/** A sample that fires by itself, so that every step has something to show. */
const tourSample = /(^|[\\/])learning\.json$/;

export function TourOffer({ samples }: { samples: readonly (typeof Sample)["_output"][] }) {
  const workbench = useWorkbench();
  const { tour } = workbench;
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const from = useStore(tour.store, (state) => state.from);
  const sample = samples.find(({ path }) => tourSample.test(path)) ?? samples[0];
  if (!sample) return null;
  return (
    <Button
      icon={MapPin}
      variant="primary"
      size="large"
      isDisabled={!canWrite}
      onPress={() => attempt(openFile(workbench, sample.path).then(() => tour.start()))}
    >
      {t(from === "run" ? "welcome.tour" : "welcome.goOn")}
    </Button>
  );
}
