/**
 * Numbers with a label always beside them. Typed as a number or an expression and checked while typing; taken over on Enter, on
 * leaving, and after arrow keys or a drag along the label. Several different values at once are null, shown as "mixed".
 */
import { RotateCcw } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { TextField as AriaTextField, Input, Label, Text } from "react-aria-components";
import type { Vec3 } from "#contracts/connectome.ts";
import { Button } from "./Button.tsx";
import { evaluate, shownNumber } from "./expression.ts";
import { HintTip, Refusal, useCommit } from "./field-parts.tsx";
import { t } from "./messages.ts";

export interface NumberLimits {
  minValue?: number | undefined;
  maxValue?: number | undefined;
  step?: number | undefined;
  integer?: boolean | undefined;
}

interface NumberFieldProps extends NumberLimits {
  label: string;
  /** Null: several things with different values. */
  value: number | null;
  onCommit: (value: number) => unknown;
  unit?: string;
  /** Always shown below. */
  note?: string;
  /** What the value does; shown on hover and focus, with range and default. */
  hint?: string;
  /** Offers the way back to it. */
  defaultValue?: number | undefined;
  isDisabled?: boolean;
}

/** Arrow keys held down are one change. */
const restMs = 400;
/** Pixels a step while dragging. */
const dragPixels = 4;

export function NumberField({ label, value, onCommit, unit, note, hint, defaultValue, isDisabled = false, ...limits }: NumberFieldProps) {
  const field = useRef<HTMLDivElement>(null);
  const [refusal, commit] = useCommit(onCommit);
  const entry = useNumberEntry(value, limits, commit);
  const describe = hint && [hint, rangeText(limits, unit), defaultValue !== undefined && t("field.default", { value: defaultValue })];
  const hintText = describe ? describe.filter(Boolean).join(" ") : undefined;
  const canReset = defaultValue !== undefined && value !== defaultValue && !isDisabled;
  return (
    <AriaTextField
      ref={field}
      className="field"
      value={entry.text}
      onChange={entry.type}
      isDisabled={isDisabled}
      isInvalid={refusal !== null || entry.problem !== null}
    >
      <Label {...(isDisabled ? {} : { ...entry.drag, "data-scrub": "" })}>{label}</Label>
      <span className="with-unit">
        {canReset && (
          <Button
            icon={RotateCcw}
            className="field-reset"
            variant="quiet"
            label={t("field.reset", { label, value: defaultValue })}
            onPress={() => commit(defaultValue)}
          />
        )}
        {unit && <span className="unit">{unit}</span>}
        <Input
          className="input number"
          inputMode="decimal"
          spellCheck={false}
          placeholder={value === null ? t("field.mixed") : ""}
          {...entry.keys}
        />
      </span>
      {note && (
        <Text slot="description" className="field-note">
          {note}
        </Text>
      )}
      {!note && hintText && (
        <Text slot="description" className="visually-hidden">
          {hintText}
        </Text>
      )}
      <Refusal text={entry.problem ?? refusal} />
      {hintText && <HintTip field={field}>{hintText}</HintTip>}
    </AriaTextField>
  );
}

/** Three numbers that belong together: dimensions, a position, a gradient. An axis on which several things differ is null. */
export function NumberTriple({
  label,
  value,
  onCommit,
  axes = ["x", "y", "z"],
  hint,
  isDisabled = false,
  integer = true,
  ...limits
}: NumberLimits & {
  label: string;
  value: readonly (number | null)[];
  /** The axis that was changed stands alone where the others are mixed. */
  onCommit: (value: Vec3, axis: 0 | 1 | 2) => unknown;
  axes?: readonly string[];
  hint?: string;
  isDisabled?: boolean;
}) {
  const field = useRef<HTMLFieldSetElement>(null);
  const [refusal, commit] = useCommit(({ next, axis }: { next: number; axis: 0 | 1 | 2 }) =>
    onCommit(value.map((old, j) => (j === axis ? next : (old ?? 0))) as Vec3, axis),
  );
  return (
    <fieldset ref={field} className="field number-triple" data-stacked="" aria-label={label}>
      <span className="field-label" aria-hidden>
        {label}
      </span>
      <div className="triple-inputs">
        {axes.map((axis, i) => (
          <TripleInput
            key={axis}
            name={`${label} ${axis}`}
            axis={axis}
            value={value[i] ?? null}
            limits={{ ...limits, integer }}
            isDisabled={isDisabled}
            onCommit={(next) => commit({ next, axis: i as 0 | 1 | 2 })}
          />
        ))}
      </div>
      <Refusal text={refusal} />
      {hint && <HintTip field={field}>{hint}</HintTip>}
    </fieldset>
  );
}

