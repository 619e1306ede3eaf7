/** The dot in the gutter of a row: a press sets the common breakpoint of what the row shows, another takes it away; a menu has the rest. */
import { useRef, useState } from "react";
import { Button as AriaButton, Menu, MenuItem, Popover } from "react-aria-components";
import { useStore } from "zustand";
import type { Condition } from "#contracts/conditions.ts";
import { editBreakpoint, toggleBreakpoint } from "../../shell/commands/debugging.ts";
import { useAttempt, useCanWrite, useShortcutOf, useWorkbench } from "../../shell/workbench.ts";
import { breakpointOn } from "../../stores/debug-store.ts";
import { t } from "../../ui/messages.ts";
import { Disc } from "./Disc.tsx";
import "./breakpoint-dot.css";

interface BreakpointDotProps {
  condition: Condition;
  /** In which burst it stops, such as "V1 fires". */
  what: string;
  /** False where a dot that is not set is not worth its place, as on rows that nobody points at. */
  isOffered?: boolean;
}

export function BreakpointDot({ condition, what, isOffered = true }: BreakpointDotProps) {
  const workbench = useWorkbench();
  const { stores, lab } = workbench;
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const shortcutOf = useShortcutOf();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const found = useStore(stores.debug.store, ({ breakpoints }) => breakpointOn(breakpoints, condition));
  const update = (change: { enabled?: boolean; action?: "pause" | "log" }) =>
    found && attempt(lab.debug.update({ id: found.id, ...change }).then(() => stores.debug.read()));
  const actions = {
    toggle: () => toggleBreakpoint(workbench, condition),
    edit: () => editBreakpoint(workbench, condition),
    enable: () => update({ enabled: !found?.enabled }),
    log: () => update({ action: found?.action === "log" ? "pause" : "log" }),
  };
  const items: { id: keyof typeof actions; text: string; keys?: string | undefined }[] = [
    { id: "toggle", text: t(found ? "dot.remove" : "dot.set"), keys: shortcutOf("debug.toggle") },
    { id: "edit", text: t(found ? "dot.edit" : "dot.setAndEdit"), keys: shortcutOf("debug.edit") },
    ...(found
      ? [
          { id: "enable" as const, text: t(found.enabled ? "dot.disable" : "dot.enable") },
          { id: "log" as const, text: t(found.action === "log" ? "dot.pause" : "dot.onlyLog") },
        ]
      : []),
  ];
  if (!found && !isOffered && !isOpen) return null;
  const state = !found ? "none" : found.enabled ? found.action : "off";
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what the menu offers can be done by keys and in the panel, too
    <span
      title={`${t("dot.name", { what })}: ${t(`dot.state.${state}`)}`}
      onContextMenu={(event) => {
        event.preventDefault();
        if (canWrite) setOpen(true);
      }}
    >
      <AriaButton
        ref={button}
        className="breakpoint-dot"
        data-breakpoint={JSON.stringify(condition)}
        data-state={state}
        aria-label={t("dot.name", { what })}
        aria-pressed={found !== undefined}
        isDisabled={!canWrite}
        onPress={actions.toggle}
      >
        <Disc action={found?.action ?? "pause"} enabled={found?.enabled ?? false} />
      </AriaButton>
      {isOpen && (
        <Popover className="popover" triggerRef={button} isOpen onOpenChange={setOpen}>
          <Menu
            className="listbox"
            aria-label={t("dot.name", { what })}
            autoFocus="first"
            onAction={(key) => actions[key as keyof typeof actions]()}
            onClose={() => setOpen(false)}
          >
            {items.map(({ id, text, keys }) => (
              <MenuItem key={id} id={id} className="option" textValue={text}>
                {text} {keys && <kbd>{keys}</kbd>}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      )}
    </span>
  );
}
