import { expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "#ide";
import { settingsOf } from "../../server/src/settings.ts";

test("nothing given is the defaults", () => {
  for (const given of [null, undefined, 3, "x", [], {}])
    expect(settingsOf(given)).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
});

test("one wrong value is reported, and the others apply", () => {
  const { settings, problems } = settingsOf({
    rules: { "missing-policy": "off", "closed-proxy-port": "loud" },
    unknownToUs: true,
  });
  expect(settings.rules).toEqual({ "missing-policy": "off" });
  expect(problems).toEqual(['charmMesh.rules: {"closed-proxy-port":"loud"} can\'t be used; the default holds']);
});
