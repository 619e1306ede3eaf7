/** The bench as a folder of its own that any web server can serve; it is not part of the window. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  build: {
    outDir: fileURLToPath(new URL("../../../out/scene-bench", import.meta.url)),
    emptyOutDir: true,
    target: "es2024",
    chunkSizeWarningLimit: 2500,
  },
  worker: { format: "es" },
});
