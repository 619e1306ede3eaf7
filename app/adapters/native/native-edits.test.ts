/** A brain that is edited while it lives, on the native engine. */
import { test } from "vitest";
import { countingSuite } from "#core/connectome/testing/census-rules.ts";
import { builtModule } from "./built-module.ts";

const built = builtModule();

if (built === undefined) test.skip("native engine (skipped: no addon is built; node scripts/build-native.mjs builds it)");
else countingSuite("native", () => built.createEngine({ threads: 1 }), 40);
