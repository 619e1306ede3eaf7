/** Fields with a label always beside them. A number is committed on Enter, on blur and by the arrow keys. */
import { ChevronDown } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import {
  NumberField as AriaNumberField,
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
import type { Vec3 } from "#contracts/connectome.ts";
import { messageOf } from "./error-text.ts";
import { SeverityIcon } from "./SeverityIcon.tsx";

const plain: Intl.NumberFormatOptions = { maximumFractionDigits: 7, useGrouping: false };

/** Runs a commit and keeps what it said when it was refused, to be shown under the field. */
function useCommit<T>(commit: (value: T) => unknown): [string | null, (value: T) => void] {
  const [refusal, setRefusal] = useState<string | null>(null);
  return [
    refusal,
    (value) => {
      setRefusal(null);
      Promise.resolve(commit(value)).catch((error: unknown) => setRefusal(messageOf(error)));
    },
  ];
}

interface NumberFieldProps {
  label: string;
  value: number;
  onCommit: (value: number) => unknown;
  minValue?: number;
  maxValue?: number;
  step?: number;
  integer?: boolean;
  unit?: string;
  note?: string;
  isDisabled?: boolean;
}

export function NumberField({ label, value, onCommit, integer, unit, note, ...rest }: NumberFieldProps) {
  const [refusal, commit] = useCommit(onCommit);
  return (
    <AriaNumberField
      {...rest}
      className="field"
      value={value}
      onChange={(next) => !Number.isNaN(next) && next !== value && commit(next)}
      formatOptions={integer ? { maximumFractionDigits: 0, useGrouping: false } : plain}
      isInvalid={refusal !== null}
    >
      <Label>{label}</Label>
      <span className="with-unit">
        {unit && <span className="unit">{unit}</span>}
        <Input className="input number" />
      </span>
      {note && (
        <Text slot="description" className="field-note">
          {note}
        </Text>
      )}
      <Refusal text={refusal} />
    </AriaNumberField>
  );
}

/** Three numbers that belong together: dimensions, a position, a gradient. */
export function NumberTriple({
  label,
  value,
  onCommit,
  minValue,
  axes = ["x", "y", "z"],
  integer = true,
  isDisabled = false,
}: {
  label: string;
  value: Vec3;
  onCommit: (value: Vec3) => unknown;
  minValue?: number;
  axes?: readonly [string, string, string];
  integer?: boolean;
  isDisabled?: boolean;
}) {
  const [refusal, commit] = useCommit(onCommit);
  return (
    <fieldset className="field" data-stacked="" aria-label={label} style={{ border: 0, margin: 0, padding: 0 }}>
      <span className="field-label" aria-hidden>
        {label}
      </span>
      <div className="triple-inputs">
        {axes.map((axis, i) => (
          <AriaNumberField
            key={axis}
            aria-label={`${label} ${axis}`}
            value={value[i] as number}
            {...(minValue === undefined ? {} : { minValue })}
            isDisabled={isDisabled}
            formatOptions={integer ? { maximumFractionDigits: 0, useGrouping: false } : plain}
            onChange={(next) => {
              if (Number.isNaN(next) || next === value[i]) return;
              commit(value.map((old, j) => (j === i ? next : old)) as Vec3);
            }}
          >
            <span className="with-unit">
              <span className="unit" aria-hidden>
                {axis}
              </span>
              <Input className="input triple" />
            </span>
          </AriaNumberField>
        ))}
      </div>
      <Refusal text={refusal} />
    </fieldset>
  );
}

/** Text that is taken over on Enter or blur; Escape puts the old one back. */
export function CommitTextField({
  label,
  value,
  onCommit,
}: {
  label: string;
  value: string;
  onCommit: (value: string) => Promise<unknown>;
}) {
  const [draft, setDraft] = useState(value);
  const [refusal, commit] = useCommit(onCommit);
  useEffect(() => setDraft(value), [value]);
  const take = () => draft.trim() !== "" && draft !== value && commit(draft.trim());
  return (
    <AriaTextField className="field" value={draft} onChange={setDraft} onBlur={take}>
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
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  note?: string;
  autoFocus?: boolean;
  stacked?: boolean;
}) {
  return (
    <AriaTextField
      className="field"
      data-stacked={stacked ? "" : undefined}
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
      <FieldError />
    </AriaTextField>
  );
}

export function Switch({
  label,
  value,
  onCommit,
  isDisabled = false,
}: {
  label: string;
  value: boolean;
  onCommit: (value: boolean) => unknown;
  isDisabled?: boolean;
}) {
  const [refusal, commit] = useCommit(onCommit);
  return (
    <>
      <AriaSwitch className="switch" isSelected={value} onChange={commit} isDisabled={isDisabled}>
        <span>{label}</span>
        <span className="switch-track" aria-hidden />
      </AriaSwitch>
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
}: {
  label: string;
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
  hideLabel?: boolean;
}) {
  return (
    <AriaSelect
      className={hideLabel ? "" : "field"}
      {...(hideLabel ? { "aria-label": label } : {})}
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

function Refusal({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <span className="field-error" role="alert">
      <SeverityIcon severity="error" /> {text}
    </span>
  );
}
