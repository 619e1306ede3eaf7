/**
 * What Electron 9 (Node 12, Chromium 83) lacks of what the product's main process uses of Electron 45: utility processes, message
 * ports, protocol.handle, window-open handlers and some JavaScript. Required before the lowered main bundle; lives here only.
 */
"use strict";
const Module = require("module");
const electron = require("electron");
const { decode, encode, MessageChannelMain } = require("../standin/ports.cjs");
const { alive, forkUtility } = require("../standin/utility-process.cjs");

// Electron would open a dialog nobody answers.
process.on("uncaughtException", (error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

// --- JavaScript ----------------------------------------------------------------------------------------------------------
Array.prototype.at = function at(index) {
  return this[index < 0 ? this.length + index : index];
};
Object.hasOwn = (object, key) => Reflect.getOwnPropertyDescriptor(object, key) !== undefined;
Promise.withResolvers = function withResolvers() {
  const result = {};
  result.promise = new Promise((resolve, reject) => Object.assign(result, { resolve, reject }));
  return result;
};
global.Request = class Request {
  constructor(url, init) {
    this.url = url;
    this.method = init.method;
  }
};
global.Response = class Response {
  constructor(body, init) {
    this.body = body;
    this.status = (init && init.status) || 200;
    this.headers = (init && init.headers) || {};
  }
};

// --- Electron ------------------------------------------------------------------------------------------------------------
const handle = (scheme, handler) =>
  electron.protocol.registerBufferProtocol(scheme, async (request, answer) => {
    const { status, headers, body } = await handler(new Request(request.url, { method: request.method }));
    const mimeType = (headers["content-type"] || "text/plain").split(";")[0];
    answer({ statusCode: status, headers, mimeType, charset: "utf-8", data: Buffer.from(body || []) });
  });

/** Ports given to a page: their ends stay here and are joined to the page's by two IPC channels. */
const pages = new Map();
electron.app.on("web-contents-created", (_event, contents) => {
  const ends = new Map();
  pages.set(contents.id, ends);
  contents.setWindowOpenHandler = () => contents.on("new-window", (event) => event.preventDefault());
  contents.postMessage = (channel, message, transfer) => {
    const ids = transfer.map(({ end }) => {
      const id = ends.size + 1;
      ends.set(id, end);
      return id;
    });
    const send = (...args) => contents.isDestroyed() || contents.send(...args);
    send("gyrus-e2e:ports", channel, message, ids);
    for (const id of ids) {
      ends.get(id).moveTo({ data: (data) => send("gyrus-e2e:data", id, encode(data)), closed: () => send("gyrus-e2e:close", id) });
    }
  };
  contents.on("destroyed", () => ends.forEach((end) => void end.close()));
});
electron.ipcMain.on("gyrus-e2e:say", (event, id, data) => {
  const end = pages.get(event.sender.id).get(id);
  if (end) end.say(decode(data));
});

const shimmed = Object.create(electron, {
  utilityProcess: { value: { fork: (path, args) => forkUtility(path, args, process.env.GYRUS_NODE) } },
  MessageChannelMain: { value: MessageChannelMain },
  protocol: { value: { handle, registerSchemesAsPrivileged: (schemes) => electron.protocol.registerSchemesAsPrivileged(schemes) } },
});
const load = Module._load;
Module._load = (name, ...rest) => (name === "electron" ? shimmed : load(name, ...rest));
global.gyrusHosts = alive;
