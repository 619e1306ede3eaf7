/**
 * The product's main, preload and window, lowered for Electron 9 (CommonJS, Node 12, Chromium 83) into node_modules/.cache, with the
 * shims of this folder in front. The sources are the product's own; the brain host stays the shipped bundle on a modern Node.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type InlineConfig, type Plugin } from "vite";
import renderer from "../../renderer/vite.config.ts";
import { root } from "../root.ts";
import { preloadText } from "./preload-shim.cjs";

const app = join(root, "node_modules/.cache/gyrus/electron-9-app");
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Builds the folder that Electron 9 starts. */
export async function buildElectron9App(): Promise<string> {
  rmSync(app, { recursive: true, force: true });
  mkdirSync(join(app, "out"), { recursive: true });
  await build(nodeBundle("app/hosts/main/index.ts", join(app, "main")));
  await build(nodeBundle("app/hosts/preload/index.ts", join(app, "out/preload")));
  const preload = join(app, "out/preload/index.cjs");
  writeFileSync(preload, preloadText(readFileSync(preload, "utf8")));
  await build(window());
  writeFileSync(join(app, "package.json"), JSON.stringify({ name: "gyrus", version: "0.0.0", main: "start.cjs" }));
  writeFileSync(join(app, "start.cjs"), `require(${JSON.stringify(here("main-shim.cjs"))});\nrequire("./main/index.cjs");\n`);
  // The brain host is the shipped one; Node follows the link to where it was built.
  symlinkSync(join(root, "out/main"), join(app, "out/main"));
  symlinkSync(join(root, "resources"), join(app, "resources"));
  return app;
}

function nodeBundle(entry: string, outDir: string): InlineConfig {
  const builtins = builtinModules.map((name) => name.replace(/^node:/, ""));
  return {
    configFile: false,
    root,
    logLevel: "error",
    plugins: [withoutNodePrefix],
    ssr: { noExternal: true, external: ["electron", ...builtins] },
    build: {
      ssr: true,
      target: "node12",
      outDir,
      minify: false,
      rollupOptions: {
        input: { index: join(root, entry) },
        external: ["electron", ...builtins],
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  };
}

/** Node 12 knows neither the `node:` prefix nor `fs/promises`. */
const withoutNodePrefix: Plugin = {
  name: "without-node-prefix",
  enforce: "pre",
  resolveId(id) {
    if (id === "node:fs/promises") return "\0fs-promises";
    return id.startsWith("node:") ? { id: id.slice(5), external: true } : null;
  },
  load: (id) => (id === "\0fs-promises" ? 'import { promises } from "fs"; export const { readFile } = promises;' : null),
};

function window(): InlineConfig {
  const shim = readFileSync(here("page-shim.js"), "utf8");
  const outDir = join(app, "out/renderer");
  const shimFirst: Plugin = {
    name: "page-shim-first",
    transformIndexHtml: () => [{ tag: "script", attrs: { src: "./page-shim.js" }, injectTo: "head-prepend" }],
    closeBundle: () => cpSync(here("page-shim.js"), join(outDir, "page-shim.js")),
  };
  // Chromium 83 has one colour scheme at a time: the dark one.
  const darkOnly: Plugin = {
    name: "dark-only",
    enforce: "pre",
    transform: (code, id) => (id.endsWith(".css") ? code.replace(/light-dark\(([^,()]+),\s*([^()]+)\)/g, "$2") : null),
  };
  return {
    ...renderer,
    configFile: false,
    logLevel: "error",
    plugins: [darkOnly, ...(renderer.plugins ?? []), shimFirst],
    css: { transformer: "lightningcss", lightningcss: { targets: { chrome: 83 << 16 } } },
    worker: { ...renderer.worker, rollupOptions: { output: { banner: shim } } },
    build: { ...renderer.build, outDir, target: "chrome83", cssTarget: "chrome83", minify: false },
  };
}
