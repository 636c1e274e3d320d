import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PyValue } from "#mesh";
import { truncatedLabelValue } from "../../engine/mesh/src/policy/library/label-values.ts";
import { pythonRepr } from "../../engine/mesh/src/policy/python/repr.ts";
import { valueRepr } from "../../engine/mesh/src/policy/python/repr-value.ts";
import { codePointLength, compareCodePoints, firstCodePoints } from "../../engine/mesh/src/policy/python/text.ts";
import { isIpAddress } from "../vectors/library/ip-address.ts";
import { jsonText } from "../vectors/library/json-text.ts";
import { jsonValue } from "../vectors/library/json-value.ts";
import { parsedUrl, urlPort } from "../vectors/library/url.ts";

/* Expectations were read off CPython 3.11. */

describe("repr", () => {
  test.each([
    ["", "''"],
    ["a'b", '"a\'b"'],
    ["a'b\"c", "'a\\'b\"c'"],
    ["\\", "'\\\\'"],
    ["\t\n\r\0\x1f\x7f", "'\\t\\n\\r\\x00\\x1f\\x7f'"],
    ["\u00a0\u00ad\u00e9", "'\\xa0\\xad\u00e9'"],
    ["\u200b\u2028\u3000\ufeff\ue000\ufffd", "'\\u200b\\u2028\\u3000\\ufeff\\ue000\ufffd'"],
    ["\ud800", "'\\ud800'"],
    ["\u{1f600}\u{e0001}\u{f0000}", "'\u{1f600}\\U000e0001\\U000f0000'"],
  ])("of %j", (text, repr) => expect(pythonRepr(text)).toBe(repr));

  test("of other values that can be keys", () => {
    const float = (value: number) => ({ kind: "float", value }) as const;
    const bytes = (text: string) =>
      ({ kind: "bytes", type: "bytes", bytes: [...text].map((one) => one.charCodeAt(0)) }) as const;
    const values: PyValue[] = [
      null,
      true,
      5,
      2n ** 70n,
      float(5),
      float(1e22),
      float(1e-5),
      float(0.1),
      float(Number.NaN),
    ];
    expect(values.map(valueRepr)).toEqual([
      "None",
      "True",
      "5",
      "1180591620717411303424",
      "5.0",
      "1e+22",
      "1e-05",
      "0.1",
      "nan",
    ]);
    expect([bytes("a'\n\xff"), bytes("'\"")].map(valueRepr)).toEqual(['b"a\'\\n\\xff"', "b'\\'\"'"]);
    expect(valueRepr({ kind: "iterable", type: "tuple", items: ["a"] })).toBe("('a',)");
  });
});

describe("JSON", () => {
  test.each([
    ["", "Expecting value: line 1 column 1 (char 0)"],
    ["{'a': 1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"],
    ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
    ['{"a": 1 "b"}', "Expecting ',' delimiter: line 1 column 9 (char 8)"],
    ['{"a": 1,}', "Expecting property name enclosed in double quotes: line 1 column 9 (char 8)"],
    ["[1,]", "Expecting value: line 1 column 4 (char 3)"],
    ["[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"],
    ['["a\n"]', "Invalid control character at: line 1 column 4 (char 3)"],
    ['["\\x"]', "Invalid \\escape: : line 1 column 3 (char 2)"],
    ['["\\u12"]', "Invalid \\uXXXX escape: line 1 column 4 (char 3)"],
    ['["a', "Unterminated string starting at: line 1 column 2 (char 1)"],
    ["{}\n x", "Extra data: line 2 column 2 (char 4)"],
    ["\ufeff{}", "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"],
    ['["\u{1f600}", x]', "Expecting value: line 1 column 7 (char 6)"],
    ["01", "Extra data: line 1 column 2 (char 1)"],
    ["\u00a01", "Expecting value: line 1 column 1 (char 0)"],
  ])("%j is refused as Python does", (text, message) => {
    expect(jsonValue(text)).toEqual({ error: { type: "JSONDecodeError", message } });
  });

  test("takes what Python takes beyond JSON, and keeps what a plain object would lose", () => {
    expect(jsonValue("[NaN, -Infinity, 1e400, 80.0]")).toEqual({
      value: [Number.NaN, -Infinity, Infinity, 80].map((value) => ({ kind: "float", value })),
    });
    const keys = jsonValue('{"10": 1, "2": 2, "__proto__": 3, "10": 4}');
    expect("value" in keys && keys.value instanceof Map && [...keys.value]).toEqual([
      ["10", 4],
      ["2", 2],
      ["__proto__", 3],
    ]);
    expect(jsonValue("9007199254740993")).toEqual({ value: 9007199254740993n });
  });

  test("is never too deep for the engine", () => {
    const outcome = jsonValue("[".repeat(100_000));
    expect(outcome).toMatchObject({ error: { type: "RecursionError" } });
  });

  test("what is written is read again", () => {
    const value: fc.Arbitrary<PyValue> = fc.letrec<{ value: PyValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constant(null),
        fc.boolean(),
        fc.string({ unit: "binary" }),
        fc.maxSafeInteger(),
        fc.array(tie("value")),
        fc.array(fc.tuple(fc.string(), tie("value"))).map((entries) => new Map<PyValue, PyValue>(entries)),
      ),
    })).value;
    fc.assert(
      fc.property(value, (one) => {
        const text = jsonText(one);
        expect(text).toMatch(/^[ -~]*$/);
        const again = jsonValue(text);
        expect("value" in again && jsonText(again.value)).toBe(text);
      }),
    );
  });
});

