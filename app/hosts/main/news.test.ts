import { expect, test } from "vitest";
import type { Announcement } from "#contracts/wire.ts";
import { createNews } from "./news.ts";

const status = (state: string, more: object = {}) =>
  ({
    type: "brain.status",
    status: { state, brainId: state === "growing" ? null : "b", title: "Essential", neurons: 5, synapses: 7, genomePath: null, ...more },
  }) as unknown as Announcement;

test("growth that ended is news; a brain that merely runs is not", () => {
  const news = createNews();
  expect(news(status("growing"))).toEqual({});
  expect(news(status("paused")).notice).toEqual({ title: "The brain has grown", body: "Essential: 5 neurons, 7 synapses" });
  expect(news(status("running"))).toEqual({});
});

test("a file is told once, when it was opened", () => {
  const news = createNews();
  expect(news(status("paused", { genomePath: "/g/a.json" }))).toEqual({ opened: "/g/a.json" });
  expect(news(status("running", { genomePath: "/g/a.json" }))).toEqual({});
  expect(news(status("paused", { genomePath: "/g/b.json" }))).toEqual({ opened: "/g/b.json" });
});

test("experiments that ended and genomes that were refused are news", () => {
  const news = createNews();
  const progress = (state: string) => ({ type: "evolution.progress", id: "e", name: "rhythm", state, report: null }) as Announcement;
  expect(news(progress("running"))).toEqual({});
  expect(news(progress("finished")).notice?.title).toBe("The experiment has ended");
  expect(news({ type: "growth.failed", name: "x.json", problems: [] }).notice?.body).toBe("x.json: ");
});
