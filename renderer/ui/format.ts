/** Numbers as people read them, by the reader's locale, negative ones with a minus sign; units are always shown by the caller's message. */
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const exact = new Intl.NumberFormat(undefined, { maximumFractionDigits: 7 });
const short = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** A hyphen is no minus: it is shorter than the plus, and breaks a line. */
const withMinus = (number: string) => number.replace("-", "−");

export function formatCount(value: number): string {
  return withMinus(whole.format(value));
}

/** 1,234 stays exact; from 100,000 on 123.5K. */
export function formatCompact(value: number): string {
  return withMinus(value < 100_000 ? whole.format(value) : short.format(value));
}

/** As it is, to seven places behind the point. */
export function formatNumber(value: number): string {
  return withMinus(exact.format(value));
}

/** Three figures or so: 0.012, 0.34, 12.3, 1,234. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value !== 0 && Math.abs(value) < 1) return withMinus(value.toLocaleString(undefined, { maximumSignificantDigits: 2 }));
  return withMinus(Math.abs(value) < 100 ? one.format(value) : whole.format(value));
}

/** A stored value as it is, without the rounding noise of 32-bit floats. */
export function formatExact(value: number): string {
  return formatNumber(Number(value.toPrecision(7)));
}

/** A sentence of the host, whose numbers are as machines write them. */
export function formatSentence(sentence: string): string {
  return sentence.replace(/(?<![\w.)-])-(?=\d)/g, "−");
}

export function formatPercent(share: number): string {
  return `${withMinus(one.format(share * 100))} %`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const power = Math.min(3, Math.floor(Math.log2(bytes) / 10));
  return `${one.format(bytes / 1024 ** power)} ${["B", "KB", "MB", "GB"][power]}`;
}

export function formatTime(time: string | number): string {
  return clock.format(new Date(time));
}

/** A title as a part of a sentence: its first letter small. */
export function inSentence(title: string): string {
  return title.charAt(0).toLocaleLowerCase() + title.slice(1);
}
