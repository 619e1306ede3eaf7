/** The burst rate that is asked for, and the one that would be kept. */
import { memo } from "react";
import { Group, Input, Label, NumberField } from "react-aria-components";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../workbench.ts";
import { keptRate } from "./kept-rate.ts";

export const RateField = memo(({ targetHz }: { targetHz: number }) => {
  const { lab } = useWorkbench();
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  return (
    <NumberField
      className="figure rate"
      value={targetHz}
      minValue={1}
      maxValue={1000}
      isDisabled={!canWrite}
      onChange={(rateHz) => !Number.isNaN(rateHz) && rateHz !== targetHz && attempt(lab.brain.setRate({ rateHz }))}
    >
      <Label>{t("run.rate")}</Label>
      <Group className="rate-input">
        <Input className="num" />
        <span className="unit" aria-hidden>
          Hz
        </span>
      </Group>
    </NumberField>
  );
});

/** Over budget: the rate that this brain would keep, one press away. */
export function LowerRate({ status }: { status: BrainStatus }) {
  const { lab } = useWorkbench();
  const attempt = useAttempt();
  const rateHz = keptRate(status);
  if (rateHz >= status.targetHz) return null;
  return (
    <Button className="run-lower" tip={t("run.lowerTip")} onPress={() => attempt(lab.brain.setRate({ rateHz }))}>
      {t("run.lower", { rate: rateHz })}
    </Button>
  );
}
