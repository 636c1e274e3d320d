import { charms } from "./charms.ts";
import type { Feature } from "./feature.ts";
import { names } from "./names.ts";
import { pullDiagnostics } from "./pull-diagnostics.ts";

/** Every feature of the server. */
export const FEATURES: readonly Feature[] = [pullDiagnostics, charms, names];
