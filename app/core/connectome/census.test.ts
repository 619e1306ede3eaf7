import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { countingSuite } from "./testing/census-rules.ts";

countingSuite("reference", createReferenceEngine, 40);
