import { describe, expect, test } from "vitest";
import { istioRefusal } from "../../engine/mesh/src/policy/library/istio-validation.ts";
import { matchesHost, matchesPath, matchesText } from "../../engine/mesh/src/policy/verdict/istio-matching.ts";
import { coversPattern } from "../../engine/mesh/src/policy/verdict/pattern-cover.ts";

describe("text", () => {
  test.each([
    ["a", "a", true],
    ["a", "ab", false],
    ["A", "a", false],
    ["a*", "ab", true],
    ["a*", "a", true],
    ["a*", "ba", false],
    ["*b", "ab", true],
    ["*b", "b", true],
    ["*b", "ba", false],
    ["*", "x", true],
    ["*", "", false],
    ["a*b", "axb", false],
    ["a*b", "a*b", true],
    // With a star at both ends the first one is the pattern.
    ["*a*", "xa*", true],
    ["*a*", "xab", false],
    [".", "x", false],
  ])("%s on %s is %s", (pattern, value, matches) => expect(matchesText(pattern, value)).toBe(matches));

  test("hosts have no case", () => {
    expect(matchesHost("*.Example.com", "a.EXAMPLE.com")).toBe(true);
    expect(matchesHost("a", "b")).toBe(false);
  });
});

describe("paths", () => {
  test.each([
    ["/proxy/worker/{*}/metrics", "/proxy/worker/tempo-0/metrics", true],
    ["/proxy/worker/{*}/metrics", "/proxy/worker//metrics", false],
    ["/proxy/worker/{*}/metrics", "/proxy/worker/a/b/metrics", false],
    ["/x/{**}", "/x/", true],
    ["/x/{**}", "/x/y/z", true],
    ["/x/{**}", "/x", false],
    ["/{*}/{**}", "/a/b/c", true],
    ["/x/{**}/z", "/x/y/y/z", true],
    ["/x/{**}/z", "/x/y/y", false],
    // Beside a template a star is nothing but a star, and a point a point.
    ["/a*/{*}", "/ab/c", false],
    ["/a*/{*}", "/a*/c", true],
    ["/a.b/{*}", "/aXb/c", false],
    ["/x", "/x?q=1", true],
    ["/x", "/x#f", true],
    ["*/y", "/x/y", true],
    ["/x/*", "/x", false],
    ["/x*", "/x", true],
    ["/{x}", "/{x}", true],
    ["/{x}", "/y", false],
  ])("%s on %s is %s", (pattern, path, matches) => expect(matchesPath(pattern, path)).toBe(matches));
});

describe("patterns that cover others", () => {
  test.each([
    ["*", "/x", true],
    ["/x", "*", false],
    ["/x/*", "/x/y", true],
    ["/x/*", "/x/y*", true],
    ["/x/*", "/x/{*}/y", true],
    ["/x/{*}", "/x/y", true],
    ["/x/{*}", "/x/*", false],
    ["/x/{*}", "/x/{*}", true],
    ["/x/{**}", "/x/{*}", false],
    ["*/y", "/x/y", true],
    ["*/y", "*/x/y", true],
    ["*/y", "/x/{*}/y", true],
    ["*/y", "/x/y*", false],
    ["/x*", "*x", false],
    ["/x", "/xy", false],
  ])("%s covers %s: %s", (a, b, covers) => expect(coversPattern(a, b)).toBe(covers));
});

describe("what Istio refuses", () => {
  const spec = (operation: object) => ({ rules: [{ to: [{ operation }] }] });
  test.each([
    [{ ports: [] }, "`to.operation` must not be empty"],
    [{ ports: ["65536"] }, "port 65536 must be in the range 0..65535"],
    [{ ports: ["-1"] }, "port -1 must be in the range 0..65535"],
    [{ paths: [""] }, "a value must not be empty"],
    [{ hosts: [""] }, "a value must not be empty"],
    // istio 86c9f01, pkg/config/security/security.go, CheckValidPathTemplate, and its tests
    [{ paths: ["/x{*}"] }, "the path /x{*} has braces that are no operator {*} or {**}"],
    [{ paths: ["/users/{id}"] }, "the path /users/{id} has braces that are no operator {*} or {**}"],
    [{ paths: ["/ok", "/a}"] }, "the path /a} has braces that are no operator {*} or {**}"],
    [{ paths: ["/{**}/{*}"] }, "in the path /{**}/{*} {**} is not the last operator"],
    [{ paths: ["/{**}/x/{**}"] }, "in the path /{**}/x/{**} {**} is not the last operator"],
    [{ paths: ["/a//{*}"] }, "the path /a//{*} has an empty segment, which a path with {*} or {**} must not have"],
    [{ paths: ["/x y/{*}"] }, "the path /x y/{*} has the segment “x y”, which a path with {*} or {**} must not have"],
    [{ paths: ["/x*/{**}"] }, "the path /x*/{**} has the segment “x*”, which a path with {*} or {**} must not have"],
    [{ notPaths: ["/{id}"] }, "the path /{id} has braces that are no operator {*} or {**}"],
  ])("%o", (operation, why) => expect(istioRefusal(spec(operation))).toBe(why));

  test.each([
    { ports: ["0", "65535"] },
    { paths: ["//{*}/", "/a//b", "/x y", "{*}"] },
    { notPorts: ["80"] },
    { paths: ["/{*}/x/{**}/y"] },
    { ports: [], methods: ["GET"] },
    { paths: ["/x*"] },
  ])("%o is taken", (operation) => expect(istioRefusal(spec(operation))).toBeNull());

  test("no rule, no operation and an empty rule are taken", () => {
    expect([{}, { rules: [] }, { rules: [{}] }, { rules: [{ to: [] }] }].map(istioRefusal)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
