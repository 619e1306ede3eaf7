/** How the raster is laid out, by choice and by number: what drags and the wheel do can be done here too. */
import { ArrowDownWideNarrow, RefreshCw } from "lucide-react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import type { CorticalArea } from "#contracts/connectome.ts";
import { rasterOrders } from "../../scene/raster/order.ts";
import { columnWidths, type RasterLook } from "../../scene/raster/raster.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Select } from "../../ui/fields.tsx";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";

interface RasterOptionsProps {
  /** Of several the one selected last. */
  area: CorticalArea;
  look: RasterLook;
  onLook(look: RasterLook): void;
  onSelectFired(): void;
}

export function RasterOptions({ area, look, onLook, onSelectFired }: RasterOptionsProps) {
  const { raster } = useWorkbench();
  const zoom = look.zoom?.area === area.id ? look.zoom : { area: area.id, from: 0, to: area.neurons - 1 };
  const isZoomed = look.zoom !== null;
  return (
    <>
      {isZoomed && <Button onPress={() => onLook({ ...look, zoom: null })}>{t("raster.all")}</Button>}
      <DialogTrigger>
        <Button icon={ArrowDownWideNarrow} label={t("raster.options")} />
        <Popover className="popover" placement="bottom end">
          <Dialog className="raster-options" aria-label={t("raster.options")}>
            <Select
              label={t("raster.order")}
              value={look.order}
              onChange={(order) => onLook({ ...look, order })}
              choices={rasterOrders.map((id) => ({ id, label: t(`raster.order.${id}`) }))}
            />
            {look.order !== "number" && (
              <Button icon={RefreshCw} onPress={() => raster.sort()}>
                {t("raster.sortAgain")}
              </Button>
            )}
            <Select
              label={t("raster.width")}
              value={String(look.columnPixels)}
              onChange={(width) => onLook({ ...look, columnPixels: Number(width) })}
              choices={columnWidths.map((width) => ({ id: String(width), label: t("raster.pixels", { width }) }))}
            />
            <NumberField
              label={t("raster.from", { name: area.name })}
              value={zoom.from + 1}
              onCommit={(rank) => onLook({ ...look, zoom: { ...zoom, from: rank - 1 } })}
              minValue={1}
              maxValue={zoom.to + 1}
              integer
            />
            <NumberField
              label={t("raster.to")}
              value={zoom.to + 1}
              onCommit={(rank) => onLook({ ...look, zoom: { ...zoom, to: rank - 1 } })}
              minValue={zoom.from + 1}
              maxValue={area.neurons}
              unit={t("raster.ofRows", { count: formatCount(area.neurons) })}
              integer
            />
            <Button onPress={onSelectFired}>{t("raster.selectFired")}</Button>
            <p className="dim raster-note">{t("raster.note")}</p>
          </Dialog>
        </Popover>
      </DialogTrigger>
    </>
  );
}
