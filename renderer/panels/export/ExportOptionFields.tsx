/** The options of an export, each with its unit; only those that its form has a use for. */
import { useStore } from "zustand";
import type { Compression } from "#contracts/exports.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Select, Switch, TextField } from "../../ui/fields.tsx";
import { formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { type Around, type Choices, type Form, hasBursts, takesOf, type What } from "./forms.ts";

interface OptionFieldsProps {
  what: What;
  form: Form;
  choices: Choices;
  change(next: Partial<Choices>): void;
  around: Around;
}

export function ExportOptionFields(props: OptionFieldsProps) {
  const { what, form, choices, change } = props;
  const { stores } = useWorkbench();
  const rateHz = useStore(stores.brain, (state) => state.status?.targetHz ?? 0);
  const takes = takesOf(form);
  return (
    <div className="export-options">
      {what === "probes" ? (
        <p className="dim">{t("export.probes", { neurons: props.around.probes.map((id) => `N#${id}`).join(", ") })}</p>
      ) : (
        takes.scope && <ScopeFields {...props} />
      )}
      {takes.stepMs && (
        <NumberField
          label={t("export.step")}
          unit="ms"
          value={choices.stepMs}
          minValue={0}
          onCommit={(stepMs) => change({ stepMs })}
          note={rateHz > 0 ? t("export.stepNote", { ms: formatFigure(1000 / rateHz) }) : t("export.stepAsk")}
        />
      )}
      <BurstFields {...props} />
      {takes.idBase === "either" && (
        <Select
          label={t("export.idBase")}
          value={String(choices.idBase)}
          choices={["0", "1"].map((id) => ({ id, label: t(`export.idBase.${id as "0" | "1"}`) }))}
          onChange={(id) => change({ idBase: id === "1" ? 1 : 0 })}
        />
      )}
      {typeof takes.idBase === "number" && (
        <p className="dim">{t("export.idBase.fixed", { form: t(`export.form.${form}`), base: takes.idBase })}</p>
      )}
      {takes.compression && (
        <Select
          label={t("export.compression")}
          value={
            takes.compression.includes(choices.compression as Compression) ? (choices.compression as Compression) : takes.compression[0]!
          }
          choices={takes.compression.map((id) => ({ id, label: t(`export.compression.${id}`) }))}
          onChange={(compression) => change({ compression })}
        />
      )}
      {takes.rowsPerFile && (
        <NumberField
          label={t("export.rowsPerFile")}
          unit={t("export.rows")}
          value={choices.rowsPerFile}
          minValue={0}
          onCommit={(rowsPerFile) => change({ rowsPerFile: Math.round(rowsPerFile) })}
          note={t("export.rowsNote")}
        />
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

function ScopeFields({ form, choices, change, around: { selected } }: OptionFieldsProps) {
  const { stores } = useWorkbench();
  const regions = useStore(stores.brain, (state) => state.regions);
  const scopes = [
    { id: "all", label: t("export.scope.all") },
    ...(selected.length > 0 ? [{ id: "selected", label: t("export.scope.selected", { count: selected.length }) }] : []),
    ...regions.filter(({ parent }) => parent !== null).map(({ id, name }) => ({ id, label: t("export.scope.region", { name }) })),
  ];
  return (
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
  );
}

function BurstFields({ what, form, choices, change, around: { recorded } }: OptionFieldsProps) {
  if (recorded === null || !takesOf(form).bursts) return null;
  const isOptional = what !== "activity" && what !== "probes" && takesOf(form).bursts === "asked";
  return (
    <>
      {isOptional && (
        <Switch label={t("export.withActivity")} value={choices.withActivity} onCommit={(withActivity) => change({ withActivity })} />
      )}
      {hasBursts(what, form, choices) && (
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
    </>
  );
}
