/** The selected areas: what they are, where they are, their membrane parameters, and what one of them is mapped to. */
import { Braces, CopyPlus, type Pencil, Radio, Trash2 } from "lucide-react";
import { useStore } from "zustand";
import type { AreaParametersPatch, CorticalArea, Vec3 } from "#contracts/connectome.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { CommitTextField, Switch } from "../../ui/fields.tsx";
import { formatCount } from "../../ui/format.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { NumberField, NumberTriple } from "../../ui/NumberField.tsx";
import { DeviceSection } from "../devices/DeviceSection.tsx";
import { PlanNotice } from "../editing/PlannedEdit.tsx";
import { HeldInputs, HeldMark } from "../stimulate/Held.tsx";
import { common, firingParameters, membraneParameters, memoryParameters, type NumberParameter, switches } from "./area-parameters.ts";
import { MappingList } from "./MappingList.tsx";
import { StoredValues } from "./StoredValues.tsx";
import { useAreaDetails, useAreaEdits } from "./use-area-edits.ts";

type Triple = "dimensions" | "position";

export function AreaView({ areas }: { areas: readonly CorticalArea[] }) {
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
      <Head areas={areas} />
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
}

function Head({ areas }: { areas: readonly CorticalArea[] }) {
  const { stores, commands } = useWorkbench();
  const [area] = areas;
  const regionName = useStore(stores.brain, (state) => state.regions.find(({ id }) => id === area?.region)?.name);
  const sum = (read: (one: CorticalArea) => number) => formatCount(areas.reduce((total, one) => total + read(one), 0));
  const action = (id: string, icon: typeof Pencil) => {
    const command = commands.find((one) => one.id === id);
    if (!command) return null;
    const [shortcut] = command.shortcuts;
    return (
      <Button
        key={id}
        icon={icon}
        label={command.title}
        variant="quiet"
        shortcut={shortcut?.replace("$mod", "Ctrl")}
        isDisabled={!command.when()}
        onPress={command.run}
      />
    );
  };
  if (!area) return null;
  return (
    <section className="section">
      <div className="inspector-head">
        <h2 className="inspector-title">
          {areas.length === 1 && <KindGlyph kind={area.kind} />}
          {areas.length === 1 ? area.name : t("editing.areaCount", { count: areas.length })}
          {areas.length === 1 && <HeldMark area={area.id} />}
        </h2>
        <div className="inspector-actions">
          {action("area.duplicate", CopyPlus)}
          {action("area.copy", Braces)}
          {action("modulator.listenSelected", Radio)}
          {action("area.remove", Trash2)}
        </div>
      </div>
      {areas.length === 1 ? (
        <p className="dim inspector-sub">
          {t(`kind.${area.kind}`)}
          {regionName && (
            <>
              {" · "}
              <button type="button" className="link" onClick={() => stores.editing.getState().choose({ region: area.region })}>
                {regionName}
              </button>
            </>
          )}{" "}
          · <code>{area.idText}</code>
        </p>
      ) : (
        <ul className="chips inspector-sub">
          {areas.slice(0, 12).map(({ id, name, kind }) => (
            <li key={id}>
              <button type="button" className="chip" onClick={() => stores.selection.getState().selectArea(id)}>
                <KindGlyph kind={kind} /> {name}
              </button>
            </li>
          ))}
          {areas.length > 12 && <li className="dim">{t("editing.more", { count: areas.length - 12 })}</li>}
        </ul>
      )}
      <dl className="facts">
        <dt>{t("inspector.neurons")}</dt>
        <dd>{sum(({ livingNeurons, neurons }) => livingNeurons ?? neurons)}</dd>
        <dt>{t("inspector.incoming")}</dt>
        <dd>{sum(({ incomingSynapses }) => incomingSynapses)}</dd>
        <dt>{t("inspector.outgoing")}</dt>
        <dd>{sum(({ outgoingSynapses }) => outgoingSynapses)}</dd>
      </dl>
    </section>
  );
}
