/** A figure's words and lines as SVG: what a canvas would be told, in the same order, and nothing in it that is not well formed. */
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { SvgInk } from "./svg-ink.ts";

const made = () => new SvgInk((text) => ({ width: 7 * text.length }) as TextMetrics);

/** Elements with their attributes, in order; throws where it is no XML. */
function elementsOf(svg: string) {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => found.push({ name, attributes: attributes as Record<string, string> }));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(svg).close();
  return found;
}

test("words stay words, with font, anchor and baseline, whatever signs they hold", () => {
  const ink = made();
  ink.font = "600 13px Inter, sans-serif";
  ink.textAlign = "center";
  ink.textBaseline = "middle";
  ink.fillText('V1 <&"> ▷', 10, 20.12345);
  const svg = ink.finish(100, 50, "A & B");
  const text = elementsOf(svg).find(({ name }) => name === "text")!.attributes;
  expect(text).toMatchObject({ x: "10", y: "20.123", "text-anchor": "middle", "dominant-baseline": "central" });
  expect(text.style).toContain("600 13px Inter");
  expect(svg).toContain("V1 &lt;&amp;&quot;&gt; ▷");
  expect(ink.measureText("four").width).toBe(28);
});

test("what is moved and clipped lies in groups that end with restore", () => {
  const ink = made();
  ink.save();
  ink.translate(5, 6);
  ink.beginPath();
  ink.rect(0, 0, 40, 30);
  ink.clip();
  ink.fillRect(1, 2, 3, 4);
  ink.restore();
  ink.fillRect(0, 0, 1, 1);
  const svg = ink.finish(50, 50, "");
  const names = elementsOf(svg).map(({ name }) => name);
  expect(names).toEqual(["svg", "title", "g", "clipPath", "path", "g", "rect", "rect"]);
  expect(svg.indexOf("</g></g>")).toBeLessThan(svg.lastIndexOf("<rect"));
});

test("a ramp is a gradient that what is filled with it names; dashes and shares of opacity are kept", () => {
  const ink = made();
  const ramp = ink.createLinearGradient(10, 0, 60, 0);
  ramp.addColorStop(0, "#000");
  ramp.addColorStop(1, "#fff");
  ink.fillStyle = ramp;
  ink.fillRect(10, 0, 50, 8);
  ink.setLineDash([4, 3]);
  ink.globalAlpha = 0.5;
  ink.beginPath();
  ink.moveTo(0, 0);
  ink.lineTo(20, 0);
  ink.stroke();
  const elements = elementsOf(ink.finish(80, 20, ""));
  const gradient = elements.find(({ name }) => name === "linearGradient")!.attributes;
  expect(elements.find(({ name }) => name === "rect")!.attributes.fill).toBe(`url(#${gradient.id})`);
  expect(elements.filter(({ name }) => name === "stop")).toHaveLength(2);
  expect(elements.find(({ name }) => name === "path")!.attributes).toMatchObject({
    "stroke-dasharray": "4 3",
    opacity: "0.5",
    d: "M0 0L20 0",
  });
});
