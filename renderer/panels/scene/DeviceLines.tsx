/** What a voxel of an input or output area means to a body: the channel of its device, the value it stands for, and what the channel says in the burst shown. */
import { useStore } from "zustand";
import type { CorticalArea, Vec3 } from "#contracts/connectome.ts";
import { firedIn } from "../../scene/lookback.ts";
import { neuronOfVoxel } from "../../scene/placement.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { formatExact, formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { type DeviceVoxel, decodeChannel, type Standing, voxelOfDevice } from "../devices/device-coding.ts";
import { unitOf } from "../devices/device-unit.ts";
import { useUnit } from "../devices/use-unit.ts";

export function DeviceLines({ area, voxel }: { area: CorticalArea; voxel: Vec3 }) {
  return unitOf(area) && <OfDevice area={area} voxel={voxel} />;
}

function OfDevice({ area, voxel }: { area: CorticalArea; voxel: Vec3 }) {
  const unit = useUnit(area.id);
  const meant = unit && voxelOfDevice(area, unit.devices, voxel);
  const said = useDecoded(area, meant?.channel ?? null);
  if (!meant) return null;
  return (
    <>
      <span>{t("scene.device.channel", { title: unit.title, channel: meant.channel })}</span>
      <span className="num">{standingText(meant)}</span>
      {said && (
        <span className="num">
          {t("scene.device.decoded", { burst: said.burst, values: said.values.map((value) => formatFigure(value)).join("; ") })}
        </span>
      )}
    </>
  );
}

/** What the channel of an output says in the burst shown; null while nothing of it fires. */
function useDecoded(area: CorticalArea, channel: number | null): { burst: number; values: number[] } | null {
  const { stores, bridge } = useWorkbench();
  const cursor = useStore(stores.selection, (state) => state.cursor);
  // Frames are in no store: the figures of the newest one say that it is there.
  useStore(stores.frameStats, (state) => state.burst);
  const { recent } = bridge.frames;
  const frame = cursor === null ? recent.latest : recent.between(cursor, cursor)[0];
  if (!frame || channel === null) return null;
  const values = decodeChannel(area, channel, (x, z) => {
    const neuron = neuronOfVoxel(area, [x, 0, z]);
    return neuron !== null && firedIn(frame, area, neuron);
  });
  return values && { burst: frame.burst, values };
}

function standingText({ stands, value, incremental }: DeviceVoxel): string {
  const parts = [
    ...(value ? [t("scene.device.valueOf", { index: value.index + 1, of: value.of })] : []),
    textOf(stands),
    ...(incremental ? [t("scene.device.incremental")] : []),
  ];
  return parts.join(" · ");
}

function textOf(stands: Standing): string {
  switch (stands.type) {
    case "range":
      return t("scene.device.range", { low: formatFigure(stands.low), high: formatFigure(stands.high) });
    case "exactly":
      return t("scene.device.exactly", { value: formatFigure(stands.value) });
    case "adds":
      return t("scene.device.adds", { value: formatExact(stands.value) });
    case "true":
      return t("scene.device.true");
    case "pixel": {
      const { x, y, plane, planes } = stands;
      return planes === 1 ? t("scene.device.pixel", { x, y }) : t("scene.device.pixelOfPlane", { x, y, plane: plane + 1, planes });
    }
    case "cell":
      return t("scene.device.cell", { at: stands.at.join(", ") });
  }
}
