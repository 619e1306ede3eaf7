/** The dialogs of classifiers: putting one together, how it is taught, and what a removal takes along. */
import { useState } from "react";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { Select, Switch, TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { EditForm, PlanText, RemovalForm, usePlan } from "../editing/EditForm.tsx";

export function ClassifierForm({ id }: { id: string | null }) {
  const { stores } = useWorkbench();
  const before = useStore(stores.modulators.store, ({ classifiers }) => classifiers.find((one) => one.id === id));
  return before ? <ChangeClassifier key={before.id} {...before} /> : <CreateClassifier />;
}

function CreateClassifier() {
  const { lab, stores } = useWorkbench();
  const regions = useStore(stores.brain, (state) => state.regions);
  const [name, setName] = useState("");
  const [region, setRegion] = useState(regions.find(({ parent }) => parent === null)?.id ?? "");
  const classifier = { name: name.trim(), ...(region === "" ? {} : { region }) };
  const isReady = classifier.name !== "";
  const plan = usePlan(isReady ? () => lab.classifier.create({ ...classifier, dryRun: true }) : null, JSON.stringify(classifier));
  return (
    <EditForm
      title={t("classifiers.create")}
      action={t("editing.create")}
      isReady={isReady && plan.refusal === null}
      onSubmit={() => lab.classifier.create(classifier)}
    >
      <TextField label={t("inspector.name")} value={name} onChange={setName} autoFocus stacked={false} note={t("classifiers.createNote")} />
      <Select
        label={t("editing.parent")}
        value={region}
        onChange={setRegion}
        choices={regions.map((one) => ({ id: one.id, label: one.name }))}
      />
      {isReady && <PlanText plan={plan} />}
    </EditForm>
  );
}

function ChangeClassifier(before: { id: string; name: string; rewardTraining: boolean; rewardModulators: readonly string[] }) {
  const { lab, stores } = useWorkbench();
  const modulators = useStore(stores.modulators.store, (state) => state.modulators);
  const rewards = (modulators ?? []).filter(({ type }) => type === "synaptic.reward");
  const [name, setName] = useState(before.name);
  const [rewardTraining, setTraining] = useState(before.rewardTraining);
  const [rewardModulators, setModulators] = useState([...before.rewardModulators]);
  const change = { id: before.id, name: name.trim(), rewardTraining, rewardModulators };
  const isReady = change.name !== "";
  const plan = usePlan(isReady ? () => lab.classifier.update({ ...change, dryRun: true }) : null, JSON.stringify(change));
  return (
    <EditForm
      title={t("classifiers.change", { name: before.name })}
      action={t("editing.apply")}
      isReady={isReady && plan.refusal === null}
      onSubmit={() => lab.classifier.update(change)}
    >
      <TextField label={t("inspector.name")} value={name} onChange={setName} autoFocus stacked={false} />
      <Switch label={t("classifiers.reward")} value={rewardTraining} hint={t("classifiers.rewardHint")} onCommit={setTraining} />
      {rewardTraining && rewards.length > 0 && (
        <fieldset className="classifier-rewards">
          <legend>{t("classifiers.rewards")}</legend>
          {rewards.map(({ id }) => (
            <Switch
              key={id}
              label={id}
              value={rewardModulators.includes(id)}
              onCommit={(isOn) => setModulators(isOn ? [...rewardModulators, id] : rewardModulators.filter((one) => one !== id))}
            />
          ))}
        </fieldset>
      )}
      {isReady && <PlanText plan={plan} />}
    </EditForm>
  );
}

export function RemoveClassifier({ id }: { id: string }) {
  const { lab, stores } = useWorkbench();
  const name = useStore(stores.modulators.store, ({ classifiers }) => classifiers.find((one) => one.id === id)?.name ?? id);
  return (
    <RemovalForm name={name} plan={() => lab.classifier.remove({ id, dryRun: true })} remove={() => lab.classifier.remove({ id })}>
      <p>{t("classifiers.removeNote")}</p>
    </RemovalForm>
  );
}
