/** The kind of a cortical area as a shape, so that colour never carries it alone (design: input ▷, output ◁, …). */
import type { AreaKind } from "#contracts/connectome.ts";
import { t } from "./messages.ts";

const shapes: Record<AreaKind, string> = {
  input: "M3.500 2.500 11.500 7 3.500 11.500z",
  output: "M10.500 2.500 2.500 7l8 4.500z",
  custom: "M7 2.700a4.300 4.300 0 1 0 0 8.600 4.300 4.300 0 0 0 0-8.600z",
  memory: "M7 1.800 12.200 7 7 12.200 1.800 7z",
  core: "M7 1.300 8.500 5.500 12.700 7 8.500 8.500 7 12.700 5.500 8.500 1.300 7 5.500 5.500z",
  modulator: "M2.500 7h9M7 2.500v9M3.800 3.800l6.400 6.400M10.200 3.800l-6.400 6.400",
};

export function KindGlyph({ kind, labelled = false }: { kind: AreaKind; labelled?: boolean }) {
  const solid = kind === "memory" || kind === "core";
  const drawing = (
    <path
      d={shapes[kind]}
      fill={solid ? "currentColor" : "none"}
      stroke={solid ? "none" : "currentColor"}
      strokeWidth={1.5}
      strokeLinejoin="round"
    />
  );
  const className = `kind-glyph kind-${kind}`;
  if (!labelled) {
    return (
      <svg viewBox="0 0 14 14" className={className} aria-hidden="true">
        {drawing}
      </svg>
    );
  }
  return (
    <svg viewBox="0 0 14 14" className={className} role="img" aria-label={t(`kind.${kind}`)}>
      <title>{t(`kind.${kind}`)}</title>
      {drawing}
    </svg>
  );
}