function TripleInput({
  name,
  axis,
  value,
  limits,
  isDisabled,
  onCommit,
}: {
  name: string;
  axis: string;
  value: number | null;
  limits: NumberLimits;
  isDisabled: boolean;
  onCommit: (value: number) => void;
}) {
  const entry = useNumberEntry(value, limits, onCommit);
  return (
    <AriaTextField aria-label={name} value={entry.text} onChange={entry.type} isDisabled={isDisabled} isInvalid={entry.problem !== null}>
      <span className="with-unit">
        <span className="unit" aria-hidden {...(isDisabled ? {} : { ...entry.drag, "data-scrub": "" })}>
          {axis}
        </span>
        <Input
          className="input triple"
          inputMode="decimal"
          spellCheck={false}
          placeholder={value === null ? t("field.mixed") : ""}
          {...entry.keys}
        />
      </span>
      <Refusal text={entry.problem} />
    </AriaTextField>
  );
}

/** What is typed, why it cannot be taken over, and the ways to take it over. */
function useNumberEntry(value: number | null, limits: NumberLimits, commit: (value: number) => void) {
  const shown = value === null ? "" : shownNumber(value);
  const [text, setText] = useState(shown);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** What was handed over last and may still be under way: leaving the field does not send it again, Enter does. */
  const sent = useRef<string | null>(null);
  useEffect(() => {
    sent.current = null;
    setText(shown);
  }, [shown]);
  useEffect(() => () => clearTimeout(rest.current), []);
  const { step = 1, integer = false } = limits;
  const problem = text === shown || text.trim() === "" ? null : problemOf(text, limits);

  const take = (typed: string) => {
    clearTimeout(rest.current);
    const next = typed.trim() === "" ? null : evaluate(typed);
    if (next === null || problemOf(typed, limits) !== null) return;
    const final = shownNumber(next);
    setText(final);
    if (typed === shown || next === value) return;
    sent.current = final;
    commit(next);
  };
  const moved = (from: number, steps: number) => {
    const next = Math.min(limits.maxValue ?? Infinity, Math.max(limits.minValue ?? -Infinity, from + steps * step));
    return shownNumber(integer ? Math.round(next) : next);
  };
  const drag = useScrub((steps, isDone) => {
    const next = moved(value ?? 0, steps);
    setText(next);
    if (isDone) take(next);
  });
  return {
    text,
    problem,
    type: setText,
    drag,
    keys: {
      onBlur: () => text !== sent.current && take(text),
      onKeyDown(event: KeyboardEvent) {
        if (event.key === "Enter") take(text);
        else if (event.key === "Escape" && text !== shown) {
          event.stopPropagation();
          setText(shown);
        } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
          event.preventDefault();
          const steps = (event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 10 : 1);
          const next = moved(evaluate(text) ?? value ?? 0, steps);
          setText(next);
          clearTimeout(rest.current);
          rest.current = setTimeout(() => take(next), restMs);
        }
      },
    },
  };
}

function problemOf(text: string, { minValue, maxValue, integer }: NumberLimits): string | null {
  const value = evaluate(text);
  if (value === null) return t("field.noNumber");
  if (integer && !Number.isInteger(value)) return t("field.noInteger");
  if ((minValue !== undefined && value < minValue) || (maxValue !== undefined && value > maxValue))
    return t("field.outOfRange", { range: rangeText({ minValue, maxValue }) });
  return null;
}

function rangeText({ minValue, maxValue }: NumberLimits, unit = ""): string {
  const suffix = unit === "" ? "" : ` ${unit}`;
  if (minValue !== undefined && maxValue !== undefined) return t("field.between", { from: minValue, to: maxValue, unit: suffix });
  if (minValue !== undefined) return t("field.atLeast", { from: minValue, unit: suffix });
  return maxValue === undefined ? "" : t("field.atMost", { to: maxValue, unit: suffix });
}

/** Dragging sideways by steps; a press without a drag stays a press on the label. */
function useScrub(onSteps: (steps: number, isDone: boolean) => void) {
  const from = useRef<{ x: number; steps: number } | null>(null);
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      from.current = { x: event.clientX, steps: 0 };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!from.current) return;
      const steps = Math.round((event.clientX - from.current.x) / dragPixels) * (event.shiftKey ? 10 : 1);
      if (steps === from.current.steps) return;
      from.current.steps = steps;
      onSteps(steps, false);
    },
    onPointerUp() {
      const steps = from.current?.steps ?? 0;
      from.current = null;
      if (steps !== 0) onSteps(steps, true);
    },
    onPointerCancel() {
      from.current = null;
      onSteps(0, false);
    },
  };
}
