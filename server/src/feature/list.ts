import { charms } from "./charms.ts";
import type { Feature } from "./feature.ts";
import { pullDiagnostics } from "./pull-diagnostics.ts";
import { uri } from "./uri.ts";

/** Every feature of the server. */
export const FEATURES: readonly Feature[] = [pullDiagnostics, charms, uri];
