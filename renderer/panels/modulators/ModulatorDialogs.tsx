/** The dialogs of modulators: a new one or its strength, another name, what a removal takes along, and what an area listens to. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { CorticalId } from "#contracts/connectome.ts";
import { type ModulatorKind, modulatorKinds } from "#contracts/patch-extensions.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import type { Modulator } from "../../stores/modulator-store.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { Select, Switch, TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { EditForm, PlanText, RemovalForm, usePlan } from "../editing/EditForm.tsx";

const own = "own";
const bursts = { minValue: 0, maxValue: 65_535, integer: true } as const;

function useModulators(): readonly Modulator[] {
  const { stores } = useWorkbench();
  useEffect(() => stores.modulators.watch(), [stores]);
  return useStore(stores.modulators.store, ({ modulators }) => modulators) ?? [];
}

export function ModulatorForm({ id }: { id: string | null }) {
  const { lab, stores } = useWorkbench();
  const areas = useStore(stores.brain, (state) => state.areas);
  const [before] = useState(() => stores.modulators.store.getState().modulators?.find((one) => one.id === id));
  const [name, setName] = useState(id ?? "");
  const [type, setType] = useState<ModulatorKind>(before?.type ?? "neuro.firing_threshold");
  const [magnitudePercent, setMagnitude] = useState(before?.magnitudePercent ?? 50);
  const [driver, setDriver] = useState<string>(before?.driver ?? own);
  const [effectDurationBursts, setDuration] = useState(before?.effectDurationBursts ?? 1);
  const [restBursts, setRest] = useState(before?.restBursts ?? 0);
  const [graded, setGraded] = useState(before?.graded ?? false);
  const [fullScalePotential, setFullScale] = useState(before?.fullScalePotential ?? 0);
  // An area that is adopted fires as it likes.
  const isOwn = driver === own || areas.find((area) => area.id === driver)?.kind === "modulator";
  const modulator = {
    ...{ id: name.trim(), type, magnitudePercent, graded, fullScalePotential: graded ? fullScalePotential : 0 },
    ...(isOwn ? { effectDurationBursts, restBursts } : {}),
    ...(driver === own ? {} : { driver }),
  };
  const isReady = modulator.id !== "";
  const plan = usePlan(isReady ? () => lab.modulator.set({ ...modulator, dryRun: true }) : null, JSON.stringify(modulator));
  return (
    <EditForm
      title={id === null ? t("modulators.create") : t("modulators.change", { id })}
      action={id === null ? t("editing.create") : t("editing.apply")}
      isReady={isReady && plan.refusal === null}
      onSubmit={() => lab.modulator.set(modulator)}
    >
      {id === null && <TextField label={t("inspector.name")} value={name} onChange={setName} autoFocus stacked={false} />}
      <Select
        label={t("modulators.changes")}
        value={type}
        onChange={setType}
        choices={modulatorKinds.map((kind) => ({ id: kind, label: t(`modulators.kind.${kind}`) }))}
      />
      <NumberField
        label={t("modulators.magnitude")}
        value={magnitudePercent}
        minValue={-100}
        unit={t("unit.percent")}
        hint={t("modulators.magnitudeHint")}
        onCommit={setMagnitude}
      />
      <Select
        label={t("modulators.driver")}
        value={driver}
        onChange={setDriver}
        choices={[
          ...(before ? [] : [{ id: own, label: t("modulators.ownDriver") }]),
          ...areas.map((area) => ({ id: area.id as string, label: area.name })),
        ]}
      />
      {isOwn && (
        <>
          <NumberField
            label={t("modulators.duration")}
            value={effectDurationBursts}
            {...bursts}
            minValue={1}
            unit={t("unit.bursts")}
            onCommit={setDuration}
          />
          <NumberField label={t("modulators.restsFor")} value={restBursts} {...bursts} unit={t("unit.bursts")} onCommit={setRest} />
        </>
      )}
      <Switch label={t("modulators.graded")} value={graded} hint={t("modulators.gradedHint")} onCommit={setGraded} />
      {graded && <NumberField label={t("modulators.fullAt")} value={fullScalePotential} minValue={0} onCommit={setFullScale} />}
      {isReady && <PlanText plan={plan} />}
    </EditForm>
  );
}

export function RenameModulator({ id }: { id: string }) {
  const { lab } = useWorkbench();
  const [name, setName] = useState(id);
  const rename = () => (name.trim() === id ? Promise.resolve() : lab.modulator.rename({ id, to: name.trim() }));
  return (
    <EditForm title={t("editing.rename", { name: id })} action={t("editing.renameAction")} isReady={name.trim() !== ""} onSubmit={rename}>
      <TextField label={t("inspector.name")} value={name} onChange={setName} autoFocus stacked={false} note={t("modulators.renameNote")} />
    </EditForm>
  );
}

export function RemoveModulator({ id }: { id: string }) {
  const { lab } = useWorkbench();
  const found = useModulators().find((one) => one.id === id);
  const listeners = (found?.areas.length ?? 0) + (found?.mappings.length ?? 0);
  return (
    <RemovalForm
      name={id}
      plan={() => lab.modulator.remove({ id, force: true, dryRun: true })}
      remove={() => lab.modulator.remove({ id, force: true })}
    >
      <p>{listeners === 0 ? t("modulators.removeNobody") : t("modulators.removeListeners", { count: listeners })}</p>
    </RemovalForm>
  );
}

export function Listen({ area }: { area: CorticalId }) {
  const { lab, stores } = useWorkbench();
  const { name = "", kind } = stores.brain.getState().areaById.get(area) ?? {};
  const modulators = useModulators();
  const possible = modulators.filter(({ type }) => type.startsWith("neuro.") || (type === "memory.formation" && kind === "memory"));
  const heard = modulators.filter(({ areas }) => areas.includes(area)).map(({ id }) => id);
  const [changed, setChanged] = useState<readonly string[] | null>(null);
  const chosen = changed ?? heard;
  const plan = usePlan(
    changed ? () => lab.modulator.listen({ area, modulators: [...chosen], dryRun: true }) : null,
    JSON.stringify([area, chosen]),
  );
  return (
    <EditForm
      title={t("modulators.listenTitle", { name })}
      action={t("editing.apply")}
      isReady={changed !== null && plan.refusal === null}
      onSubmit={() => lab.modulator.listen({ area, modulators: [...chosen] })}
    >
      {possible.length === 0 ? (
        <EmptyState>{t("modulators.listenNone")}</EmptyState>
      ) : (
        possible.map(({ id, type }) => (
          <Switch
            key={id}
            label={t("modulators.listenTo", { id, kind: t(`modulators.kind.${type}`) })}
            value={chosen.includes(id)}
            onCommit={(isOn) => setChanged(isOn ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
        ))
      )}
      {changed && <PlanText plan={plan} />}
    </EditForm>
  );
}
