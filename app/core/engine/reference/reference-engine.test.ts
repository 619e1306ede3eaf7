/** The reference engine against the conformance suites. */
import { engineConformance } from "../testing/conformance.ts";
import { extensionConformance } from "../testing/extension-conformance.ts";
import { createReferenceEngine } from "./reference-engine.ts";

engineConformance("reference engine", () => createReferenceEngine());
extensionConformance("reference engine", () => createReferenceEngine());
