/**
 * The HTTP door: every command as POST /v1/<group>/<verb>, its description at /openapi.json, the window's pages, and the
 * wire of contracts/wire.ts on /ws.
 *
 * Bodies pass to `lab.call` unparsed: the registry's schemas are applied there, once, for every door alike. The routes carry
 * the same schemas only to describe themselves.
 */

import { existsSync } from "node:fs";
import { STATUS_CODES } from "node:http";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import swagger from "@fastify/swagger";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { createJsonSchemaTransform, type ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { type ErrorCode, errorCodes, LabError, wireErrorOf } from "#contracts/errors.ts";
import { WIRE_VERSION } from "#contracts/wire.ts";
import type { Lab } from "#services/lab.ts";
import { allCommands, needsToken } from "../registry.ts";
import { createDownloads } from "./downloads.ts";
import { bearerOf, isLoopback, refusal, sameToken } from "./guard.ts";
import { securityHeaders } from "./security-headers.ts";
import { serveSockets } from "./sockets.ts";

export interface HttpDoorOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  token: string;
  /** Folder of the built window; null serves the interface alone. */
  rendererRoot: string | null;
  /** Without it only a loopback address may be bound. */
  allowRemote: boolean;
}

export interface HttpDoor {
  host: string;
  port: number;
  origin: string;
  close(): Promise<void>;
}

/** The largest body or socket message; whole genomes travel as text. */
export const maxMessageBytes = 64 * 1024 * 1024;

export const statusOfError: Record<ErrorCode, number> = {
  E_INVALID: 400,
  E_GENOME: 422,
  E_NETWORK: 422,
  E_NOT_FOUND: 404,
  E_NO_BRAIN: 409,
  E_CONFLICT: 409,
  E_CANCELLED: 409,
  E_DENIED: 403,
  E_GATE: 409,
  E_ENGINE: 500,
  E_NATIVE_NOT_FOUND: 501,
  E_IO: 500,
  E_UNSUPPORTED: 501,
  E_DIVERGED: 500,
};

export async function openHttpDoor(lab: Lab, options: HttpDoorOptions): Promise<HttpDoor> {
  if (!options.allowRemote && !isLoopback(options.host)) {
    throw new LabError(
      "E_DENIED",
      `${options.host} is not a loopback address`,
      { host: options.host },
      "Add --allow-remote to serve other machines.",
    );
  }
  const downloads = createDownloads();
  const app = fastify({ bodyLimit: maxMessageBytes, forceCloseConnections: true, return503OnClosing: false });
  // Validation is the lab's; an answer has passed its schema there, too.
  app.setValidatorCompiler(() => (value) => ({ value }));
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.setErrorHandler((error, _request, reply) => answerError(reply, error));

  app.addHook("onRequest", async (request, reply) => {
    const { host, origin, "sec-fetch-site": fetchSite, "sec-fetch-mode": fetchMode } = request.headers;
    reply.headers({ ...securityHeaders(`ws://${host ?? ""}`), "cache-control": "no-cache" });
    const why = refusal({ host, origin, fetchSite: one(fetchSite), fetchMode: one(fetchMode) }, options);
    if (why !== null) throw new LabError("E_DENIED", `Refused: ${why}`);
  });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Gyrus", description: "The lab's commands. What writes needs the token as a bearer.", version: String(WIRE_VERSION) },
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
    },
    transform: createJsonSchemaTransform({}),
  });
  await app.register(async (routes) => addRoutes(routes, lab, options, downloads));
  if (options.rendererRoot !== null && existsSync(join(options.rendererRoot, "index.html"))) {
    await app.register(fastifyStatic, { root: options.rendererRoot, cacheControl: false });
  } else {
    app.get("/", { schema: { hide: true } }, async () => "Gyrus: no window is built here; the interface is described at /openapi.json\n");
  }
  app.setNotFoundHandler((request, reply) => answerError(reply, new LabError("E_NOT_FOUND", `Nothing at ${request.url.split("?")[0]}`)));

  const sockets = serveSockets(app.server, lab, { ...options, maxMessageBytes, dress: downloads.dress });
  await app.listen({ host: options.host, port: options.port }).catch((error) => {
    sockets.close();
    throw new LabError(
      "E_IO",
      `Cannot listen on ${options.host}:${options.port}`,
      { cause: String(error.code ?? error) },
      "Choose another --port.",
      error,
    );
  });
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("an HTTP server listens on a port");
  const shown = isIPv6(options.host) ? `[${options.host}]` : options.host;
  return {
    host: options.host,
    port: address.port,
    origin: `http://${shown}:${address.port}`,
    async close() {
      sockets.close();
      await app.close();
    },
  };
}

