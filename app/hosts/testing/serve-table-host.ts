/** `gyrus serve` as a process, over the table host: node serve-table-host.ts STATE_DIR [GENOME] */
import { fileURLToPath } from "node:url";
import { serve } from "../serve/serve.ts";

const [stateDir, genome] = process.argv.slice(2);
const program = fileURLToPath(new URL("table-host.ts", import.meta.url));
process.exitCode = await serve({ stateDir: stateDir!, ...(genome === undefined ? {} : { genome }) }, program).catch((error) => {
  process.stderr.write(`error: ${error.message}\n`);
  return 1;
});