describe("text by code points", () => {
  test("lengths, beginnings and order", () => {
    expect(codePointLength("a\u{1f600}\ud800")).toBe(3);
    expect(firstCodePoints("\u{1f600}\u{1f600}x", 2)).toBe("\u{1f600}\u{1f600}");
    expect(firstCodePoints("abc", 5)).toBe("abc");
    const sorted = ["\u{10000}", "\uffff", "\ud800", "a", "", "ab", "\u{10001}", "\u{1f600}a"].sort(compareCodePoints);
    expect(sorted).toEqual(["", "a", "ab", "\ud800", "\uffff", "\u{10000}", "\u{10001}", "\u{1f600}a"]);
  });

  test("agree with iteration", () => {
    const order = (a: string, b: string) => {
      const [left, right] = [[...a], [...b]].map((list) => list.map((one) => one.codePointAt(0) ?? 0));
      for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at++) {
        const difference = (left?.[at] ?? -1) - (right?.[at] ?? -1);
        if (difference !== 0) return Math.sign(difference);
      }
      return 0;
    };
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\ud800", "\udc00", "\uffff", "\u{10000}", "\u{1f600}") });
    fc.assert(
      fc.property(text, text, fc.nat(6), (a, b, count) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(order(a, b));
        expect(codePointLength(a)).toBe([...a].length);
        expect(firstCodePoints(a, count)).toBe([...a].slice(0, count).join(""));
      }),
      { numRuns: 2_000 },
    );
  });
});

test("a label value that has no UTF-8 form can't be hashed", () => {
  expect(truncatedLabelValue(`${"x".repeat(63)}\ud800`)).toEqual({
    error: {
      type: "UnicodeEncodeError",
      message: "'utf-8' codec can't encode character '\\ud800' in position 63: surrogates not allowed",
    },
  });
  expect(truncatedLabelValue(`\udc00\udc00${"x".repeat(62)}`)).toMatchObject({
    error: { message: "'utf-8' codec can't encode characters in position 0-1: surrogates not allowed" },
  });
  expect(truncatedLabelValue("\ud800")).toEqual({ value: "\ud800" });
});

test.each([
  ["1.2.3.4", true],
  ["01.2.3.4", false],
  ["1.2.3.256", false],
  ["1.2.3", false],
  ["::", true],
  ["::1", true],
  ["1::", true],
  ["1:2:3:4:5:6:7:8", true],
  ["1:2:3:4:5:6:7::", true],
  ["::2:3:4:5:6:7:8", true],
  ["1::2::3", false],
  [":1:2:3:4:5:6:7", false],
  ["1:2:3:4:5:6:7:", false],
  ["1:2:3:4:5:6:7:8:9", false],
  ["12345::", false],
  ["::1.2.3.4", true],
  ["::1.2.3", false],
  ["fe80::1%eth0", true],
  ["fe80::1%", false],
  ["::/1", false],
  ["", false],
])("an IP address: %s %s", (text, is) => expect(isIpAddress(text)).toBe(is));

describe("URLs", () => {
  const read = (text: string) => {
    const url = parsedUrl(text);
    if ("error" in url) return url.error.message;
    const port = urlPort(url.value);
    return [url.value.scheme, url.value.hostname, "error" in port ? port.error.message : port.value, url.value.path];
  };
  test.each([
    ["http://h:80/p;a/q;b?c#d", ["http", "h", 80, "/p;a/q"]],
    ["tcp://h/q;b", ["tcp", "h", null, "/q;b"]],
    ["  HTTPS://u:p@H.x:/", ["https", "h.x", null, "/"]],
    ["tempo.cos:4317", ["tempo.cos", null, null, "4317"]],
    ["1x://h", ["", null, null, "1x://h"]],
    ["http://[::1]:8/", ["http", "::1", 8, "/"]],
    ["http://[::1", "Invalid IPv6 URL"],
    ["http://h:8\t0/a\nb", ["http", "h", 80, "/ab"]],
    ["http://h:+1/", ["http", "h", "Port could not be cast to integer value as '+1'", "/"]],
    ["http://h:65536", ["http", "h", "Port out of range 0-65535", ""]],
    ["//h?x", ["", "h", null, ""]],
    ["http:///p", ["http", null, null, "/p"]],
    ["http://a\u2100b/", "netloc 'a\u2100b' contains invalid characters under NFKC normalization"],
  ])("%j", (text, expected) => expect(read(text)).toEqual(expected));
});
