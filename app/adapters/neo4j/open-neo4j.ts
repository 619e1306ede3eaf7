/** Neo4j behind the port of a graph database. The driver is loaded when somebody connects, and not before. */
import type { GraphPlace } from "#contracts/commands/neo4j.ts";
import type { GraphDatabase, GraphSupply } from "#services/ports.ts";
import { GraphQuestions } from "./questions.ts";
import { refusalOf, refuseOld } from "./refusals.ts";
import { BrainWriter } from "./write-brain.ts";

const CONNECTING_MS = 10_000;
/** How long a transaction is repeated that a passing fault undid. */
const REPEATING_MS = 15_000;

export const neo4jSupply: GraphSupply = { open: openNeo4j };

export async function openNeo4j(place: GraphPlace, password: string): Promise<GraphDatabase> {
  const { default: neo4j } = await import("neo4j-driver");
  const driver = neo4j.driver(place.uri, neo4j.auth.basic(place.user, password), {
    disableLosslessIntegers: true,
    connectionTimeout: CONNECTING_MS,
    connectionAcquisitionTimeout: CONNECTING_MS,
    maxTransactionRetryTime: REPEATING_MS,
    userAgent: "gyrus",
    telemetryDisabled: true,
    notificationFilter: { minimumSeverityLevel: "OFF" },
  });
  try {
    const session = driver.session({ database: place.database });
    const { records, summary } = await session.run(
      "CALL dbms.components() YIELD name, versions, edition WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version, edition",
    );
    await session.close();
    const { version, edition } = records[0]!.toObject() as { version: string; edition: string };
    refuseOld(version, place);
    const questions = new GraphQuestions(driver, place, neo4j.int);
    const using = async <T>(work: (writer: BrainWriter) => Promise<T>): Promise<T> => {
      const writer = new BrainWriter(driver, place, neo4j.int);
      try {
        return await work(writer);
      } catch (error) {
        throw refusalOf(error, place);
      } finally {
        await writer.close().catch(() => {});
      }
    };
    return {
      server: { version, edition, address: summary.server.address ?? "" },
      held: () => using((writer) => writer.held()),
      write: (order) => using((writer) => writer.write(order)),
      paths: (question) => questions.paths(question),
      motifs: (question) => questions.motifs(question),
      hubs: (question) => questions.hubs(question),
      close: () => driver.close(),
    };
  } catch (error) {
    await driver.close();
    throw refusalOf(error, place);
  }
}
