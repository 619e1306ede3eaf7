/**
 * The wire of contracts/wire.ts on WebSockets at /ws.
 *
 * The first message must be `hello`; its token decides between reading and writing. A socket that has more than 4 MB waiting
 * gets no frames until it has drained: its credit is parked, and the lab counts what it skipped.
 */
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { LabError, wireErrorOf } from "#contracts/errors.ts";
import { ClientMessage, type HostMessage, WIRE_VERSION } from "#contracts/wire.ts";
import type { Lab } from "#services/lab.ts";
import { type Conversation, converse } from "../conversation.ts";
import { isLoopback, refusal, sameToken } from "./guard.ts";

/** Bytes waiting in a socket above which it gets no frames. */
const chokedBytes = 4 * 1024 * 1024;
/** How long a socket may stay silent before its hello, in ms. */
const helloMs = 10_000;
/** Close codes of our own; 1009 (too big) and 1001 (going away) are the protocol's. */
const closeCode = { badHello: 4401, notJson: 1007, goingAway: 1001 } as const;

interface SocketOptions {
  host: string;
  allowRemote: boolean;
  token: string;
  maxMessageBytes: number;
  dress: (name: string, output: unknown) => unknown;
}

export function serveSockets(server: Server, lab: Lab, options: SocketOptions): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: options.maxMessageBytes, perMessageDeflate: false });
  server.on("upgrade", (request, stream, head) => {
    const { host, origin } = request.headers;
    const path = request.url?.split("?")[0];
    const why = path === "/ws" ? refusal({ host, origin }, options) : "nothing to upgrade here";
    if (why !== null) {
      stream.end(`HTTP/1.1 ${path === "/ws" ? "403 Forbidden" : "404 Not Found"}\r\nConnection: close\r\n\r\n${why}`);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => welcome(socket, lab, options));
  });
  return {
    close() {
      for (const socket of sockets.clients) socket.close(closeCode.goingAway, "the host closes");
      sockets.close();
    },
  };
}

function welcome(socket: WebSocket, lab: Lab, options: SocketOptions) {
  let conversation: Conversation | null = null;
  const silent = setTimeout(() => socket.close(closeCode.badHello, "no hello"), helloMs);
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    clearTimeout(silent);
    conversation?.close();
  });
  socket.on("message", (data, binary) => {
    const message = binary ? undefined : jsonOf(data.toString());
    if (message === undefined) return socket.close(closeCode.notJson, "expected JSON text");
    if (conversation) return conversation.receive(message);
    clearTimeout(silent);
    conversation = answerHello(socket, lab, message, options);
  });
}

/** Starts the conversation, or closes the socket with the reason. */
function answerHello(socket: WebSocket, lab: Lab, message: unknown, options: SocketOptions): Conversation | null {
  const send = (answer: HostMessage) => socket.send(JSON.stringify(answer));
  const refuse = (error: LabError) => {
    send({ t: "error", id: -1, error: wireErrorOf(error) });
    socket.close(closeCode.badHello, error.message);
    return null;
  };
  const hello = ClientMessage.safeParse(message);
  if (!hello.success || hello.data.t !== "hello") return refuse(new LabError("E_INVALID", "The first message must be hello"));
  if (hello.data.version !== WIRE_VERSION) {
    const advice = "Reload the page: it is older or newer than the host.";
    return refuse(new LabError("E_UNSUPPORTED", "Another wire version", { host: WIRE_VERSION, client: hello.data.version }, advice));
  }
  const write = sameToken(hello.data.token, options.token);
  if (!write && (hello.data.token !== "" || !isLoopback(options.host)))
    return refuse(new LabError("E_DENIED", "The token is not the host's"));

  const ready = () => socket.bufferedAmount < chokedBytes;
  const drained = () => {
    if (ready()) conversation.drained();
  };
  const conversation: Conversation = converse(
    lab,
    {
      send: (answer) => socket.send(JSON.stringify(answer), drained),
      sendFrame: (frame) => socket.send(frame, { binary: true }, drained),
      ready,
    },
    WIRE_VERSION,
    { write, source: "window", pid: process.pid, dress: options.dress },
  );
  return conversation;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
