import { expect, test } from "vitest";
import { brainTitle } from "./brain-title.ts";

test("a genome with a title is called by it, with its file beside", () => {
  expect(brainTitle({ title: "The Essential Genome", genomePath: "/data/essential.json" })).toEqual({
    title: "The Essential Genome",
    file: "essential.json",
  });
});

test.each(["Unknown Genome", "", "untitled"])("a genome titled %j is called by its file", (title) => {
  expect(brainTitle({ title, genomePath: "C:\\lab\\learning.json" })).toEqual({ title: "learning.json", file: null });
});

test("a brain without file or title keeps what the document says", () => {
  expect(brainTitle({ title: "Unknown Genome", genomePath: null })).toEqual({ title: "Unknown Genome", file: null });
});
