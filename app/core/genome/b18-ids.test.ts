import { expect, test } from "vitest";
import { fromB18 } from "./b18-ids.ts";
import { encodeId } from "./cortical-id.ts";

const id = (unit: string, ...bytes: number[]) => encodeId(unit + String.fromCharCode(...bytes));

test("a device's sub-unit and index go where they are today, in keys and values; other ids and texts stay", () => {
  const [tile, unit] = [id("isvi", 9, 0, 4, 0), id("omot", 1, 3, 0, 2)];
  const document = (a: string, b: string) =>
    JSON.stringify({ [`_____10c-${a}-cx-dstmap-d`]: { [b]: [] }, [id("cAAA", 9, 0, 4, 0)]: `${a}x=`, [a]: a });
  expect(fromB18(document(tile, unit))).toBe(
    document(tile, unit)
      .replaceAll(tile, id("isvi", 0x49, 0, 0, 0))
      .replaceAll(unit, id("omot", 1, 3, 2, 0)),
  );
});

test("what is in today's form already has no sub-unit of its own and stays", () => {
  const text = JSON.stringify([id("isvi", 0x49, 0, 0, 0), id("iimg", 9, 0, 0, 0)]);
  expect(fromB18(text)).toBe(text);
});
