import { createReferenceEngine } from "../reference/reference-engine.ts";
import { lifSuite } from "../testing/lif-suite.ts";

lifSuite("reference engine", () => createReferenceEngine());
