/** The window's build: one bundle for Electron and for a browser over `gyrus serve`. Paths are relative so both can load it. */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL("../out/renderer", import.meta.url)),
    emptyOutDir: true,
    target: "es2024",
    chunkSizeWarningLimit: 2500,
  },
  worker: { format: "es" },
});
