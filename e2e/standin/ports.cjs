/**
 * Message ports between processes that cannot hand real ones over: each end lives somewhere (here, in a page, in a forked
 * host) and what its peer says is sent there. Plain Node 12 JavaScript: the stand-in and the Electron 9 shim share it.
 */
"use strict";
const { EventEmitter } = require("events");

/** One end of a channel. `moveTo(sink)` says where it lives; what arrived before waits. */
class End {
  constructor() {
    this.peer = null;
    this.sink = null;
    this.waiting = [];
    this.closed = false;
  }
  say(data) {
    if (this.closed || this.peer.closed) return;
    if (this.peer.sink) this.peer.sink.data(data);
    else this.peer.waiting.push(data);
  }
  moveTo(sink) {
    this.sink = sink;
    for (const data of this.waiting.splice(0)) sink.data(data);
    if (this.closed) sink.closed();
  }
  close() {
    if (this.closed) return;
    this.closed = true;
    if (this.sink) this.sink.closed();
    this.peer.close();
  }
}

/** MessagePortMain as Electron's main process sees it. */
class MessagePortMain extends EventEmitter {
  constructor(end) {
    super();
    this.end = end;
  }
  postMessage(data) {
    this.end.say(data);
  }
  start() {
    if (this.end.sink) return;
    this.end.moveTo({ data: (data) => this.emit("message", { data, ports: [] }), closed: () => this.emit("close") });
  }
  close() {
    this.end.close();
  }
}

class MessageChannelMain {
  constructor() {
    const [one, two] = [new End(), new End()];
    one.peer = two;
    two.peer = one;
    this.port1 = new MessagePortMain(one);
    this.port2 = new MessagePortMain(two);
  }
}

/** What a port says, as JSON can carry it: a bare ArrayBuffer as base64, all else as it is. */
function encode(data) {
  return data instanceof ArrayBuffer ? { bytes: Buffer.from(data).toString("base64") } : { json: data };
}

function decode(data) {
  if (data.bytes === undefined) return data.json;
  const bytes = Buffer.from(data.bytes, "base64");
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

exports.MessageChannelMain = MessageChannelMain;
exports.encode = encode;
exports.decode = decode;
