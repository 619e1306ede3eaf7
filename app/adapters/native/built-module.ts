/** The addon that was built beside the sources, for tests; undefined where there is none. One that does not load is an error. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadNative, type NativeModule } from "./load-native.ts";

const buildDirectory = fileURLToPath(new URL("../../../native", import.meta.url));

export function builtModule(): NativeModule | undefined {
  const isBuilt = existsSync(`${buildDirectory}/engine.${process.platform}-${process.arch}.node`);
  return isBuilt ? loadNative({ env: {}, buildDirectory }) : undefined;
}
