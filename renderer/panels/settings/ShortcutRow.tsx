/** One command with its keys, and the field that records others. A key that another command answers in the same place is said at once. */
import { Plus, RotateCcw, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { WindowCommand } from "../../shell/commands/command.ts";
import { shortcutFrom } from "../../shell/keymap.ts";
import { canonical, findCollisions, isMac, keyNames } from "../../shell/shortcuts.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";

export function ShortcutRow({ command, isChanged }: { command: WindowCommand; isChanged: boolean }) {
  const { keymap } = useWorkbench();
  const [recording, setRecording] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const { id, title, shortcuts } = command;
  const done = () => {
    setRecording(false);
    // The button that began it, which comes back in the same moment.
    requestAnimationFrame(() => row.current?.querySelector<HTMLElement>(".shortcut-keys > .button:last-child")?.focus());
  };
  return (
    <li className="shortcut-row" ref={row}>
      <span>{title}</span>
      <span className="shortcut-keys">
        {shortcuts.map((shortcut) => (
          <span key={shortcut} className="shortcut-key">
            <kbd>{keyNames(shortcut)}</kbd>
            <Button
              icon={X}
              label={t("shortcuts.remove", { key: keyNames(shortcut), title })}
              variant="quiet"
              onPress={() =>
                keymap.set(
                  id,
                  shortcuts.filter((other) => other !== shortcut),
                )
              }
            />
          </span>
        ))}
        {isChanged && <Button icon={RotateCcw} label={t("shortcuts.reset", { title })} variant="quiet" onPress={() => keymap.reset(id)} />}
        {!recording && <Button icon={Plus} label={t("shortcuts.add", { title })} variant="quiet" onPress={() => setRecording(true)} />}
      </span>
      {recording && <Recorder command={command} onDone={done} />}
    </li>
  );
}

function Recorder({ command, onDone }: { command: WindowCommand; onDone: () => void }) {
  const { commands, keymap } = useWorkbench();
  const field = useRef<HTMLButtonElement>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => field.current?.focus(), []);
  const take = (shortcut: string) => {
    keymap.set(command.id, [...command.shortcuts.filter((old) => canonical(old) !== canonical(shortcut)), shortcut]);
    onDone();
  };
  const takers = (shortcut: string) => {
    const others = commands.filter(({ id }) => id !== command.id);
    const met = findCollisions([...others, { ...command, shortcuts: [shortcut] }]).filter(([, , second]) => second === command.id);
    const ids = new Set(met.map(([, first]) => first));
    return others.filter(({ id }) => ids.has(id));
  };
  const taken = wanted === null ? [] : takers(wanted);
  return (
    <div className="shortcut-recorder">
      <button
        ref={field}
        type="button"
        className="input"
        aria-label={t("shortcuts.record", { title: command.title })}
        onKeyDown={(event) => {
          // Tab and a lone Escape keep their meaning, so that nobody is caught in here.
          if (event.key === "Tab" && !event.ctrlKey && !event.altKey) return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === "Escape") return onDone();
          const shortcut = shortcutFrom(event, isMac);
          if (shortcut === null) return;
          if (takers(shortcut).length === 0) take(shortcut);
          else setWanted(shortcut);
        }}
      >
        {wanted === null ? t("shortcuts.press") : keyNames(wanted)}
      </button>
      {wanted !== null && taken.length > 0 && (
        <div role="alert" className="shortcut-taken">
          <span>{t("shortcuts.taken", { key: keyNames(wanted), titles: taken.map(({ title }) => title).join(", ") })}</span>
          <Button
            onPress={() => {
              for (const other of taken) {
                keymap.set(
                  other.id,
                  other.shortcuts.filter((shortcut) => canonical(shortcut) !== canonical(wanted)),
                );
              }
              take(wanted);
            }}
          >
            {t("shortcuts.takeOver")}
          </Button>
        </div>
      )}
      <Button variant="quiet" onPress={onDone}>
        {t("common.cancel")}
      </Button>
    </div>
  );
}
