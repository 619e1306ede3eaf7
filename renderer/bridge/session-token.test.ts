import { expect, test } from "vitest";
import { takeSessionToken } from "./session-token.ts";
import { reconnectPauseMs } from "./socket-link.ts";

function page(hash: string, kept: Record<string, string> = {}) {
  const address: string[] = [];
  const store = new Map(Object.entries(kept));
  return {
    address,
    window: {
      location: { hash, pathname: "/", search: "?x=1" },
      history: { replaceState: (_: unknown, __: string, url: string) => address.push(url) },
      sessionStorage: { getItem: (key: string) => store.get(key) ?? null, setItem: (key: string, value: string) => store.set(key, value) },
    } as unknown as Parameters<typeof takeSessionToken>[0],
  };
}

test("the token is taken out of the address and kept for the tab", () => {
  const { window, address } = page("#token=s3cret&view=raster");
  expect(takeSessionToken(window)).toBe("s3cret");
  expect(address).toEqual(["/?x=1#view=raster"]);
  expect(window.sessionStorage.getItem("gyrus.token")).toBe("s3cret");
});

test("a reloaded tab finds its token again and leaves the address alone", () => {
  const { window, address } = page("", { "gyrus.token": "s3cret" });
  expect(takeSessionToken(window)).toBe("s3cret");
  expect(address).toEqual([]);
});

test("a page without a token is read-only", () => {
  expect(takeSessionToken(page("").window)).toBe("");
});

test("pauses between attempts grow to eight seconds", () => {
  expect([0, 1, 2, 3, 10].map(reconnectPauseMs)).toEqual([250, 500, 1000, 2000, 8000]);
});
