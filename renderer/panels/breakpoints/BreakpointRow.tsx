/** One breakpoint: a disc that is filled while it is enabled, its text, its count, and its settings when opened. */
import { Settings2, Trash2 } from "lucide-react";
import type { InputOf } from "#contracts/command.ts";
import type { debugCommands } from "#contracts/commands/debug.ts";
import type { Breakpoint } from "#contracts/debug.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/feedback.tsx";
import { CommitTextField, Select, Switch } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { actionChoices } from "./actions.ts";
import { Disc } from "./Disc.tsx";

type Change = Omit<InputOf<typeof debugCommands.update>, "id">;

export function BreakpointRow({ breakpoint, isOpen }: { breakpoint: Breakpoint; isOpen: boolean }) {
  const { stores, lab } = useWorkbench();
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const { id, text, enabled, action, hits, hitCount, coolDown, once, problem } = breakpoint;
  const update = (change: Change) => lab.debug.update({ id, ...change }).then(() => stores.debug.read());
  return (
    <li className="breakpoint" data-id={id} data-enabled={enabled}>
      <div className="breakpoint-line">
        <button
          type="button"
          role="switch"
          aria-checked={enabled}
          className="breakpoint-toggle"
          aria-label={t("breakpoints.enabled", { text })}
          disabled={!canWrite}
          onClick={() => attempt(update({ enabled: !enabled }))}
        >
          <Disc action={action} enabled={enabled} />
        </button>
        <code className="breakpoint-text" title={text}>
          {text}
        </code>
        <Button
          icon={Settings2}
          label={t("breakpoints.edit", { text })}
          variant="quiet"
          pressed={isOpen}
          onPress={() => stores.debug.store.setState({ editing: isOpen ? null : id })}
        />
        <Button
          icon={Trash2}
          label={t("breakpoints.remove", { text })}
          variant="quiet"
          isDisabled={!canWrite}
          onPress={() => attempt(lab.debug.remove({ id }).then(() => stores.debug.read()))}
        />
      </div>
      <p className="dim breakpoint-about num">
        {t(`breakpoints.kind.${action}`)} · {t("breakpoints.hits", { count: hits })}
      </p>
      {problem !== null && (
        <Notice severity="warning" title={t("breakpoints.notArmed")}>
          {problem}
        </Notice>
      )}
      {isOpen && (
        <div className="breakpoint-settings">
          <CommitTextField label={t("breakpoints.condition")} value={text} onCommit={(condition) => update({ condition })} />
          <Select
            label={t("breakpoints.action")}
            value={action}
            choices={actionChoices()}
            onChange={(next) => attempt(update({ action: next }))}
          />
          <NumberField
            label={t("breakpoints.hitCount")}
            value={hitCount}
            minValue={1}
            integer
            onCommit={(next) => update({ hitCount: next })}
          />
          <NumberField
            label={t("breakpoints.coolDown")}
            value={coolDown}
            minValue={0}
            integer
            unit={t("unit.bursts")}
            onCommit={(next) => update({ coolDown: next })}
          />
          <Switch label={t("breakpoints.once")} value={once} onCommit={(next) => update({ once: next })} />
        </div>
      )}
    </li>
  );
}
