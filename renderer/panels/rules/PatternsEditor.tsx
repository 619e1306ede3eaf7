/** Patterns: pairs of a source and a target voxel, each axis a number or a wildcard. */
import { ArrowRight, Plus, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { TextField as AriaTextField, Input } from "react-aria-components";
import type { Morphology, PatternToken, PatternTokens } from "#contracts/connectome.ts";
import { Button } from "../../ui/Button.tsx";
import { Refusal } from "../../ui/field-parts.tsx";
import { t } from "../../ui/messages.ts";
import { parseToken, tokenText } from "./pattern-text.ts";

type Patterns = Extract<Morphology, { type: "patterns" }>;
const axes = ["x", "y", "z"] as const;
const mostListed = 64;
const blank: PatternTokens = [{ type: "any" }, { type: "any" }, { type: "any" }];

export function PatternsEditor({
  morphology,
  isDisabled,
  onChange,
}: {
  morphology: Patterns;
  isDisabled: boolean;
  onChange: (morphology: Patterns) => void;
}) {
  const { patterns } = morphology;
  const set = (next: Patterns["patterns"]) => onChange({ ...morphology, patterns: next });
  const replace = (place: number, side: "source" | "target", axis: number, token: PatternToken) =>
    set(
      patterns.map((pattern, i) =>
        i === place
          ? { ...pattern, [side]: pattern[side].map((old, j) => (j === axis ? token : old)) as unknown as PatternTokens }
          : pattern,
      ),
    );
  return (
    <>
      <ol className="pattern-list" aria-label={t("rules.patterns")}>
        {patterns.slice(0, mostListed).map((pattern, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: patterns have no other identity than their place
          <li key={i}>
            {(["source", "target"] as const).map((side) => (
              <fieldset key={side} className="pattern-side" aria-label={t(`rules.${side}`, { place: i + 1 })}>
                {side === "target" && <ArrowRight size={13} aria-hidden />}
                {axes.map((axis, j) => (
                  <TokenField
                    key={axis}
                    label={t("rules.token", { side: t(`rules.${side}`, { place: i + 1 }), axis })}
                    token={pattern[side][j]!}
                    isDisabled={isDisabled}
                    onCommit={(token) => replace(i, side, j, token)}
                  />
                ))}
              </fieldset>
            ))}
            <Button
              icon={Trash2}
              variant="quiet"
              label={t("rules.removePattern", { place: i + 1 })}
              isDisabled={isDisabled || patterns.length === 1}
              onPress={() => set(patterns.filter((_, j) => j !== i))}
            />
          </li>
        ))}
      </ol>
      {patterns.length > mostListed && <p className="dim">{t("editing.more", { count: patterns.length - mostListed })}</p>}
      <Button icon={Plus} isDisabled={isDisabled} onPress={() => set([...patterns, { source: blank, target: blank }])}>
        {t("rules.addPattern")}
      </Button>
      <dl className="token-legend">
        {(["any", "same", "others", "exactly", "above", "offset", "range"] as const).map((token) => (
          <div key={token}>
            <dt>
              <code>{t(`rules.sample.${token}`)}</code>
            </dt>
            <dd className="dim">{t(`rules.means.${token}`)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function TokenField({
  label,
  token,
  isDisabled,
  onCommit,
}: {
  label: string;
  token: PatternToken;
  isDisabled: boolean;
  onCommit: (token: PatternToken) => void;
}) {
  const shown = tokenText(token);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const parsed = parseToken(text);
  const take = () => {
    if (parsed && tokenText(parsed) !== shown) onCommit(parsed);
    else setText(shown);
  };
  return (
    <AriaTextField
      className="token"
      aria-label={label}
      value={text}
      onChange={setText}
      isDisabled={isDisabled}
      isInvalid={parsed === null}
      onBlur={take}
    >
      <Input
        className="input"
        spellCheck={false}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
          if (event.key === "Escape") setText(shown);
        }}
      />
      {parsed === null && <Refusal text={t("rules.noToken")} />}
    </AriaTextField>
  );
}
