/** The forms that what was chosen can take, as cards: who opens it, how large it may be, what it goes without. */
import { Label, Radio, RadioGroup } from "react-aria-components";
import type { ExportPreflight } from "#contracts/exports.ts";
import { formatBytes } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { type Card, forms, isDoor, type What, wholes } from "./forms.ts";

interface FormCardsProps {
  what: What;
  form: Card;
  sizes: ExportPreflight["sizes"] | undefined;
  isDisabled: boolean;
  choose(form: Card): void;
}

export function FormCards({ what, form, sizes, isDisabled, choose }: FormCardsProps) {
  return (
    <RadioGroup className="export-forms" value={form} isDisabled={isDisabled} onChange={(next) => choose(next as Card)}>
      <Label className="visually-hidden">{t("export.format")}</Label>
      {wholes[what].map((id) => {
        const size = isDoor(id) ? undefined : sizes?.[forms[id].format];
        return (
          <Radio key={id} value={id} className="choice-card" aria-label={t(`export.form.${id}`)}>
            <span className="export-form-head">
              <strong>{t(`export.form.${id}`)}</strong>
              {size !== undefined && <span className="num dim">≈ {formatBytes(size)}</span>}
            </span>
            <span className="dim">
              {t(what === "probes" ? `export.probes.${id as (typeof wholes)["probes"][number]}` : `export.about.${id}`)}
            </span>
            <span className="export-form-loses">{t(what === "probes" ? "export.loses.probes" : `export.loses.${id}`)}</span>
          </Radio>
        );
      })}
    </RadioGroup>
  );
}
