/** The reference engine against the conformance suite. */
import { engineConformance } from "../testing/conformance.ts";
import { createReferenceEngine } from "./reference-engine.ts";

engineConformance("reference engine", () => createReferenceEngine());
