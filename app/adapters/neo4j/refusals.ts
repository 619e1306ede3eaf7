/** What a Neo4j server or the way to it refuses, as errors a person can act on. No password is ever in one. */
import type { GraphPlace } from "#contracts/commands/neo4j.ts";
import { LabError } from "#contracts/errors.ts";

/** Relationship constraints came with 5.7, `SHORTEST` with 5.21. */
const LEAST = [5, 21] as const;
/** A question that takes longer is given up, in ms. */
export const QUESTION_MS = 60_000;

export function refuseOld(version: string, { uri }: GraphPlace): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return;
  throw new LabError(
    "E_UNSUPPORTED",
    `Neo4j ${version} is too old: the lab needs ${LEAST.join(".")} or newer`,
    { path: uri, version },
    "Upgrade it (5.26 is the long-term release), or export neo4j-csv, which older ones import.",
  );
}

/** `doing` says at what it happened, such as "writing synapses/12". */
export function refusalOf(error: unknown, place: GraphPlace, doing = ""): LabError {
  if (error instanceof LabError) return error;
  const { code = "", message = String(error) } = error as { code?: string; message?: string };
  const where = { path: `${place.uri}/${place.database}`, code, ...(doing && { doing }) };
  const made = (as: "E_DENIED" | "E_IO" | "E_NOT_FOUND" | "E_UNSUPPORTED", what: string, advice: string) =>
    new LabError(as, `${what}${doing && ` while ${doing}`}`, where, advice, error);
  if (/Security\.(Unauthorized|CredentialsExpired|TokenExpired)/.test(code))
    return made("E_DENIED", `Neo4j does not take user ${place.user} with this password`, "Check user and password, and connect again.");
  if (code.endsWith("Security.AuthenticationRateLimit"))
    return made("E_DENIED", "Neo4j refuses more attempts after wrong passwords", "Wait some seconds, and connect again.");
  if (code.includes("Security.Forbidden"))
    return made("E_DENIED", `User ${place.user} may not do this in Neo4j`, "Give the user rights to write and to make constraints.");
  if (code.endsWith("DatabaseNotFound"))
    return made("E_NOT_FOUND", `Neo4j has no database ${place.database}`, "Name one that is there; it is usually called neo4j.");
  if (/TransactionTimedOut/.test(code))
    return made(
      "E_UNSUPPORTED",
      `Neo4j did not answer within ${QUESTION_MS / 1000} seconds`,
      "Ask for fewer hops, or for one area, or of areas instead of neurons.",
    );
  if (/OutOfMemory/.test(code))
    return made("E_IO", "Neo4j has too little memory for this", "Raise server.memory.heap.max_size of the server.");
  if (code === "ServiceUnavailable" || code === "SessionExpired")
    return made("E_IO", `No Neo4j answers at ${place.uri}`, "Check the address, whether it runs, and whether it wants TLS (neo4j+s).");
  return made("E_IO", `Neo4j refused: ${message}`, "Look at the log of the server.");
}
