/** The options of an export, each with its unit; only those that its form has a use for. */
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { Select, Switch, TextField } from "../../ui/fields.tsx";
import { formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { type Choices, type Form, holdsActivity, isActive, needsStep, takesScope } from "./forms.ts";

interface OptionFieldsProps {
  form: Form;
  /** The activity is what is taken out. */
  isActivity: boolean;
  choices: Choices;
  change(next: Partial<Choices>): void;
  recorded: { first: number; last: number } | null;
  /** Selected areas. */
  selected: number;
}

export function ExportOptionFields({ form, isActivity, choices, change, recorded, selected }: OptionFieldsProps) {
  const { stores } = useWorkbench();
  const regions = useStore(stores.brain, (state) => state.regions);
  const rateHz = useStore(stores.brain, (state) => state.status?.targetHz ?? 0);
  const scopes = [
    { id: "all", label: t("export.scope.all") },
    ...(selected > 0 ? [{ id: "selected", label: t("export.scope.selected", { count: selected }) }] : []),
    ...regions.filter(({ parent }) => parent !== null).map(({ id, name }) => ({ id, label: t("export.scope.region", { name }) })),
  ];
  const hasActivity = holdsActivity(form) && (isActivity || isActive(form) || choices.withActivity);
  return (
    <div className="export-options">
      {takesScope(form) && (
        <>
          <Select
            label={t("export.scope")}
            value={scopes.some(({ id }) => id === choices.scope) ? choices.scope : "all"}
            choices={scopes}
            onChange={(scope) => change({ scope })}
          />
          {form !== "gltf" && form !== "nwb" && (
            <>
              <Select
                label={t("export.synapses")}
                value={choices.synapses}
                choices={(["all", "excitatory", "inhibitory"] as const).map((id) => ({ id, label: t(`export.synapses.${id}`) }))}
                onChange={(synapses) => change({ synapses })}
              />
              <NumberField
                label={t("export.minWeight")}
                value={choices.minWeight}
                minValue={0}
                onCommit={(minWeight) => change({ minWeight })}
              />
            </>
          )}
        </>
      )}
      {needsStep(form) && (
        <NumberField
          label={t("export.step")}
          unit="ms"
          value={choices.stepMs}
          minValue={0}
          onCommit={(stepMs) => change({ stepMs })}
          note={rateHz > 0 ? t("export.stepNote", { ms: formatFigure(1000 / rateHz) }) : t("export.stepAsk")}
        />
      )}
      {holdsActivity(form) && !isActivity && !isActive(form) && recorded && (
        <Switch label={t("export.withActivity")} value={choices.withActivity} onCommit={(withActivity) => change({ withActivity })} />
      )}
      {hasActivity && recorded && (
        <>
          <NumberField
            label={t("export.first")}
            unit={t("export.burst")}
            value={choices.first ?? recorded.first}
            minValue={recorded.first}
            maxValue={choices.last ?? recorded.last}
            onCommit={(first) => change({ first })}
          />
          <NumberField
            label={t("export.last")}
            unit={t("export.burst")}
            value={choices.last ?? recorded.last}
            minValue={choices.first ?? recorded.first}
            maxValue={recorded.last}
            onCommit={(last) => change({ last })}
          />
        </>
      )}
      <div className="export-wide">
        <TextField
          label={t("export.path")}
          value={choices.path}
          onChange={(path) => change({ path })}
          placeholder={t("export.pathHint")}
          note={t("export.pathNote")}
        />
        <Switch label={t("export.verify")} value={choices.verify} onCommit={(verify) => change({ verify })} />
      </div>
    </div>
  );
}
