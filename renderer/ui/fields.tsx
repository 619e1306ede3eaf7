/** Fields with a label always beside them; those of numbers are in `NumberField.tsx`. */
import { ChevronDown } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import {
  Select as AriaSelect,
  Switch as AriaSwitch,
  TextField as AriaTextField,
  Button,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from "react-aria-components";
import { HintTip, Refusal, useCommit } from "./field-parts.tsx";
import { t } from "./messages.ts";
import { SeverityIcon } from "./SeverityIcon.tsx";

/** Text that is taken over on Enter or blur; Escape puts the old one back. */
export function CommitTextField({
  label,
  value,
  onCommit,
  isDisabled = false,
}: {
  label: string;
  value: string;
  onCommit: (value: string) => Promise<unknown>;
  isDisabled?: boolean;
}) {
  const [draft, setDraft] = useState(value);
  const [refusal, commit] = useCommit(onCommit);
  useEffect(() => setDraft(value), [value]);
  const take = () => draft.trim() !== "" && draft !== value && commit(draft.trim());
  return (
    <AriaTextField className="field" value={draft} onChange={setDraft} onBlur={take} isDisabled={isDisabled}>
      <Label>{label}</Label>
      <Input
        className="input"
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
          if (event.key === "Escape") setDraft(value);
        }}
      />
      <Refusal text={refusal} />
    </AriaTextField>
  );
}

export function TextField({
  label,
  value,
  onChange,
  placeholder,
  note,
  autoFocus,
  stacked = true,
  problem = null,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  note?: string;
  autoFocus?: boolean;
  stacked?: boolean;
  /** What is wrong with the text as it stands. */
  problem?: string | null;
}) {
  return (
    <AriaTextField
      className="field"
      data-stacked={stacked ? "" : undefined}
      isInvalid={problem !== null}
      value={value}
      onChange={onChange}
      {...(autoFocus ? { autoFocus } : {})}
    >
      <Label>{label}</Label>
      <Input className="input" placeholder={placeholder ?? ""} spellCheck={false} />
      {note && (
        <Text slot="description" className="field-note">
          {note}
        </Text>
      )}
      <FieldError className="field-error">
        {problem !== null && (
          <>
            <SeverityIcon severity="error" /> {problem}
          </>
        )}
      </FieldError>
    </AriaTextField>
  );
}

export function Switch({
  label,
  value,
  onCommit,
  hint,
  isDisabled = false,
}: {
  label: string;
  /** Null: several things with different values. */
  value: boolean | null;
  onCommit: (value: boolean) => unknown;
  hint?: string;
  isDisabled?: boolean;
}) {
  const field = useRef<HTMLLabelElement>(null);
  const [refusal, commit] = useCommit(onCommit);
  return (
    <>
      <AriaSwitch ref={field} className="switch" isSelected={value === true} onChange={commit} isDisabled={isDisabled}>
        <span>
          {label}
          {value === null && <span className="dim"> ({t("field.mixed")})</span>}
        </span>
        <span className="switch-track" aria-hidden data-mixed={value === null || undefined} />
      </AriaSwitch>
      {hint && <HintTip field={field}>{hint}</HintTip>}
      <Refusal text={refusal} />
    </>
  );
}

export interface Choice<T extends string> {
  id: T;
  label: string;
  icon?: ReactNode;
}

export function Select<T extends string>({
  label,
  value,
  choices,
  onChange,
  hideLabel = false,
  placeholder,
}: {
  label: string;
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
  hideLabel?: boolean;
  /** While none of the choices is the value. */
  placeholder?: string;
}) {
  return (
    <AriaSelect
      className={hideLabel ? "" : "field"}
      {...(hideLabel ? { "aria-label": label } : {})}
      {...(placeholder === undefined ? {} : { placeholder })}
      value={value}
      onChange={(next) => onChange(next as T)}
    >
      {!hideLabel && <Label>{label}</Label>}
      <Button className="button">
        <SelectValue />
        <ChevronDown size={13} aria-hidden />
      </Button>
      <Popover className="popover">
        <ListBox className="listbox" items={choices}>
          {(choice) => (
            <ListBoxItem className="option" id={choice.id} textValue={choice.label}>
              {choice.icon}
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
