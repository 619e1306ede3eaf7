import { expect, test } from "vitest";
import { brainTitle } from "./brain-title.ts";

test("a genome with a title is called by it", () => {
  expect(brainTitle({ title: "The Essential Genome", genomePath: "/data/essential.json" })).toBe("The Essential Genome");
});

test.each(["Unknown Genome", "", "untitled"])("a genome titled %j is called by its file", (title) => {
  expect(brainTitle({ title, genomePath: "C:\\lab\\learning.json" })).toBe("learning.json");
});

test("a brain without file or title keeps what the document says", () => {
  expect(brainTitle({ title: "Unknown Genome", genomePath: null })).toBe("Unknown Genome");
});
