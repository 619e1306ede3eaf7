/**
 * Numbers as people type them: plain, or as an expression after an optional "=", such as `=128*2` or `(64+1)/4`.
 * Locale-independent but for one comma, which may stand for the point. Parsed, never evaluated as code.
 */

/** Null where the text is no number. */
export function evaluate(text: string): number | null {
  const trimmed = text.trim().replace(/^=/, "").replace(/−/g, "-");
  const source = /^[-+]?\d+,\d+$/.test(trimmed) ? trimmed.replace(",", ".") : trimmed;
  const tokens = source.match(/\d*\.?\d+(?:e[-+]?\d+)?|\d+\.|[-+*/^()]|\S/gi) ?? [];
  let at = 0;
  const take = (token: string) => tokens[at] === token && ++at > 0;

  const sum = (): number => {
    let value = product();
    for (;;) {
      if (take("+")) value += product();
      else if (take("-")) value -= product();
      else return value;
    }
  };
  const product = (): number => {
    let value = signed();
    for (;;) {
      if (take("*")) value *= signed();
      else if (take("/")) value /= signed();
      else return value;
    }
  };
  const signed = (): number => {
    if (take("-")) return -signed();
    if (take("+")) return signed();
    const base = atom();
    return take("^") ? base ** signed() : base;
  };
  const atom = (): number => {
    if (take("(")) {
      const value = sum();
      return take(")") ? value : Number.NaN;
    }
    const token = tokens[at++];
    return token !== undefined && /\d/.test(token) ? Number(token) : Number.NaN;
  };

  const value = sum();
  return at === tokens.length && Number.isFinite(value) ? value : null;
}

/** As it stands in a field: without grouping and without the rounding noise of 32-bit floats. */
export function shownNumber(value: number): string {
  return String(Number(value.toPrecision(7)));
}
