/** A new brain from a template: which one, and what it is called. */
import { useEffect, useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import type { OutputOf } from "#contracts/command.ts";
import type { GenomeCommands } from "#contracts/commands/genome.ts";
import { replaceBrain } from "../../shell/replacing.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { TextField } from "../../ui/fields.tsx";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import "./new-genome.css";

type Template = OutputOf<GenomeCommands["templates"]>[number];

export function NewGenomeDialog() {
  const workbench = useWorkbench();
  const { lab, shell } = workbench;
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const [templates, setTemplates] = useState<readonly Template[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [title, setTitle] = useState("");
  const { close } = shell.getState();
  useEffect(() => {
    lab.genome.templates({}).then(
      (read) => {
        setTemplates(read);
        setChosen((before) => before ?? read[0]?.name ?? null);
      },
      (error: unknown) => setRefusal(messageOf(error)),
    );
  }, [lab]);
  const template = templates?.find(({ name }) => name === chosen);
  const create = () => {
    if (!template || !canWrite) return;
    const name = title.trim() || template.title;
    attempt(
      replaceBrain(workbench, name, async () => {
        const { text } = await lab.genome.create({ template: template.name, title: name });
        return lab.genome.load({ text, name });
      }),
    );
    close();
  };
  return (
    <AppDialog
      title={t("new.title")}
      isOpen
      isWide
      onClose={close}
      footer={
        <>
          <Button onPress={close}>{t("common.cancel")}</Button>
          <Button variant="primary" isDisabled={!template || !canWrite} onPress={create}>
            {t("new.create")}
          </Button>
        </>
      }
    >
      {refusal !== null && <Notice severity="error">{refusal}</Notice>}
      {templates === null && refusal === null && <p className="dim">{t("new.loading")}</p>}
      {templates && (
        <RadioGroup className="template-cards" value={chosen} onChange={setChosen}>
          <Label className="visually-hidden">{t("new.template")}</Label>
          {templates.map(({ name, title: known, description, areas, neurons }) => (
            <Radio key={name} value={name} className="choice-card">
              <strong>{known}</strong>
              <span className="dim num">{t("new.size", { areas, neurons, shown: formatCount(neurons) })}</span>
              <span>{description}</span>
            </Radio>
          ))}
        </RadioGroup>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <TextField label={t("new.name")} value={title} onChange={setTitle} placeholder={template?.title ?? ""} stacked={false} />
      </form>
    </AppDialog>
  );
}