function addRoutes(app: FastifyInstance, lab: Lab, options: HttpDoorOptions, downloads: ReturnType<typeof createDownloads>) {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const needTokenAlways = !isLoopback(options.host);
  const admit = (request: FastifyRequest, needed: boolean) => {
    if ((needed || needTokenAlways) && !sameToken(bearerOf(request.headers.authorization), options.token)) {
      throw new LabError("E_DENIED", "This needs the token", {}, "Send it as `Authorization: Bearer TOKEN`; gyrus serve printed it.");
    }
  };

  const health = z.object({ ok: z.literal(true), version: z.int(), pid: z.int() });
  routes.get("/v1/health", { schema: { summary: "Is the host up", response: { 200: health } } }, async () => ({
    ok: true as const,
    version: WIRE_VERSION,
    pid: process.pid,
  }));

  for (const { name, group, verb, command } of allCommands) {
    const schema = {
      operationId: name,
      tags: [group],
      summary: command.title,
      ...(command.permission === "write" ? { security: [{ token: [] }] } : {}),
      body: command.input,
      response: { 200: command.output, "4xx": errorAnswer, "5xx": errorAnswer },
    };
    routes.post(`/v1/${group}/${verb}`, { schema }, async (request, reply) => {
      const input = request.body ?? {};
      admit(request, needsToken(name, input));
      // A caller that hangs up cancels what it asked for.
      const signal = { aborted: false };
      reply.raw.once("close", () => {
        signal.aborted = !reply.raw.writableFinished;
      });
      const output = await lab.call(name, input, { signal, source: "rest" });
      return downloads.dress(name, output) as never;
    });
  }

  routes.get(
    "/v1/files/:id",
    { schema: { summary: "Fetch an exported file", params: z.object({ id: z.string() }) } },
    async (request, reply) => {
      const { name, bytes, stream } = await downloads.open((request.params as { id: string }).id);
      return reply
        .header("content-type", "application/octet-stream")
        .header("content-length", bytes)
        .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .send(stream);
    },
  );
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
}

const errorAnswer = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  advice: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

function answerError(reply: FastifyReply, error: unknown) {
  const wire = error instanceof LabError ? wireErrorOf(error) : wireErrorOf(labErrorOfFastify(error) ?? error);
  const status = error instanceof LabError || !isFastifyError(error) ? statusOfError[wire.code] : error.statusCode;
  if (wire.code === "E_DENIED") reply.header("www-authenticate", "Bearer");
  reply.code(STATUS_CODES[status] ? status : 500).header("content-type", "application/json; charset=utf-8");
  return reply.send(JSON.stringify(wire));
}

function isFastifyError(error: unknown): error is Error & { statusCode: number } {
  return error instanceof Error && typeof (error as { statusCode?: unknown }).statusCode === "number";
}

/** A body that is too large, of the wrong type or not JSON: the caller's doing. */
function labErrorOfFastify(error: unknown): LabError | null {
  if (!isFastifyError(error) || error.statusCode >= 500) return null;
  return new LabError("E_INVALID", error.message, {}, "Send a JSON object; a large genome is opened by its path.");
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
