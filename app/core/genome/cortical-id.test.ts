import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOfIdText, decodeId, encodeId, idTextOf, migrateIds } from "./cortical-id.ts";

const migrated = (ids: string[], strict = false) =>
  Object.fromEntries([...migrateIds(ids, () => "", strict)].map(([id, bytes]) => [id, idTextOf(bytes)]));

describe("cortical ids", () => {
  test("any eight bytes survive base64", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        const text = String.fromCharCode(...bytes);
        expect(encodeId(text)).toBe(Buffer.from(bytes).toString("base64"));
        expect(decodeId(encodeId(text))).toBe(text);
      }),
    );
  });

  test("base64 that is not of eight bytes is not an id", () => {
    for (const text of ["AAAAAAAA", "AAAAAAAAAAB=", "cABCDEFGHIJ", "", "AAAAAAAAAA=="]) expect(decodeId(text)).toBeUndefined();
  });

  test.each([
    ["_power", "___power"],
    ["_fatigue", "___fatig"],
    ["_pleasure", "___pleas"],
    ["CIHMot", "cIHMot__"],
    ["zodd01", "codd01__"],
    ["c__for", "c__for__"],
    ["cABCDEFG", "cABCDEFG"],
    ["Y0lITW90X18=", "cIHMot__"],
  ])("%s is read as %s", (text, bytes) => {
    expect(bytesOfIdText(text)).toBe(bytes);
  });

  test.each(["cABCD", "cABCDEF", "é23456", ""])("%j has no eight bytes", (text) => {
    expect(bytesOfIdText(text)).toBeUndefined();
  });

  test.each([
    ["iic400", "isvi\\x49\\x00\\x00\\x00".replace("\\x49", "I")],
    ["iv00_C", "isviI\\x00\\x00\\x00"],
    ["iv00TR", "isvi\\x89\\x00\\x00\\x00"],
    ["omot00", "omot\\x05\\x00\\x00\\x00"],
    ["ogaz00", "ogaz\\x02\\x00\\x00\\x00"],
    ["i__pro", "ipro\\x01\\x00\\x00\\x00"],
    ["o_spos", "opos\\x0b\\x00\\x00\\x00"],
    ["o_mctl", "co_mctl_"],
    ["iv00CC", "civ00CC_"],
    ["__forw", "c__forw_"],
  ])("the old id %s becomes %s", (old, text) => {
    expect(migrated([old])[old]).toBe(text);
  });

  test("an id whose form is taken falls through to the next form, in the order of the old ids", () => {
    expect(migrated(["iv00BL", "iic000"])).toEqual({ iic000: "isvi\\x09\\x00\\x00\\x00", iv00BL: "civ00BL_" });
  });

  test("two old sensors stay half converted only in the strict reading", () => {
    expect(migrated(["i__acc"], true)).toEqual({ i__acc: "i__acc__" });
    expect(migrated(["i__acc"])).toEqual({ i__acc: "ci__acc_" });
  });
});
