/** Stems from 0 to a value, as SVG path data, which a canvas draws too. Several series stand on the same rows, so each has a head of its own. */
export type StemHead = "dot" | "bar";

const headSize = 2.5;

/** By the place of the series. */
export function headOf(place: number): StemHead {
  return place % 2 === 0 ? "bar" : "dot";
}

/** One stem; `scale`: pixels of the picture for one of the screen. */
export function stemPath(x: number, base: number, y: number, head: StemHead, scale = 1): string {
  const size = headSize * scale;
  const top =
    head === "dot"
      ? `M${x + size} ${y}a${size} ${size} 0 1 1 ${-2 * size} 0a${size} ${size} 0 1 1 ${2 * size} 0`
      : `M${x - size} ${y}h${2 * size}`;
  return `M${x} ${base}V${y}${top}`;
}
