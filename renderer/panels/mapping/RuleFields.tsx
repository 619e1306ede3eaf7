/** Everything a mapping rule says: which morphology, how strong, and how its synapses learn. */
import { Shapes } from "lucide-react";
import { LabError } from "#contracts/errors.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import type { DraftRule } from "../../stores/mapping-drafts.ts";
import { Button } from "../../ui/Button.tsx";
import { CommitTextField, Select, Switch } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { NumberField, type NumberLimits, NumberTriple } from "../../ui/NumberField.tsx";
import type { MorphologySummary } from "../editing/use-morphologies.ts";

type NumberKey = "plasticityConstant" | "ltpMultiplier" | "ltdMultiplier" | "plasticityWindow" | "delayBursts" | "attractivity";

/** Bursts; a rule that does not learn may hold none. */
const usualWindow = 5;
const learning: readonly (NumberLimits & { key: NumberKey; unit?: "unit.bursts"; defaultValue: number })[] = [
  { key: "plasticityConstant", defaultValue: 1 },
  { key: "ltpMultiplier", defaultValue: 1 },
  { key: "ltdMultiplier", defaultValue: 1 },
  { key: "plasticityWindow", minValue: 1, integer: true, unit: "unit.bursts", defaultValue: usualWindow },
];

interface Props {
  rule: DraftRule;
  morphologies: readonly MorphologySummary[];
  isDisabled: boolean;
  onChange: (values: Partial<DraftRule>) => void;
}

export function RuleFields({ rule, morphologies, isDisabled, onChange }: Props) {
  const { stores, shell } = useWorkbench();
  const isKnown = morphologies.some(({ id }) => id === rule.morphology);
  const ids = [...(isKnown ? [] : [rule.morphology]), ...morphologies.map(({ id }) => id)].sort((a, b) => a.localeCompare(b));
  const isInhibitory = rule.multiplier < 0;
  const { scalar } = rule;
  const isPlainScalar = Array.isArray(scalar) && scalar.length === 3 && scalar.every((one) => typeof one === "number");
  return (
    <div className="rule-fields">
      <div className="rule-morphology">
        <Select
          label={t("mapping.morphology")}
          value={rule.morphology}
          choices={ids.map((id) => ({ id, label: id }))}
          onChange={(morphology) => onChange({ morphology })}
        />
        <Button
          icon={Shapes}
          variant="quiet"
          label={t("mapping.openRule")}
          onPress={() => {
            stores.editing.getState().choose({ rule: rule.morphology });
            shell.getState().docks?.show("rules");
          }}
        />
      </div>
      <NumberField
        label={t("mapping.multiplier")}
        value={Math.abs(rule.multiplier)}
        {...{ minValue: 0, defaultValue: 1, isDisabled }}
        hint={t("hint.multiplier")}
        onCommit={(value) => onChange({ multiplier: isInhibitory ? -value : value })}
      />
      <Switch
        label={t("mapping.inhibitory")}
        value={isInhibitory}
        isDisabled={isDisabled || rule.multiplier === 0}
        hint={t("hint.inhibitory")}
        onCommit={() => onChange({ multiplier: -rule.multiplier })}
      />
      {isPlainScalar ? (
        <NumberTriple
          label={t("mapping.scalar")}
          value={scalar as number[]}
          integer={false}
          isDisabled={isDisabled}
          hint={t("hint.scalar")}
          onCommit={(value) => onChange({ scalar: value })}
        />
      ) : (
        <JsonField
          label={t("mapping.scalar")}
          value={scalar}
          isDisabled={isDisabled}
          onCommit={(value) => onChange({ scalar: value as DraftRule["scalar"] })}
        />
      )}
      <NumberField
        label={t("mapping.delayBursts")}
        value={rule.delayBursts}
        {...{ minValue: 1, maxValue: 255, integer: true, defaultValue: 1, isDisabled }}
        unit={t("unit.bursts")}
        hint={t("hint.delayBursts")}
        onCommit={(delayBursts) => onChange({ delayBursts })}
      />
      <NumberField
        label={t("mapping.attractivity")}
        value={rule.attractivity}
        {...{ minValue: 0, maxValue: 100, defaultValue: 100, isDisabled }}
        unit={t("unit.percent")}
        hint={t("hint.attractivity")}
        onCommit={(attractivity) => onChange({ attractivity })}
      />
      <Switch
        label={t("mapping.plastic")}
        value={rule.plastic}
        isDisabled={isDisabled}
        hint={t("hint.plastic")}
        onCommit={(plastic) => onChange({ plastic, ...(plastic && rule.plasticityWindow < 1 ? { plasticityWindow: usualWindow } : {}) })}
      />
      {rule.plastic &&
        learning.map(({ key, unit, ...limits }) => (
          <NumberField
            key={key}
            label={t(`mapping.${key}`)}
            value={rule[key]}
            isDisabled={isDisabled}
            hint={t(`hint.${key}`)}
            onCommit={(value) => onChange({ [key]: value })}
            {...limits}
            {...(unit ? { unit: t(unit) } : {})}
          />
        ))}
      <JsonField
        label={t("mapping.extras")}
        value={rule.extras ?? {}}
        isDisabled={isDisabled}
        onCommit={(value) => onChange(extrasOf(value))}
      />
    </div>
  );
}

/** Modulators, gates and whatever else the document says of a rule, as it is written. */
function JsonField({
  label,
  value,
  isDisabled,
  onCommit,
}: {
  label: string;
  value: unknown;
  isDisabled: boolean;
  onCommit: (value: unknown) => void;
}) {
  return (
    <CommitTextField
      label={label}
      value={JSON.stringify(value)}
      isDisabled={isDisabled}
      onCommit={async (text) => {
        let value: unknown;
        try {
          value = JSON.parse(text);
        } catch {
          throw new LabError("E_INVALID", t("inspector.noJson"), { text });
        }
        onCommit(value);
      }}
    />
  );
}

function extrasOf(value: unknown): Partial<DraftRule> {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new LabError("E_INVALID", t("mapping.extrasForm"), {});
  return { extras: value as Record<string, unknown> };
}
