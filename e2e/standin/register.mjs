/** Preloaded into the built main process: `electron` is the stand-in, for import and require alike. The shipped bytes stay as they are. */
import { registerHooks } from "node:module";

const standin = new URL("./electron.cjs", import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "electron" ? { url: standin, format: "commonjs", shortCircuit: true } : next(specifier, context),
});
