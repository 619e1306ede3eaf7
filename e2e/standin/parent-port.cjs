/** Required into a forked host: `process.parentPort` as Electron's utility processes have it. Messages wait for their first listener. */
"use strict";
const { EventEmitter } = require("node:events");
const { decode, encode } = require("./ports.cjs");

const ports = new Map();
const send = (message) => process.connected && process.send(message, undefined, undefined, () => {});

function openPort(port) {
  const emitter = new EventEmitter();
  let waiting = [];
  ports.set(port, {
    data(data) {
      if (waiting) waiting.push(data);
      else emitter.emit("message", { data, ports: [] });
    },
    close() {
      ports.delete(port);
      emitter.emit("close");
    },
  });
  emitter.postMessage = (data) => send({ t: "port-data", port, data: encode(data) });
  emitter.start = () => {
    const early = waiting || [];
    waiting = null;
    for (const data of early) emitter.emit("message", { data, ports: [] });
  };
  emitter.close = () => {
    send({ t: "port-close", port });
    if (ports.has(port)) ports.get(port).close();
  };
  return emitter;
}

const parentPort = new EventEmitter();
const early = [];
parentPort.postMessage = (data) => send({ t: "data", data });
process.on("message", (message) => {
  if (message.t === "port-data" && ports.has(message.port)) ports.get(message.port).data(decode(message.data));
  else if (message.t === "port-close" && ports.has(message.port)) ports.get(message.port).close();
  else if (message.t === "data") {
    const event = { data: message.data, ports: message.ports.map(openPort) };
    if (parentPort.listenerCount("message") > 0) parentPort.emit("message", event);
    else early.push(event);
  }
});
parentPort.on("newListener", (name) => {
  if (name === "message") queueMicrotask(() => early.splice(0).forEach((event) => void parentPort.emit("message", event)));
});
// A utility process never outlives its Electron.
process.on("disconnect", () => process.exit(0));
process.parentPort = parentPort;
