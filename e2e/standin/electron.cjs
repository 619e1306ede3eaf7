/**
 * A stand-in for the `electron` module: the unchanged built main process runs on it in plain Node, its window is a Chromium page
 * opened through playwright-core, its utility process a forked Node. Only what the product uses is here; anything else is
 * undefined and fails loudly.
 */
"use strict";
const { EventEmitter } = require("node:events");
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { createServer } = require("node:net");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { chromium } = require("playwright-core");
const { initScript } = require("./page-side.cjs");
const { decode, encode, MessageChannelMain } = require("./ports.cjs");
const { alive, forkUtility } = require("./utility-process.cjs");

const folder = mkdtempSync(join(tmpdir(), "gyrus-standin-"));
const windows = new Set();
/** What the test looks at and scripts: dialogs asked, answers to give, the menu, denied permissions. */
const record = {
  dialogs: [],
  answers: [],
  menu: [],
  schemes: [],
  notifications: [],
  recent: [],
  revealed: [],
  awake: [],
  permissions: null,
};
const handlers = new Map();
let context = null;
/** The window that has the focus, as far as the stand-in knows. */
let focused = null;

// --- app -----------------------------------------------------------------------------------------------------------------
const app = new EventEmitter();
app.isPackaged = false;
app.commandLine = { hasSwitch: () => false };
app.enableSandbox = () => {};
app.requestSingleInstanceLock = () => true;
app.getPath = (name) => join(folder, name);
const ready = openBrowser();
app.whenReady = () => ready;
app.addRecentDocument = (path) => void record.recent.push(path);
let quitting = false;
app.quit = () => {
  let prevented = false;
  app.emit("before-quit", { preventDefault: () => (prevented = true) });
  if (prevented || quitting) return;
  quitting = true;
  void (async () => {
    for (const window of [...windows]) await window.page?.close();
    await context?.close();
    app.emit("quit", {}, 0);
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  })();
};

