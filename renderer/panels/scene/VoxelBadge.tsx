/** What the colouring by single voxels shows, and of how much; or why there is nothing to show. */
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { phaseNames } from "../../stores/phases-store.ts";
import type { VoxelsAbout } from "../../stores/voxel-figures.ts";
import { Badge, type BadgeTone } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";

export function VoxelBadge() {
  const { stores } = useWorkbench();
  const { about, problem } = useStore(stores.voxelFigures.store);
  const touched = useStore(stores.phaseMarks);
  const said = problem === null ? about && wordsOf(about) : { tone: "warning" as const, text: problem };
  return (
    <>
      {said && (
        <Badge {...(said.tone ? { tone: said.tone } : {})}>
          <span className="num">{said.text}</span>
        </Badge>
      )}
      {touched && (
        <Badge tone="accent">
          <span className="num">
            {t("scene.touchedBy", {
              burst: touched.burst,
              phase: phaseNames.indexOf(touched.phase) + 1,
              phases: phaseNames.length,
              name: t(`phases.${touched.phase}`),
            })}
            {touched.shown < touched.of && ` · ${t("scene.touchedOf", { shown: touched.shown, of: touched.of })}`}
          </span>
        </Badge>
      )}
    </>
  );
}

function wordsOf(about: VoxelsAbout): { tone?: BadgeTone; text: string } {
  switch (about.of) {
    case "potential": {
      const { burst, shown, charged, read, cells } = about;
      if (charged === 0) return { text: t("scene.potentialNone", { burst }) };
      const text = t("scene.potentialShown", { shown, charged, burst });
      return read < cells
        ? { tone: "warning", text: `${text} · ${t("scene.potentialRead", { read, cells })}` }
        : toned(text, shown < charged);
    }
    case "difference": {
      const { burst, name, here, there, shown } = about;
      const text = t("scene.differenceShown", { here, there, name, burst });
      return shown < here + there ? { tone: "warning", text: `${text} · ${t("scene.touchedOf", { shown, of: here + there })}` } : { text };
    }
    case "agreement":
      return { tone: "ok", text: t("scene.agreement", { bursts: about.bursts }) };
    case "disagreement": {
      const { burst, what, count, shown } = about;
      const text = t("scene.disagreement", { burst, what, count });
      return { tone: "error", text: shown < count ? `${text} · ${t("scene.touchedOf", { shown, of: count })}` : text };
    }
    case "notShared":
      return { tone: "warning", text: t("scene.notShared", { burst: about.burst, name: about.name }) };
    case "noTimeline":
      return { text: t("scene.noTimeline") };
    case "noNative":
      return { tone: "warning", text: t("scene.noNative") };
    case "notCompared":
      return { text: t("scene.notCompared") };
  }
}

const toned = (text: string, isLess: boolean) => (isLess ? { tone: "warning" as const, text } : { text });
