/** The dialog of an edit: a form with one thing to do; what it would do is worked out while it is filled in, and a refusal stays in it. */
import { type ReactNode, useEffect, useState } from "react";
import type { EditSummary } from "#contracts/edit.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { scaleText } from "./scale.ts";

export function EditForm({
  title,
  action,
  isReady,
  isDanger = false,
  onSubmit,
  children,
}: {
  title: string;
  action: string;
  isReady: boolean;
  isDanger?: boolean;
  onSubmit: () => Promise<unknown>;
  children: ReactNode;
}) {
  const { stores } = useWorkbench();
  const { closeDialog } = stores.editing.getState();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const submit = async () => {
    if (!isReady || isPending) return;
    setPending(true);
    setRefusal(null);
    try {
      await onSubmit();
      closeDialog();
    } catch (error) {
      setRefusal(messageOf(error));
      setPending(false);
    }
  };
  return (
    <AppDialog
      title={title}
      isOpen
      onClose={closeDialog}
      footer={
        <>
          <Button onPress={closeDialog}>{t("editing.cancel")}</Button>
          <Button variant={isDanger ? "danger" : "primary"} isDisabled={!isReady} isPending={isPending} onPress={submit}>
            {action}
          </Button>
        </>
      }
    >
      <form
        className="edit-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {children}
        {/* Enter in a field submits. */}
        <button type="submit" hidden />
      </form>
      {refusal && (
        <Notice severity="error" live>
          {refusal}
        </Notice>
      )}
    </AppDialog>
  );
}

type Plan = () => Promise<{ summary: EditSummary }>;

/** What an edit would do, asked again a moment after `asked` changed; null: it cannot be asked yet. */
export function usePlan(plan: Plan | null, asked: string): { summary: EditSummary | null; refusal: string | null } {
  const [answer, setAnswer] = useState<{ of: string; summary: EditSummary | null; refusal: string | null } | null>(null);
  const canAsk = plan !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` says all that the plan depends on
  useEffect(() => {
    if (!plan) return;
    let current = true;
    const take = (summary: EditSummary | null, refusal: string | null) => current && setAnswer({ of: asked, summary, refusal });
    const timer = setTimeout(
      () =>
        plan().then(
          ({ summary }) => take(summary, null),
          (error: unknown) => take(null, messageOf(error)),
        ),
      answer === null ? 0 : askAfterMs,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, canAsk]);
  return canAsk && answer?.of === asked ? answer : { summary: null, refusal: null };
}

const askAfterMs = 300;

/** The scale of a plan in words, that it can be undone, or why it cannot be made. */
export function PlanText({ plan: { summary, refusal } }: { plan: ReturnType<typeof usePlan> }) {
  if (refusal !== null) return <Notice severity="error">{refusal}</Notice>;
  return (
    <p aria-live="polite">
      {summary ? scaleText(summary) : t("editing.planning")} <span className="dim">{t("editing.canUndo")}</span>
    </p>
  );
}

/** A removal is asked about once, by its scale. */
export function RemovalForm({
  name,
  plan,
  remove,
  children,
}: {
  name: string;
  plan: Plan;
  remove: () => Promise<unknown>;
  children?: ReactNode;
}) {
  const planned = usePlan(plan, name);
  return (
    <EditForm
      title={t("editing.remove", { name })}
      action={t("editing.removeAction")}
      isReady={planned.summary !== null}
      isDanger
      onSubmit={remove}
    >
      <PlanText plan={planned} />
      {children}
    </EditForm>
  );
}