async function openBrowser() {
  const port = await freePort();
  context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: process.env.GYRUS_CHROMIUM || undefined,
    viewport: { width: 1440, height: 900 },
    args: [`--remote-debugging-port=${port}`, "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  process.send?.({ t: "browser", endpoint: `http://127.0.0.1:${port}` });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// --- protocol: app://HOST/path is served as https://HOST.app.standin/path --------------------------------------------------
const standinUrl = (url) => url.replace(/^([a-z]+):\/\/([^/]+)/, "https://$2.$1.standin");
const productUrl = (url) => url.replace(/^https:\/\/([^/]+)\.([a-z]+)\.standin/, "$2://$1");
const protocol = {
  registerSchemesAsPrivileged: (schemes) => record.schemes.push(...schemes),
  handle: (scheme, handler) => handlers.set(scheme, handler),
};

async function answer(route) {
  const request = route.request();
  const url = productUrl(request.url());
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (!handler) return route.abort();
  const response = await handler(new Request(url, { method: request.method() }));
  const body = Buffer.from(await response.arrayBuffer());
  return route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
}

// --- windows -------------------------------------------------------------------------------------------------------------
class BrowserWindow extends EventEmitter {
  constructor(options) {
    super();
    const { sandbox, contextIsolation, nodeIntegration, preload } = options.webPreferences;
    if (!sandbox || !contextIsolation || nodeIntegration) throw new Error("the stand-in opens only sandboxed, isolated windows");
    this.preload = preload;
    this.webContents = new WebContents(this);
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width, height: options.height };
    windows.add(this);
    focused = this;
  }
  async loadURL(url) {
    await ready;
    // The browser comes with one page; a further window is a further page.
    const page = windows.size === 1 ? context.pages()[0] : await context.newPage();
    this.page = page;
    await page.exposeBinding("__standinSay", (_source, text) => this.webContents.hear(JSON.parse(text)));
    await page.addInitScript({ content: initScript(readFileSync(this.preload, "utf8"), "__standinSay", "__standinHear") });
    await page.route(/\.standin\//, answer);
    page.on("framenavigated", (frame) => frame === page.mainFrame() && this.webContents.leave());
    page.on("load", () => {
      this.webContents.emit("did-finish-load");
      this.emit("ready-to-show");
    });
    page.on("close", () => {
      this.emit("close", {});
      this.webContents.leave();
      windows.delete(this);
      if (focused === this) focused = [...windows].at(-1) ?? null;
      this.emit("closed");
      if (windows.size === 0 && !quitting) app.emit("window-all-closed");
    });
    await page.goto(standinUrl(url));
  }
  show() {}
  focus() {
    focused = this;
  }
  restore() {}
  maximize() {}
  close() {
    void this.page?.close();
  }
  isMinimized = () => false;
  isMaximized = () => false;
  getNormalBounds = () => this.bounds;
  isFocused = () => (record.focused ?? true) && focused === this;
  reload = () => void this.page?.reload();
}

class WebContents extends EventEmitter {
  constructor() {
    super();
    this.ends = new Map();
    this.outbox = [];
    this.pumping = false;
  }
  setWindowOpenHandler() {}
  getURL() {
    return productUrl([...windows].find((window) => window.webContents === this)?.page?.url() ?? "");
  }
  send(channel, ...args) {
    this.say({ t: "ipc", channel, args, ports: [] });
  }
  postMessage(channel, message, transfer = []) {
    const ids = transfer.map(({ end }) => {
      const id = this.ends.size + 1;
      this.ends.set(id, end);
      return id;
    });
    this.say({ t: "ipc", channel, args: [message], ports: ids });
    for (const id of ids) {
      this.ends.get(id).moveTo({
        data: (data) => this.say({ t: "port-data", port: id, data: encode(data) }),
        closed: () => this.say({ t: "port-close", port: id }),
      });
    }
  }
  hear({ t, port, data, channel, args }) {
    if (t === "ipc") ipcMain.emit(channel, { sender: this, senderFrame: { url: this.getURL() } }, ...args);
    if (t === "close") [...windows].find((window) => window.webContents === this)?.close();
    if (t === "port-data") this.ends.get(port)?.say(decode(data));
  }
  /** The page went elsewhere or away: its ports are closed, as a real page's are. */
  leave() {
    for (const end of this.ends.values()) if (!end.closed) end.close();
    this.outbox = [];
  }
  /** Messages leave in order, all that waited in one go. */
  say(message) {
    this.outbox.push(message);
    if (this.pumping) return;
    this.pumping = true;
    void (async () => {
      const page = [...windows].find((window) => window.webContents === this)?.page;
      while (this.outbox.length > 0 && page && !page.isClosed()) {
        await page.evaluate((batch) => window.__standinHear?.(batch), this.outbox.splice(0)).catch(() => {});
      }
      this.pumping = false;
    })();
  }
}

// --- the rest ------------------------------------------------------------------------------------------------------------
const ask =
  (kind, otherwise) =>
  async (...args) => {
    record.dialogs.push({ kind, options: args.at(-1) });
    return record.answers.shift() ?? otherwise;
  };
const dialog = {
  showOpenDialog: ask("open", { canceled: true, filePaths: [] }),
  showMessageBox: ask("message", { response: 1 }), // discards at the end, so that no journey writes over a sample
  showSaveDialog: ask("save", { canceled: true }),
  showErrorBox: (title, content) => void record.dialogs.push({ kind: "error", options: { title, content } }),
};
const Menu = {
  buildFromTemplate: (template) => ({ items: template }),
  setApplicationMenu: (menu) => {
    record.menu = menu.items;
  },
};
/** As on a Linux without a key ring: the lab keeps secrets in memory and says so. */
const safeStorage = { isEncryptionAvailable: () => true, getSelectedStorageBackend: () => "basic_text" };
const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler) => {
      record.permissions = (permission, url) => new Promise((resolve) => handler({ getURL: () => url }, permission, resolve));
    },
    setPermissionCheckHandler() {},
  },
};
const ipcMain = new EventEmitter();
class Notification {
  constructor(options) {
    this.options = options;
  }
  show() {
    record.notifications.push(this.options);
  }
}
const utilityProcess = { fork: (path, args) => forkUtility(path, args) };

// The test process speaks by the fork's IPC: it evaluates functions here, with this module as their argument.
process.on("message", async ({ id, source, argument }) => {
  try {
    const value = await new Function("electron", "argument", `return (${source})(electron, argument)`)(exports, argument);
    process.send?.({ t: "value", id, value });
  } catch (error) {
    process.send?.({ t: "value", id, error: String(error) });
  }
});
// A test that died must not leave a browser behind.
process.on("disconnect", () => {
  for (const pid of alive) process.kill(pid, "SIGKILL");
  void context?.close().finally(() => process.exit(1));
});

exports.app = app;
exports.BrowserWindow = BrowserWindow;
exports.dialog = dialog;
exports.ipcMain = ipcMain;
exports.Notification = Notification;
exports.Menu = Menu;
exports.MessageChannelMain = MessageChannelMain;
/** Ids of what keeps the computer awake. */
exports.powerSaveBlocker = {
  start: () => {
    record.awake.push((record.awake.at(-1) ?? 0) + 1);
    return record.awake.at(-1);
  },
  stop: (id) => {
    record.awake = record.awake.filter((one) => one !== id);
  },
};
exports.protocol = protocol;
exports.safeStorage = safeStorage;
exports.screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
exports.session = session;
exports.shell = { showItemInFolder: (path) => void record.revealed.push(path) };
exports.utilityProcess = utilityProcess;
exports.standin = { record, alive, windows };
