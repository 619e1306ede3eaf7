/** The device an input or output area belongs to, and the way to change how many there are and how large one is. */
import { Cable } from "lucide-react";
import type { CorticalArea } from "#contracts/connectome.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { shownNumber } from "../../ui/expression.ts";
import { t } from "../../ui/messages.ts";
import { sizePerDevice } from "./device-unit.ts";
import { useUnit } from "./use-unit.ts";

export function DeviceSection({ area }: { area: CorticalArea }) {
  const { stores } = useWorkbench();
  const canWrite = useCanWrite();
  const unit = useUnit(area.id);
  if (!unit) return null;
  const { title, index, parts, devices } = unit;
  return (
    <section className="section" aria-label={t("devices.section")}>
      <h3>{t("devices.section")}</h3>
      <dl className="facts">
        <dt>{t("devices.unit")}</dt>
        <dd>
          {title} <code>{unit.unit}</code> {t("devices.index", { index })}
        </dd>
        {parts.length > 1 && (
          <>
            <dt>{t("devices.part")}</dt>
            <dd>{t("devices.partOf", { part: parts.findIndex(({ id }) => id === area.id) + 1, parts: parts.length })}</dd>
          </>
        )}
        {devices !== null && (
          <>
            <dt>{t("devices.count")}</dt>
            <dd>{devices}</dd>
            <dt>{t("devices.one")}</dt>
            <dd>{sizePerDevice(area.dimensions, devices).map(shownNumber).join(" × ")}</dd>
          </>
        )}
      </dl>
      <Button
        icon={Cable}
        isDisabled={!canWrite || devices === null}
        onPress={() => stores.editing.getState().ask({ kind: "device", area: area.id })}
      >
        {t("devices.configure")}
      </Button>
    </section>
  );
}
