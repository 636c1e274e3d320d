import { expect, test } from "vitest";
import type { CharmFiles } from "#charm";
import { analysis, DEFAULT_SETTINGS } from "#ide";
import { sourceFile } from "#syntax";
import { miniCoordinator } from "../support/minicharms.ts";

/** What is said of a coordinator whose src/charm.py went through some texts, each of which was looked at. */
function codesAfter(texts: readonly string[]): readonly string[] {
  let charm: CharmFiles = miniCoordinator();
  let codes: readonly string[] = [];
  for (const text of texts) {
    const files = new Map(charm.files).set("src/charm.py", sourceFile("coordinator/src/charm.py", text));
    charm = { ...charm, files, previous: charm.files };
    const found = analysis({ charms: [charm], topologies: [], settings: DEFAULT_SETTINGS, settingsFiles: [] });
    codes = found.diagnostics().map(({ code }) => code);
  }
  return codes;
}

const SOUND = miniCoordinator().files.get("src/charm.py")?.text ?? "";

test("a key that was changed and changed back while another is broken does not stand in for the broken one", () => {
  const broken = SOUND.replace('"send-datasource": None,\n            ', '"send-dat');
  const misspelt = broken.replace('"s3":', '"s0":');
  expect(broken).not.toBe(SOUND);
  expect(codesAfter([SOUND, broken])).toEqual([]);
  expect(codesAfter([SOUND, broken, misspelt])).toEqual(["unknown-endpoint-key"]);
  expect(codesAfter([SOUND, broken, misspelt, broken])).toEqual([]);
});

test("a keyword that was changed and changed back while another is broken does not stand in for the broken one", () => {
  const broken = SOUND.replace("nginx_config=None", "nginx_con fig=");
  const misspelt = broken.replace("worker_metrics_port=", "worker_metric_port=");
  expect(broken).not.toBe(SOUND);
  expect(codesAfter([SOUND, broken, misspelt, broken])).toEqual(codesAfter([SOUND, broken]));
  expect(codesAfter([SOUND, broken])).toEqual([]);
});
