/** A composite: the source cut into boxes, of which some are chosen along each axis, and the rule that works inside each. */
import type { Morphology } from "#contracts/connectome.ts";
import { Select } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { NumberTriple } from "../../ui/NumberField.tsx";
import type { MorphologySummary } from "../editing/use-morphologies.ts";

type Composite = Extract<Morphology, { type: "composite" }>;
const axes = ["x", "y", "z"] as const;

export function CompositeEditor({
  morphology,
  morphologies,
  isDisabled,
  onChange,
}: {
  morphology: Composite;
  morphologies: readonly MorphologySummary[];
  isDisabled: boolean;
  onChange: (morphology: Composite) => void;
}) {
  const mappers = morphologies.filter(({ type }) => type !== "composite").map(({ id }) => ({ id, label: id }));
  const set = (values: Partial<Composite>) => onChange({ ...morphology, ...values });
  return (
    <>
      <NumberTriple
        label={t("rules.seed")}
        value={morphology.seed}
        minValue={1}
        isDisabled={isDisabled}
        hint={t("rules.seedHint")}
        onCommit={(seed) => set({ seed })}
      />
      {axes.map((axis, i) => (
        <NumberTriple
          key={axis}
          label={t("rules.chooseSkip", { axis })}
          axes={[t("rules.choose2"), t("rules.skip")]}
          value={morphology.pattern[i]!}
          minValue={0}
          isDisabled={isDisabled}
          hint={t("rules.chooseSkipHint")}
          onCommit={([choose, skip]) =>
            set({ pattern: morphology.pattern.map((old, j) => (j === i ? [choose, skip] : old)) as Composite["pattern"] })
          }
        />
      ))}
      {isDisabled ? (
        <p className="dim">{t("rules.mapperIs", { mapper: morphology.mapper })}</p>
      ) : (
        <Select label={t("rules.mapper")} value={morphology.mapper} choices={mappers} onChange={(mapper) => set({ mapper })} />
      )}
    </>
  );
}
