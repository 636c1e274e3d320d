import { describe, expect, it } from "vitest";
import { rulePage } from "./rule-page.ts";
import { diagnosticsIn } from "./scene-diagnostics.ts";

/* A finding that rests on two files names the place in the other one. */

const RESTS_ON_ANOTHER_FILE = [
  "wrong-relation-side",
  "wrong-relation-interface",
  "endpoint-role-mismatch",
  "missing-container",
  "policy-without-traffic",
  "worker-bypasses-proxy",
  "outdated-mesh-library",
  "stale-policies",
  "cluster-interface-mismatch",
  "cluster-wrong-side",
  "offer-without-cross-model-mesh",
  "cross-model-relation-without-mesh-data",
  "not-on-mesh",
  "untrusted-application",
  "missing-worker",
  "worker-in-another-model",
];

describe("related locations", () => {
  it.each(RESTS_ON_ANOTHER_FILE)("of %s name a place in another file", (name) => {
    const found = rulePage(name)
      .example.slice(0, 1)
      .flatMap((scene) => diagnosticsIn(scene.files).filter((each) => each.code === name));
    expect(found.length).toBeGreaterThan(0);
    for (const { location, related } of found) {
      const elsewhere = related.filter((each) => each.location.file !== location.file);
      expect(elsewhere.length).toBeGreaterThan(0);
      for (const each of elsewhere) {
        const { file, span } = each.location;
        expect(file.text.slice(span.start, span.end).trim()).not.toBe("");
        expect(each.message).toMatch(/^[A-Z“`].*\.$/);
      }
    }
  });
});
