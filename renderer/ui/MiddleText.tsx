/** A name on one line that loses its middle where room is short: names of areas often differ in their ends alone. */
export function MiddleText({ className, text }: { className: string; text: string }) {
  const at = tailOf(text);
  if (at === null) {
    return (
      <span className={className} title={text}>
        {text}
      </span>
    );
  }
  return (
    <span className={`${className} middle-text`} title={text}>
      <span>{text.slice(0, at)}</span>
      <span>{text.slice(at)}</span>
    </span>
  );
}

const shortest = 18;
const longestTail = 13;

/** Where the end begins that always stays: with a word, where one of its last ones begins there; null for what is short. */
export function tailOf(text: string): number | null {
  if (text.length < shortest) return null;
  for (let at = text.length - longestTail; at < text.length - 2; at++) if (/[\s_.:-][^\s_.:-]/.test(text.slice(at - 1, at + 1))) return at;
  return text.length - 7;
}
