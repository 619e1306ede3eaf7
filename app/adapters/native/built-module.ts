/** The addon that was built beside the sources, for tests; undefined where there is none. */
import { fileURLToPath } from "node:url";
import { loadNative, type NativeModule } from "./load-native.ts";

const buildDirectory = fileURLToPath(new URL("../../../native", import.meta.url));

export function builtModule(): NativeModule | undefined {
  try {
    return loadNative({ env: {}, buildDirectory });
  } catch {
    return undefined;
  }
}
