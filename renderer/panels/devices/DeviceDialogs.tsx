/** The dialogs of devices: how many a unit has and how large one is, part by part; and another unit. One step each, with its scale first. */
import { useState } from "react";
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import type { CommandInput } from "../../bridge/lab-bridge.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Notice } from "../../ui/feedback.tsx";
import { Select } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { NumberField, NumberTriple } from "../../ui/NumberField.tsx";
import { EditForm, PlanText, usePlan } from "../editing/EditForm.tsx";
import { sizeOfAll, sizePerDevice } from "./device-unit.ts";
import { type Unit, useUnit, useUnitKinds } from "./use-unit.ts";

const mostDevices = 1024;
const counted = { minValue: 1, maxValue: mostDevices, integer: true } as const;

export function ConfigureDevice({ area }: { area: CorticalId }) {
  const unit = useUnit(area);
  return unit?.devices == null ? null : <DeviceForm unit={unit} before={unit.devices} />;
}

type Edits = CommandInput<"connectome.apply">["edits"];

function DeviceForm({ unit, before }: { unit: Unit; before: number }) {
  const { lab } = useWorkbench();
  // As it was when the dialog opened; what is announced meanwhile does not move what is being written.
  const [parts] = useState(unit.parts);
  const [devices, setDevices] = useState(before);
  const [sizes, setSizes] = useState<readonly Vec3[]>(() => parts.map(({ dimensions }) => sizePerDevice(dimensions, before)));
  const misfit = parts.find((_, i) => !Number.isInteger(sizes[i]![0]));
  const edits = parts.map((part, i) => ({
    ...{ kind: "updateArea", area: part.id, dimensions: sizeOfAll(sizes[i]!, devices), properties: { dev_count: devices } },
  })) as Edits;
  const isChanged =
    devices !== before || parts.some((part, i) => part.dimensions.some((old, axis) => sizeOfAll(sizes[i]!, devices)[axis] !== old));
  const isReady = isChanged && edits.every((_, i) => Number.isInteger(sizes[i]![0] * devices));
  const plan = usePlan(isReady ? () => lab.connectome.apply({ edits, dryRun: true }) : null, JSON.stringify(edits));
  return (
    <EditForm
      title={t("devices.configureTitle", { title: unit.title })}
      action={t("editing.apply")}
      isReady={isReady && plan.summary !== null}
      onSubmit={() => lab.connectome.apply({ edits, group: t("devices.group", { title: unit.title, count: devices }) })}
    >
      <NumberField label={t("devices.count")} value={devices} {...counted} hint={t("devices.countHint")} onCommit={setDevices} />
      {parts.map((part, i) => (
        <NumberTriple
          key={part.id}
          label={t("devices.sizeOf", { name: part.name })}
          value={sizes[i]!}
          minValue={1}
          onCommit={(size) => setSizes(sizes.map((old, at) => (at === i ? size : old)))}
        />
      ))}
      {misfit && (
        <Notice severity="warning">{t("devices.misfit", { name: misfit.name, width: misfit.dimensions[0], devices: before })}</Notice>
      )}
      <p className="dim">
        {parts.map((part, i) => t("devices.whole", { name: part.name, size: sizeOfAll(sizes[i]!, devices).join(" × ") })).join(" · ")}
      </p>
      {isReady && <PlanText plan={plan} />}
    </EditForm>
  );
}

export function AddUnit() {
  const { lab, stores } = useWorkbench();
  const kinds = useUnitKinds();
  const [unit, setUnit] = useState("ipro");
  const [devices, setDevices] = useState(1);
  const isReady = kinds.some((kind) => kind.unit === unit);
  const plan = usePlan(
    isReady ? () => lab.connectome.createUnit({ unit, devices, dryRun: true }) : null,
    JSON.stringify({ unit, devices }),
  );
  const add = async () => {
    const { ids } = await lab.connectome.createUnit({ unit, devices });
    stores.selection.getState().selectAreas(ids);
  };
  return (
    <EditForm title={t("devices.add")} action={t("editing.create")} isReady={plan.summary !== null} onSubmit={add}>
      <Select
        label={t("devices.unit")}
        value={unit}
        onChange={setUnit}
        choices={kinds.map((kind) => ({
          id: kind.unit,
          label: t(kind.unit.startsWith("i") ? "devices.input" : "devices.output", { title: kind.title }),
        }))}
      />
      <NumberField label={t("devices.count")} value={devices} {...counted} hint={t("devices.countHint")} onCommit={setDevices} />
      {isReady && <PlanText plan={plan} />}
    </EditForm>
  );
}
