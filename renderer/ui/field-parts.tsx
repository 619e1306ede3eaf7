/** What fields share: a commit that keeps its refusal, the line under a field, the hint beside it. */
import { type ReactNode, type RefObject, useEffect, useMemo, useState } from "react";
import { Tooltip, TooltipTriggerStateContext } from "react-aria-components";
import { messageOf } from "./error-text.ts";
import { SeverityIcon } from "./SeverityIcon.tsx";

/** Runs a commit and keeps what it said when it was refused, to be shown under the field. */
export function useCommit<T>(commit: (value: T) => unknown): [string | null, (value: T) => void] {
  const [refusal, setRefusal] = useState<string | null>(null);
  return [
    refusal,
    (value) => {
      setRefusal(null);
      Promise.resolve()
        .then(() => commit(value))
        .catch((error: unknown) => setRefusal(messageOf(error)));
    },
  ];
}

export function Refusal({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <span className="field-error" role="alert">
      <SeverityIcon severity="error" /> {text}
    </span>
  );
}

const hintMs = 600;

/** What a field means, beside it while the pointer or the keyboard rests on it. Assistive technology has it as a description. */
export function HintTip({ field, children }: { field: RefObject<HTMLElement | null>; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const element = field.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setOpen(true), hintMs);
    };
    const onFocus = (event: FocusEvent) => (event.target as Element).matches("[data-focus-visible], :focus-visible") && begin();
    const end = () => {
      clearTimeout(timer);
      setOpen(false);
    };
    const listeners = [
      ["pointerenter", begin],
      ["focusin", onFocus],
      ["pointerleave", end],
      ["pointerdown", end],
      ["focusout", end],
      ["keydown", end],
    ] as const;
    for (const [type, listener] of listeners) element.addEventListener(type, listener as EventListener);
    return () => {
      clearTimeout(timer);
      for (const [type, listener] of listeners) element.removeEventListener(type, listener as EventListener);
    };
  }, [field]);
  const state = useMemo(() => ({ isOpen, shouldSkipAnimation: true, open: () => setOpen(true), close: () => setOpen(false) }), [isOpen]);
  return (
    <TooltipTriggerStateContext.Provider value={state}>
      <Tooltip className="tooltip" triggerRef={field} placement="left" offset={8} aria-hidden>
        {children}
      </Tooltip>
    </TooltipTriggerStateContext.Provider>
  );
}
