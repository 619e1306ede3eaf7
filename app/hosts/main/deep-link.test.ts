import { expect, test } from "vitest";
import { linkArgument, parseDeepLink } from "./deep-link.ts";

test.each([
  ["gyrus://open?select=V1%2012,3,0&view=why&burst=42", { select: "V1 12,3,0", view: "why", burst: 42 }],
  ["gyrus://open?file=/g/essential.json", { file: "/g/essential.json" }],
  ["gyrus://open/", {}],
])("%s navigates", (text, link) => expect(parseDeepLink(text)).toEqual(link));

test.each([
  ["another scheme", "https://open?view=why"],
  ["another verb", "gyrus://run?view=why"],
  ["a path below the verb", "gyrus://open/etc/passwd"],
  ["a burst that is no number", "gyrus://open?burst=soon"],
  ["a negative burst", "gyrus://open?burst=-1"],
  ["a view that is no id", "gyrus://open?view=../../x"],
  ["no address at all", "gyrus://%"],
])("%s is not followed", (_, text) => expect(parseDeepLink(text)).toBeNull());

test("a link is found among the arguments of a second start", () => {
  expect(linkArgument(["/opt/gyrus", "--flag", "gyrus://open?view=log"])).toEqual({ view: "log" });
  expect(linkArgument(["/opt/gyrus", "essential.json"])).toBeNull();
});
