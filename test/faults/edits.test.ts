import { expect, test } from "vitest";
import { editRun } from "./edit-run.ts";

/** CHARM_MESH_FAULT_EDITS and CHARM_MESH_FAULT_SEED make the run longer and another one. */
const EDITS = Number(process.env["CHARM_MESH_FAULT_EDITS"] ?? 10_000);
/** Differs from day to day in nothing: a failure must be had again. */
const SEED = Number(process.env["CHARM_MESH_FAULT_SEED"] ?? 20_261_121);
/** Two shares, so that a charm that was edited beyond use costs one of them only. */
const SHARES = 2;

test.each(Array.from({ length: SHARES }, (_, share) => SEED + share))(
  `${EDITS / SHARES} random edits, crossed with moves and cancellations, leave what a fresh server says (seed %i)`,
  async (seed) => {
    const run = await editRun({ seed, edits: EDITS / SHARES, checkEvery: 100 });
    expect(run.failures).toEqual([]);
    expect(run.edits).toBeGreaterThanOrEqual(EDITS / SHARES);
    // What was compared has substance: broken files, cancelled requests, findings.
    expect(run.damagedChecks).toBeGreaterThan(0);
    expect(run.cancelled).toBeGreaterThan(EDITS / 1000);
    expect(run.findings).toBeGreaterThan(run.checks);
  },
  EDITS * 60,
);
