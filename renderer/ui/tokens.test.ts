/** The palette keeps its promises: contrast of text and of the area kinds on every surface they stand on, in both themes. */
import { differenceEuclidean, filterDeficiencyDeuter, filterDeficiencyProt, filterDeficiencyTrit, parse } from "culori";
import { expect, test } from "vitest";

// Types of this room know no Node; the test alone reads the file as it is written.
const { readFileSync }: { readFileSync(path: URL, encoding: "utf8"): string } = await import("node:fs" as string);
const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

type Theme = "light" | "dark";
const surfaces = ["surface-0", "surface-1", "surface-2"];

function token(name: string, theme: Theme): string {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  if (!found) throw new Error(`No token ${name}`);
  return found[theme === "light" ? 1 : 2] as string;
}

/** Relative luminance of WCAG 2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

test.each<Theme>(["light", "dark"])("text, secondary text and focus reach 4.5 : 1 on every surface (%s)", (theme) => {
  for (const surface of [...surfaces, "surface-3"]) {
    for (const text of ["text", "text-2", "focus"])
      expect(contrast(token(text, theme), token(surface, theme)), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
  }
});

test.each<[Theme, number]>([
  ["dark", 4.5],
  ["light", 4.1],
])("area kinds are told from the surface below them (%s)", (theme, least) => {
  for (const kind of ["input", "output", "custom", "memory", "core", "modulator"]) {
    for (const surface of ["surface-0", "surface-1"]) {
      expect(contrast(token(`kind-${kind}`, theme), token(surface, theme)), `${kind} on ${surface}`).toBeGreaterThanOrEqual(least);
    }
  }
});

test.each<Theme>(["light", "dark"])("borders of fields, severity marks and lines of plots reach 3 : 1 (%s)", (theme) => {
  const lines = [0, 1, 2, 3, 4, 5].map((line) => `series-${line}`);
  for (const mark of ["line-strong", "mark-ok", "mark-warning", "mark-error", ...lines]) {
    for (const surface of ["surface-0", "surface-1"]) {
      expect(contrast(token(mark, theme), token(surface, theme)), `${mark} on ${surface}`).toBeGreaterThanOrEqual(3);
    }
  }
});

test("the activity ramp rises in lightness on the dark scene and falls on paper", () => {
  const steps = (theme: Theme) => [0, 1, 2, 3, 4, 5].map((step) => luminance(token(`ramp-${step}`, theme)));
  const dark = steps("dark");
  const paper = steps("light");
  expect(dark).toEqual([...dark].sort((a, b) => a - b));
  expect(paper).toEqual([...paper].sort((a, b) => b - a));
});

/** How a colour is seen: by most, and without the long, middle or short cones (Machado, Oliveira and Fernandes 2009). */
const visions = {
  trichromat: (hex: string) => parse(hex)!,
  protanopia: (hex: string) => filterDeficiencyProt(1)(parse(hex)!),
  deuteranopia: (hex: string) => filterDeficiencyDeuter(1)(parse(hex)!),
  tritanopia: (hex: string) => filterDeficiencyTrit(1)(parse(hex)!),
};
const distance = differenceEuclidean("oklab");
function closest(names: readonly string[], theme: Theme): { pair: string; apart: number } {
  let least = { pair: "", apart: Number.POSITIVE_INFINITY };
  for (const [vision, see] of Object.entries(visions)) {
    names.forEach((a, i) => {
      for (const b of names.slice(i + 1)) {
        const apart = distance(see(token(a, theme)), see(token(b, theme)));
        if (apart < least.apart) least = { pair: `${a}, ${b}, ${vision}`, apart };
      }
    });
  }
  return least;
}

test.each<[Theme, number]>([
  ["dark", 0.105],
  ["light", 0.085],
])("kinds of areas stay apart in every vision (%s)", (theme, least) => {
  const { pair, apart } = closest(["kind-input", "kind-output", "kind-custom", "kind-memory", "kind-core"], theme);
  expect(apart, pair).toBeGreaterThanOrEqual(least);
});

test.each<Theme>(["light", "dark"])("what excites and what inhibits stay apart in every vision, and so do good and bad (%s)", (theme) => {
  expect(closest(["mark-excitatory", "mark-inhibitory"], theme).apart).toBeGreaterThanOrEqual(0.2);
  const { pair, apart } = closest(["mark-ok", "mark-error"], theme);
  expect(apart, pair).toBeGreaterThanOrEqual(0.085);
});

test("the activity ramp keeps its order of lightness in every vision", () => {
  for (const theme of ["dark", "light"] as const) {
    for (const [vision, see] of Object.entries(visions)) {
      const steps = [0, 1, 2, 3, 4, 5].map((step) => distance(see(token(`ramp-${step}`, theme)), parse("#000000")!));
      const rising = theme === "dark" ? steps : steps.toReversed();
      expect(rising, `${theme}, ${vision}`).toEqual([...rising].sort((a, b) => a - b));
    }
  }
});
