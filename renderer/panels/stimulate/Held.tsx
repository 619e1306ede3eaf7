/** Inputs that are held: the mark on their areas, and the list with the way to release them. */
import { Grab, Unlink } from "lucide-react";
import { useStore } from "zustand";
import type { CorticalId } from "#contracts/connectome.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";
import { AreaLink } from "../memory/AreaLink.tsx";
import "./held.css";

export function HeldMark({ area }: { area: CorticalId }) {
  const { stores } = useWorkbench();
  const isHeld = useStore(stores.held, ({ areas }) => areas.has(area));
  if (!isHeld) return null;
  return (
    <span className="held-mark" title={t("held.title")}>
      <Grab size={12} aria-hidden />
      {t("held.mark")}
    </span>
  );
}

/** Of one area, or of all; nothing where nothing is held. */
export function HeldInputs({ area }: { area?: CorticalId }) {
  const { stores, lab } = useWorkbench();
  const held = useStore(stores.held, (state) => state.held);
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const shown = held.filter((one) => area === undefined || one.area === area);
  if (shown.length === 0) return null;
  return (
    <section className="section" aria-label={t("held.list")}>
      <h3>{t("held.list")}</h3>
      <ul className="held-list" aria-label={t("held.list")}>
        {shown.map(({ area: id, by, since, until, voxels }) => (
          <li key={`${id} ${by}`}>
            <div>
              {area === undefined && <AreaLink id={id} />}
              <span className="held-mark">
                <Grab size={12} aria-hidden />
                {t(`held.by.${by}`)}
              </span>
              <span className="dim num">
                {t("held.count", { count: voxels })}, {t("held.since", { burst: since })},{" "}
                {until === null ? t("held.endless") : t("held.until", { burst: until })}
              </span>
            </div>
            {by === "hold" && (
              <Button
                icon={Unlink}
                label={t("held.release", { name: areaById.get(id)?.name ?? id })}
                variant="quiet"
                isDisabled={!canWrite}
                onPress={() => attempt(lab.sensory.release({ area: id }))}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
