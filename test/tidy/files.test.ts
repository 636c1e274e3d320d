import { expect, test } from "vitest";
import { filesBelow, ROOMS, textOf } from "./source-tree.ts";

const written = ["engine", "protocol", "disk", "server", "client", "webview", "cli", "test", "scripts"].flatMap(
  (folder) => filesBelow(folder, /\.(?:ts|mts|mjs|css)$/),
);

test("no file is over 600 lines: a longer one usually holds more than one idea", () => {
  const long = written
    .map((file) => `${file}: ${textOf(file).split("\n").length - 1}`)
    .filter((line) => Number(line.split(": ")[1]) > 600);
  expect(long).toEqual([]);
});

test("no file has a name that says nothing", () => {
  const vague = written.filter((file) =>
    /(?:^|\/)(?:utils?|helpers?|common|types|misc|manager)(?:\.[a-z.]+|\/)/.test(file),
  );
  expect(vague).toEqual([]);
});

test("every exported function says what it is for", () => {
  const silent: string[] = [];
  for (const room of ROOMS) {
    for (const file of filesBelow(room.folder, /\.tsx?$/)) {
      const lines = textOf(file).split("\n");
      for (const [index, line] of lines.entries()) {
        if (!/^export (?:(?:async )?function |const \w+ = memo\()/.test(line)) continue;
        const overload = /^export (?:async )?function /.test(lines[index - 1] ?? "");
        if (!overload && !(lines[index - 1] ?? "").trimEnd().endsWith("*/")) silent.push(`${file}:${index + 1}`);
      }
    }
  }
  expect(silent).toEqual([]);
});

test("nothing unfinished is left behind", () => {
  const marks = written
    .filter((file) => !file.startsWith("test/tidy/"))
    .filter((file) => /\b(?:TODO|FIXME|XXX)\b|\b(?:test|it|describe)\.(?:skip|only|todo)\(/.test(textOf(file)));
  expect(marks).toEqual([]);
});
