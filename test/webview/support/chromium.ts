import { existsSync } from "node:fs";

/** Where Chromium is; the tests that need it are skipped, by name, where it is not. */
export const CHROMIUM = process.env["CHARM_MESH_CHROMIUM"] ?? "/usr/bin/chromium";

export const HAS_CHROMIUM = existsSync(CHROMIUM);

export const CHROMIUM_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
