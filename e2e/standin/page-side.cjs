/**
 * The page's half of the stand-in, added before any script of the page: runs the preload with an `electron` of its own, and joins
 * the page's ports to the main process through one binding (page to main) and one global (main to page).
 * What it cannot show: the preload's own world. It runs in the page's.
 */
"use strict";

/** Runs in the page; everything it needs comes in `setup`. */
function pageSide(setup) {
  if (window !== window.top) return;
  const listeners = new Map();
  const ports = new Map();
  const encode = (data) => (data instanceof ArrayBuffer ? { bytes: new Uint8Array(data).toBase64() } : { json: structuredClone(data) });
  const decode = (data) => (data.bytes === undefined ? data.json : Uint8Array.fromBase64(data.bytes).buffer);
  const say = (message) => window[setup.binding](JSON.stringify(message));

  const openPort = (id) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => say({ t: "port-data", port: id, data: encode(data) });
    ports.set(id, channel.port1);
    return channel.port2;
  };
  Object.defineProperty(window, setup.global, {
    value(batch) {
      for (const message of batch) {
        if (message.t === "ipc") {
          const event = { ports: message.ports.map(openPort) };
          for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args);
        } else if (message.t === "port-data") ports.get(message.port)?.postMessage(decode(message.data));
        else if (message.t === "port-close") ports.get(message.port)?.close();
      }
    },
  });

  // Electron closes a window that its page closes; Chromium only one that a script opened.
  window.close = () => say({ t: "close" });
  const electron = {
    ipcRenderer: {
      on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      send: (channel, ...args) => say({ t: "ipc", channel, args }),
    },
    contextBridge: {
      exposeInMainWorld(name, api) {
        const bridged = Object.fromEntries(Object.entries(api).map(([key, value]) => [key, (...args) => value(...args)]));
        Object.defineProperty(window, name, { value: Object.freeze(bridged), writable: false });
      },
    },
    webUtils: { getPathForFile: (file) => `/dropped/${file.name}` },
  };
  const require = (name) => {
    if (name !== "electron") throw new Error(`module not found in a sandboxed preload: ${name}`);
    return electron;
  };
  const module = { exports: {} };
  setup.preload(require, module, module.exports, {});
}

/** The init script for one preload file's text: no eval, since the page's policy forbids it. */
exports.initScript = (preloadText, binding, global) =>
  `(${pageSide})({ binding: ${JSON.stringify(binding)}, global: ${JSON.stringify(global)}, preload(require, module, exports, process) {\n${preloadText}\n} });`;
