/**
 * Electron 9's preload has no ports: this joins real MessagePorts, made in the preload's own isolated world, to the main process.
 * `wrap` becomes the head of the lowered preload; the product's preload runs inside with the `electron` it returns.
 */
"use strict";

function wrap(electron) {
  const listeners = new Map();
  const ports = new Map();
  const encode = (data) =>
    data instanceof ArrayBuffer
      ? { bytes: btoa(Array.from(new Uint8Array(data), (byte) => String.fromCharCode(byte)).join("")) }
      : { json: data };
  const decode = (data) => (data.bytes === undefined ? data.json : Uint8Array.from(atob(data.bytes), (char) => char.charCodeAt(0)).buffer);
  const { ipcRenderer } = electron;
  ipcRenderer.on("gyrus-e2e:ports", (_event, channel, message, ids) => {
    const given = ids.map((id) => {
      const pair = new MessageChannel();
      pair.port1.onmessage = ({ data }) => ipcRenderer.send("gyrus-e2e:say", id, encode(data));
      ports.set(id, pair.port1);
      return pair.port2;
    });
    for (const listener of listeners.get(channel) || []) listener({ ports: given }, message);
  });
  ipcRenderer.on("gyrus-e2e:data", (_event, id, data) => ports.get(id).postMessage(decode(data)));
  ipcRenderer.on("gyrus-e2e:close", (_event, id) => ports.get(id).close());
  const on = (channel, listener) => {
    listeners.set(channel, (listeners.get(channel) || []).concat(listener));
    ipcRenderer.on(channel, listener);
  };
  return Object.assign({}, electron, {
    contextBridge: electron.contextBridge,
    ipcRenderer: { on, send: (channel, ...args) => ipcRenderer.send(channel, ...args) },
  });
}

exports.preloadText = (product) =>
  `(() => { const electron = (${wrap})(require("electron")); ((require, module, exports) => {\n${product}\n})(() => electron, { exports: {} }, {}); })();`;
