/**
 * Electron's main process: one instance, one brain host, any number of windows. It forks the host as a utility process, hands each
 * window a port of its own, and closes the host before it ends. All thinking happens in the host; all drawing in the window.
 */
import { existsSync, mkdirSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import {
  app,
  type BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  type MessagePortMain,
  Notification,
  powerSaveBlocker,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
} from "electron";
import type { z } from "zod";
import type { Announcement } from "#contracts/wire.ts";
import { brainProgram, defaultStateDir, packageRoot, rendererRoot } from "../paths.ts";
import { serveFolder } from "./app-protocol.ts";
import { fileArgument, isWorkspace } from "./arguments.ts";
import { mayQuit } from "./before-quit.ts";
import { type BrainProcess, type HostProcess, keepBrainHost } from "./brain-process.ts";
import { type DeepLink, linkArgument, parseDeepLink } from "./deep-link.ts";
import { openKeyStore } from "./key-store.ts";
import { type MenuCommand, MenuCommands, menuTemplate } from "./menu.ts";
import { createNews, Notice } from "./news.ts";
import { createStayAwake } from "./stay-awake.ts";
import { denyPermissions, isOurs } from "./window.ts";
import { keepWindowPlaces } from "./window-places.ts";
import { keepWindows } from "./windows.ts";

let windows: ReturnType<typeof keepWindows> | null = null;
let brain: BrainProcess | null = null;
/** What the app was started with: a link and a workspace are the page's to follow, once it is there; a genome is the host's. */
let link = linkArgument(process.argv);
let { genome, workspace } = fileArgument(process.argv, process.cwd(), app.isPackaged);

protocol.registerSchemesAsPrivileged([{ scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
// Root on Linux cannot have the sandbox and must say --no-sandbox; everybody else gets it for every window.
if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
if (app.requestSingleInstanceLock()) begin();
else app.quit();

function begin() {
  app.on("second-instance", (_event, argv, workingFolder) => {
    const { genome: asked, workspace: wanted } = fileArgument(argv, workingFolder, app.isPackaged);
    const followed = linkArgument(argv);
    if (followed !== null) void followLink(followed);
    else if (asked !== null || wanted !== null) openPath((asked ?? wanted) as string);
    bringToFront();
  });
  // macOS hands files over by event, perhaps before the app is ready.
  app.on("open-file", (event, path) => {
    event.preventDefault();
    if (brain !== null) openPath(path);
    else if (isWorkspace(path)) workspace = path;
    else genome = path;
  });
  app.on("open-url", (event, text) => {
    event.preventDefault();
    const followed = parseDeepLink(text);
    if (followed !== null) void followLink(followed);
  });
  app.on("window-all-closed", () => app.quit());
  let closed = false;
  let leaving = false;
  app.on("before-quit", (event) => {
    if (closed || brain === null) return;
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    void leave().then((left) => {
      closed = left;
      leaving = false;
      if (left) app.quit();
    });
  });
  void app.whenReady().then(open);
}

function open() {
  const stateDir = process.env.GYRUS_STATE_DIR ? defaultStateDir() : join(app.getPath("userData"), "lab");
  mkdirSync(stateDir, { recursive: true });
  const root = rendererRoot();
  if (root === null) {
    dialog.showErrorBox("Gyrus", "The window is not built. Run: npm run build");
    return app.quit();
  }
  protocol.handle("app", serveFolder(root));
  denyPermissions(session.defaultSession);
  brain = keepBrainHost(
    { stateDir, genome, recover: false, http: null },
    {
      fork: () => utilityProcess.fork(brainProgram(), [], { serviceName: "Gyrus brain host", stdio: "inherit" }) as HostProcess,
      keyStore: openKeyStore(safeStorage, join(stateDir, "secrets.json")),
      createChannel: () => new MessageChannelMain(),
      now: () => Date.now(),
      after: (ms, then) => void setTimeout(then, ms),
      onReady: () => windows?.loaded().forEach(handPort),
      onLost(reason) {
        awake.follow(false);
        for (const { webContents } of windows?.all() ?? []) webContents.send("gyrus:host-lost", reason);
      },
      onEvent: tellNews,
    },
  );
  if (app.isPackaged) app.setAsDefaultProtocolClient("gyrus");
  setMenu([]);
  ipcMain.on("gyrus:commands", ({ senderFrame }, named: unknown) => {
    const commands = MenuCommands.safeParse(named);
    if (!commands.success || !isOurs(senderFrame?.url ?? "")) return;
    setMenu(commands.data);
    // A page that names its commands listens.
    if (link !== null) void followLink(link);
    if (workspace !== null) openPath(workspace);
    link = null;
    workspace = null;
  });
  ipcMain.on("gyrus:reveal", ({ senderFrame }, path: unknown) => {
    // Shows where a file lies and opens nothing.
    if (typeof path === "string" && isAbsolute(path) && existsSync(path) && isOurs(senderFrame?.url ?? "")) shell.showItemInFolder(path);
  });
  ipcMain.on("gyrus:notify", ({ senderFrame }, told: unknown) => {
    const notice = Notice.safeParse(told);
    if (notice.success && isOurs(senderFrame?.url ?? "")) tell(notice.data);
  });
  ipcMain.on("gyrus:ask-path", ({ sender, senderFrame }, proposed: unknown) => {
    if (typeof proposed === "string" && isOurs(senderFrame?.url ?? "")) void askPath(sender, proposed);
  });
  ipcMain.on("gyrus:stay-awake", ({ senderFrame }, isWanted: unknown) => {
    if (typeof isWanted === "boolean" && isOurs(senderFrame?.url ?? "")) awake.want(isWanted);
  });
  ipcMain.on("gyrus:open-window", ({ sender, senderFrame }, query: unknown) => {
    if (isOurs(senderFrame?.url ?? "")) windows?.openFor(sender, query);
  });
  ipcMain.on("gyrus:focus-window", ({ sender }) => bringToFront(windows?.all().find(({ webContents }) => webContents === sender)));
  windows = keepWindows({
    preload: join(packageRoot(), "out/preload/index.cjs"),
    icons: join(packageRoot(), "resources/icons"),
    places: keepWindowPlaces(join(stateDir, "windows.json")),
    onPage: handPort,
  });
  windows.openFirst();
}

/** Gives a page a port of its own, once both it and the host are there. A newer port replaces the older one. */
function handPort({ webContents }: BrowserWindow) {
  const port = brain?.openPort("window");
  if (port) webContents.postMessage("gyrus:port", null, [port as MessagePortMain]);
}

function bringToFront(window = windows?.front()) {
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

async function openGenome() {
  const options = {
    title: "Open genome",
    properties: ["openFile" as const],
    filters: [
      { name: "Everything Gyrus opens", extensions: ["json", "genome", "brain", "connectome", "gyrus", "gyrusrec", "graphml", "gz"] },
      { name: "Genomes and brains", extensions: ["json", "genome", "brain", "connectome", "gz"] },
      { name: "Workspaces", extensions: ["gyrus"] },
      { name: "Recordings", extensions: ["gyrusrec"] },
      { name: "All files", extensions: ["*"] },
    ],
  };
  const window = windows?.front();
  const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  if (!canceled && filePaths[0]) openPath(filePaths[0]);
}

/** Tells the page where a person wants its file; nothing where they thought better of it. */
async function askPath(page: Electron.WebContents, proposed: string) {
  const path = await askedPath(windows?.all().find(({ webContents }) => webContents === page) ?? null, proposed);
  if (path !== null) page.send("gyrus:path", path);
}

async function askedPath(window: BrowserWindow | null, proposed: string): Promise<string | null> {
  const options = isWorkspace(proposed)
    ? { title: "Save workspace", defaultPath: proposed, filters: [{ name: "Workspaces", extensions: ["gyrus"] }] }
    : { title: "Save", defaultPath: proposed, filters: [{ name: "Genomes and brains", extensions: ["json", "brain"] }] };
  const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return canceled || !filePath ? null : filePath;
}

/** The page opens it, since only a page can ask about edits that would be lost. Without one the host does, and announces a refusal itself. */
function openPath(path: string) {
  const window = windows?.lab() ?? windows?.front();
  if (window && windows?.loaded().includes(window)) window.webContents.send("gyrus:open-file", path);
  else if (isWorkspace(path)) workspace = path;
  else brain?.call("genome.load", { path }).catch(() => {});
}

/** Runs a menu command; what fails is said where the person looks. */
function run(name: string) {
  brain?.call(name, {}).catch((error: Error & { advice?: string }) => {
    const box = { type: "warning" as const, message: error.message, detail: error.advice ?? "" };
    const window = windows?.front();
    void (window ? dialog.showMessageBox(window, box) : dialog.showMessageBox(box));
  });
}

function setMenu(commands: readonly MenuCommand[]) {
  const actions = { openGenome, run, tell: (id: string) => windows?.front()?.webContents.send("gyrus:menu", id) };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, process.platform, commands)));
}

const newsOf = createNews();
const awake = createStayAwake(powerSaveBlocker);

function tellNews(announcement: Announcement) {
  if (announcement.type === "brain.status") awake.follow(announcement.status.state === "running");
  const { notice, opened } = newsOf(announcement);
  if (opened !== undefined) app.addRecentDocument(opened);
  if (notice) tell(notice);
}

/** By the system's own notifications, where nobody looks at a window. */
function tell(notice: z.infer<typeof Notice>) {
  if (!windows?.hasFocus()) new Notification(notice).show();
}

/** A link navigates. What would replace the brain on the bench is asked about first. */
async function followLink({ file, ...rest }: DeepLink) {
  if (file !== undefined && (await asked({ message: `Open ${file}?`, detail: "A link asks for it.", buttons: ["Open", "Cancel"] })) === 0)
    openPath(file);
  const window = windows?.lab();
  window?.webContents.send("gyrus:link", rest);
  bringToFront(window ?? undefined);
}

/** Index of the button that was pressed; the last one cancels. */
async function asked({ message, detail, buttons }: { message: string; detail: string; buttons: string[] }): Promise<number> {
  const box = { type: "question" as const, message, detail, buttons, defaultId: 0, cancelId: buttons.length - 1 };
  const window = windows?.front();
  return (await (window ? dialog.showMessageBox(window, box) : dialog.showMessageBox(box))).response;
}

/** Asks about unsaved changes and closes the host; false when the person stays. */
async function leave(): Promise<boolean> {
  const stays = !(await mayQuit({
    call: async (name, input) => brain?.call(name, input),
    ask: asked,
    askPath: (proposed) => askedPath(windows?.front() ?? null, proposed),
    tell: (message) => dialog.showErrorBox("Not saved", message),
  }));
  if (stays) return false;
  await brain?.close();
  return true;
}
