import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sourceFile } from "#syntax";
import { changedDocument } from "../../server/src/document-text.ts";
import { chosenEncoding, type Encoding } from "../../server/src/encoding.ts";
import { positionsIn } from "../../server/src/position.ts";

const text = "name: Zoë\r\nicon: 🚢 ahoi\nlast";
const file = sourceFile("charmcraft.yaml", text);

test("the first encoding that client and server share is taken, UTF-16 without a word", () => {
  expect(chosenEncoding(undefined)).toBe("utf-16");
  expect(chosenEncoding(["utf-7", "utf-8", "utf-16"])).toBe("utf-8");
  expect(chosenEncoding(["utf-7"])).toBe("utf-16");
});

describe("positions", () => {
  const after = text.indexOf(" ahoi");
  const counted: Record<Encoding, number> = { "utf-16": 8, "utf-8": 10, "utf-32": 7 };
  for (const encoding of Object.keys(counted) as Encoding[]) {
    test(`characters are counted in ${encoding}`, () => {
      const positions = positionsIn(encoding);
      const range = positions.range(file, { start: after, end: after + 1 });
      expect(range.start).toEqual({ line: 1, character: counted[encoding] });
      expect(positions.offset(file, range.start)).toBe(after);
    });

    test(`${encoding}: a character past the end of a line is the line's end, a line past the end the text's`, () => {
      const positions = positionsIn(encoding);
      expect(positions.offset(file, { line: 0, character: 99 })).toBe(text.indexOf("\r\n"));
      expect(positions.offset(file, { line: 9, character: 0 })).toBe(text.length);
    });

    test(`${encoding}: there and back again at every character`, () => {
      fc.assert(
        fc.property(fc.string({ unit: fc.constantFrom("a", "ë", "→", "🚢", "\n", "\r\n") }), fc.nat(), (any, seed) => {
          const random = sourceFile("x", any);
          const starts = [...any].map((_, index, all) => all.slice(0, index).join("").length);
          const offset = starts[seed % starts.length] ?? 0;
          if (any[offset - 1] === "\r" && any[offset] === "\n") return;
          const positions = positionsIn(encoding);
          const { start } = positions.range(random, { start: offset, end: offset });
          expect(positions.offset(random, start)).toBe(offset);
        }),
      );
    });
  }
});

describe("changes of a document", () => {
  const at = (line: number, character: number) => ({ line, character });

  test("each counts from the text that the one before left, in the client's encoding", () => {
    const changed = changedDocument(
      file,
      [
        { range: { start: at(1, 10), end: at(1, 15) }, text: "" },
        { range: { start: at(1, 6), end: at(1, 10) }, text: "boat" },
        { range: { start: at(0, 0), end: at(0, 0) }, text: "# ß\n" },
      ],
      7,
      positionsIn("utf-8"),
    );
    expect(changed).toEqual({ path: "charmcraft.yaml", version: 7, text: "# ß\nname: Zoë\r\nicon: boat\nlast" });
  });

  test("a change without a range is the whole text; a range the wrong way round is turned", () => {
    const positions = positionsIn("utf-16");
    expect(changedDocument(file, [{ text: "new" }], 2, positions).text).toBe("new");
    const turned = [{ range: { start: at(0, 4), end: at(0, 0) }, text: "title" }];
    expect(changedDocument(file, turned, 3, positions).text.startsWith("title: Zoë")).toBe(true);
  });
});
