/** What can be set of the selected areas: size, place, membrane and firing parameters; and what one of them is mapped to. */
import { memo } from "react";
import type { AreaParametersPatch, CorticalArea, Vec3 } from "#contracts/connectome.ts";
import { useCanWrite } from "../../shell/workbench.ts";
import { CommitTextField, Switch } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { NumberField, NumberTriple } from "../../ui/NumberField.tsx";
import { DeviceSection } from "../devices/DeviceSection.tsx";
import { PlanNotice } from "../editing/PlannedEdit.tsx";
import { HeldInputs } from "../stimulate/Held.tsx";
import { common, firingParameters, membraneParameters, memoryParameters, type NumberParameter, switches } from "./area-parameters.ts";
import { MappingList } from "./MappingList.tsx";
import { StoredValues } from "./StoredValues.tsx";
import { useAreaDetails, useAreaEdits } from "./use-area-edits.ts";

type Triple = "dimensions" | "position";

/** Drawn anew only for other areas, or when these change. */
export const AreaFields = memo(function AreaFields({ areas }: { areas: readonly CorticalArea[] }) {
  const canWrite = useCanWrite();
  const edits = useAreaEdits(areas);
  const details = useAreaDetails(areas[0]);
  const only = areas.length === 1 ? areas[0] : undefined;
  const defaults = details?.defaults;
  const change = (parameters: AreaParametersPatch) => edits.update({ parameters });
  const number = ({ key, unit, ...limits }: NumberParameter) => (
    <NumberField
      key={key}
      label={t(`parameter.${key}`)}
      value={common(areas, ({ parameters }) => parameters[key])}
      onCommit={(value) => change({ [key]: value })}
      isDisabled={!canWrite}
      hint={t(`hint.${key}`)}
      defaultValue={defaults?.[key]}
      {...limits}
      {...(unit ? { unit: t(unit) } : {})}
    />
  );
  const axes = (read: (area: CorticalArea) => readonly number[]) => [0, 1, 2].map((axis) => common(areas, (area) => read(area)[axis]!));
  /** The axis that was changed; each area keeps its others. */
  const along = (key: Triple, value: Vec3, axis: 0 | 1 | 2) => (area: CorticalArea) => ({
    [key]: area[key].map((old, i) => (i === axis ? value[axis] : old)) as Vec3,
  });
  return (
    <>
      {only?.kind === "input" && <HeldInputs area={only.id} />}
      {only && <DeviceSection area={only} />}
      <section className="section" aria-label={t("inspector.geometry")}>
        <h3>{t("inspector.geometry")}</h3>
        {only && (
          <CommitTextField
            label={t("inspector.name")}
            value={only.name}
            isDisabled={!canWrite}
            onCommit={(name) => edits.update({ name })}
          />
        )}
        <div className="inspector-fields" key={edits.planned.refused}>
          <NumberTriple
            label={t("inspector.dimensions")}
            value={axes(({ dimensions }) => dimensions)}
            minValue={1}
            isDisabled={!canWrite}
            hint={t("hint.dimensions")}
            onCommit={(value, axis) => edits.propose(along("dimensions", value, axis))}
          />
          <NumberField
            label={t("inspector.perVoxel")}
            value={common(areas, ({ neuronsPerVoxel }) => neuronsPerVoxel)}
            {...{ minValue: 1, maxValue: 65_535, integer: true, defaultValue: 1 }}
            isDisabled={!canWrite}
            hint={t("hint.neuronsPerVoxel")}
            onCommit={(neuronsPerVoxel) => edits.propose({ neuronsPerVoxel })}
          />
        </div>
        <PlanNotice edit={edits.planned} />
        <NumberTriple
          label={t("inspector.position")}
          value={axes(({ position }) => position)}
          isDisabled={!canWrite}
          hint={t("hint.position")}
          onCommit={(value, axis) => edits.update(along("position", value, axis))}
        />
        {only && details && (
          <NumberTriple
            label={t("inspector.position2d")}
            value={details.position2d}
            axes={["x", "y"]}
            isDisabled={!canWrite}
            hint={t("hint.position2d")}
            onCommit={([x, y]) => edits.update({ position2d: [x, y] })}
          />
        )}
        {only && details && (
          <Switch
            label={t("inspector.visible")}
            value={details.visible}
            isDisabled={!canWrite}
            hint={t("hint.visible")}
            onCommit={(visible) => edits.update({ visible })}
          />
        )}
      </section>
      <section className="section" aria-label={t("inspector.firing")}>
        <h3>{t("inspector.firing")}</h3>
        {firingParameters.map(number)}
        <NumberTriple
          label={t("parameter.firingThresholdIncrement")}
          value={axes(({ parameters }) => parameters.firingThresholdIncrement)}
          integer={false}
          isDisabled={!canWrite}
          hint={t("hint.firingThresholdIncrement")}
          onCommit={(value, axis) =>
            edits.update(({ parameters }) => ({
              parameters: {
                firingThresholdIncrement: parameters.firingThresholdIncrement.map((old, i) => (i === axis ? value[axis] : old)) as Vec3,
              },
            }))
          }
        />
      </section>
      <section className="section" aria-label={t("inspector.membrane")}>
        <h3>{t("inspector.membrane")}</h3>
        {membraneParameters.map(number)}
        {switches.map((key) => (
          <Switch
            key={key}
            label={t(`parameter.${key}`)}
            value={common(areas, ({ parameters }) => parameters[key])}
            isDisabled={!canWrite}
            hint={t(`hint.${key}`)}
            onCommit={(value) => change({ [key]: value })}
          />
        ))}
      </section>
      {areas.every(({ kind }) => kind === "memory") && (
        <section className="section" aria-label={t("inspector.memory")}>
          <h3>{t("inspector.memory")}</h3>
          {memoryParameters.map(number)}
        </section>
      )}
      {only && <MappingList area={only.id} />}
      {only && details && <StoredValues key={only.id} area={only} details={details} />}
    </>
  );
});
