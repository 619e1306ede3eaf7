/**
 * The three builds: out/main (Electron's main, the brain host, the command line, breeders), out/preload (CommonJS, sandboxed) and
 * out/renderer. Packages of node_modules stay outside main's bundles; `electron` is the runtime's own.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "electron-vite";
import renderer from "../renderer/vite.config.ts";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { dependencies } = JSON.parse(readFileSync(at("package.json"), "utf8")) as { dependencies: Record<string, string> };
/** A dependency or a path inside one. */
const external = ["electron", /^node:/, new RegExp(`^(${Object.keys(dependencies).join("|")})(/|$)`)];

const entries = {
  index: at("app/hosts/main/index.ts"),
  brain: at("app/hosts/brain/index.ts"),
  cli: at("app/hosts/cli/index.ts"),
  breeder: at("app/hosts/breeder/index.ts"),
};

export default defineConfig({
  main: {
    build: {
      outDir: at("out/main"),
      target: "node22",
      externalizeDeps: false,
      rollupOptions: {
        input: entries,
        external,
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      outDir: at("out/preload"),
      target: "node22",
      externalizeDeps: false,
      rollupOptions: {
        input: { index: at("app/hosts/preload/index.ts") },
        external: ["electron"],
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    ...renderer,
    // electron-vite leaves minifying out unless told; the window starts from a script half as long with it.
    build: { ...renderer.build, minify: "oxc", rollupOptions: { input: at("renderer/index.html") } },
  },
});
