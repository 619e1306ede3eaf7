import { expect, test } from "vitest";
import type { GraphNode } from "#contracts/commands/neo4j.ts";
import { LabError } from "#contracts/errors.ts";
import { createGraph, isAskable } from "./graph-store.ts";
import { createJobs } from "./jobs-store.ts";
import { type Asked, askedBridge } from "./testing/asked-bridge.ts";

const nodes: GraphNode[] = [1, 2].map((id) => ({ level: "neurons", id, area: "Y19fYmFjX18=", areaName: "backward", x: 0, y: 0, z: 0 }));

function graphOn(answer: (asked: Asked) => unknown) {
  const { bridge, asked } = askedBridge(answer);
  const jobs = createJobs(bridge);
  return { graph: createGraph(bridge, jobs), jobs, asked };
}

test("a path is asked for between two different ends of one level, and its answer goes with the question", async () => {
  const { graph, asked } = graphOn(() => ({ paths: [nodes], isCut: false, ms: 3 }));
  expect(isAskable(graph.store.getState().question)).toBe(false);
  graph.change({ level: "neurons", from: { areas: null, neurons: 1 }, to: { areas: null, neurons: 2 }, maxHops: 3 });
  expect(isAskable(graph.store.getState().question)).toBe(true);
  await graph.ask();
  expect(asked[0]).toMatchObject({ name: "neo4j.paths", input: { level: "neurons", from: 1, to: 2, maxHops: 3 } });
  expect(graph.store.getState().answer).toMatchObject({ kind: "paths", rows: [{ nodes }], isCut: false });
  graph.change({ kind: "hubs" });
  expect(graph.store.getState().answer).toBeNull();
});

test("a question without an answer says why", async () => {
  const { graph } = graphOn(() => {
    throw new LabError("E_UNSUPPORTED", "Neo4j did not answer", {}, "Ask for fewer hops.");
  });
  graph.change({ kind: "loop" });
  await graph.ask();
  expect(graph.store.getState()).toMatchObject({
    answer: null,
    isAsking: false,
    unanswered: expect.stringContaining("Ask for fewer hops."),
  });
});

test("a write is a job; one that meets something else in the database may be told to take its place", async () => {
  const { graph, jobs, asked } = graphOn(({ input }) => {
    if (input.replace) return { burst: 4 };
    throw new LabError("E_CONFLICT", "The database has nodes labelled Area that the lab did not write");
  });
  await graph.write(false);
  expect(graph.store.getState()).toMatchObject({ isInTheWay: true, written: null });
  await graph.write(true);
  expect(graph.store.getState()).toMatchObject({ isInTheWay: false, refusal: null, written: { burst: 4 } });
  expect(asked.map(({ input }) => input)).toEqual([{ replace: false }, { replace: true }]);
  expect(
    jobs.store
      .getState()
      .jobs.map(({ state }) => state)
      .sort(),
  ).toEqual(["done", "failed"]);
});
