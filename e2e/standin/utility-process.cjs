/** `utilityProcess.fork` over a plain Node child and its JSON channel. Plain Node 12 JavaScript: shared with the Electron 9 shim. */
"use strict";
const { EventEmitter } = require("events");
const { fork } = require("child_process");
const { join } = require("path");
const { decode, encode } = require("./ports.cjs");

/** Host processes that are alive, newest last; tests kill the last one. */
const alive = [];

function forkUtility(modulePath, args, execPath) {
  const child = fork(modulePath, args || [], {
    execPath: execPath || process.execPath,
    execArgv: ["--require", join(__dirname, "parent-port.cjs")],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: Object.assign({}, process.env, { ELECTRON_RUN_AS_NODE: undefined }),
  });
  const utility = new EventEmitter();
  const ends = new Map();
  let lastPort = 0;
  alive.push(child.pid);
  child.on("message", ({ t, port, data }) => {
    if (t === "data") utility.emit("message", data);
    else if (t === "port-data" && ends.has(port)) ends.get(port).say(decode(data));
    else if (t === "port-close" && ends.has(port)) ends.get(port).close();
  });
  child.on("exit", (code, signal) => {
    alive.splice(alive.indexOf(child.pid), 1);
    for (const end of ends.values()) end.close();
    utility.pid = undefined;
    utility.emit("exit", code === null ? 128 + (signal === "SIGKILL" ? 9 : 15) : code);
  });
  const send = (message) => child.connected && child.send(message, () => {});
  utility.pid = child.pid;
  utility.kill = () => child.kill();
  utility.postMessage = (data, transfer) => {
    const ports = (transfer || []).map(({ end }) => {
      const port = ++lastPort;
      ends.set(port, end);
      return { port, end };
    });
    send({ t: "data", data, ports: ports.map(({ port }) => port) });
    for (const { port, end } of ports) {
      end.moveTo({ data: (given) => send({ t: "port-data", port, data: encode(given) }), closed: () => send({ t: "port-close", port }) });
    }
  };
  return utility;
}

exports.forkUtility = forkUtility;
exports.alive = alive;
