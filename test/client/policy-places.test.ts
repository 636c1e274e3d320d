import { expect, test } from "vitest";
import { rowOf } from "../../client/src/policy-places.ts";

const TABLE = [
  "# 3 effective mesh policies. Topology: bundle.yaml.",
  "",
  "ORIGIN            FROM        TO              WHAT        BECAUSE",
  "cluster-internal  quarry@m    Service quarry  everything  coordinated-workers 4.1, service_mesh.py",
  "charm             shop@m      Service quarry  port 3200   coordinator/src/charm.py:41:9",
  "charm             cart@m      Service quarry  port 3200   coordinator/src/charm.py:411:9",
  "charm             cart@m      Service other   port 1      other/coordinator/src/charm.py:41:9",
].join("\n");

test.each([
  ["coordinator/src/charm.py", 40, 4],
  ["coordinator/src/charm.py", 410, 5],
  ["other/coordinator/src/charm.py", 40, 6],
  ["coordinator/src/charm.py", 39, null],
  ["src/charm.py", 40, null],
])("the row of %s, line %i", (path, line, row) => {
  expect(rowOf(TABLE, { path, line })).toBe(row);
});
