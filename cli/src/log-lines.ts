import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { Failure } from "./failure.ts";

/** A longer line is no access-log line: proxies limit the headers that such a line repeats. */
const LONGEST_LINE = 64 * 1024;

/** Where the lines of a log go. */
export interface LineSink {
  line(text: string): void;
  tooLong(): void;
}

const LINE_FEED = 10;

/**
 * Yields the lines of a file, or of standard input for `-`, one by one. It drops a line of more than 64 KiB, so that a log of any size
 * and form needs constant memory. Bytes that are not UTF-8 become U+FFFD. An unreadable file ends the command with exit code 2.
 */
export async function readLogLines(name: string, sink: LineSink, base: string = process.cwd()): Promise<void> {
  const stream = name === "-" ? process.stdin : createReadStream(await regularFile(name, path.resolve(base, name)));
  let held: Buffer[] = [];
  let length = 0;
  const end = (rest: Buffer): void => {
    if (length + rest.length > LONGEST_LINE) sink.tooLong();
    else {
      const line = held.length === 0 ? rest : Buffer.concat([...held, rest]);
      sink.line(line.toString("utf8"));
    }
    held = [];
    length = 0;
  };
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      let start = 0;
      for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, start)) {
        end(chunk.subarray(start, at));
        start = at + 1;
      }
      const rest = chunk.subarray(start);
      length += rest.length;
      if (length > LONGEST_LINE) held = [];
      else if (rest.length > 0) held.push(Buffer.from(rest));
    }
  } catch (problem) {
    throw new Failure(`${name} can't be read: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
  if (length > 0) end(Buffer.alloc(0));
}

/** The path of a log, where it is a file, a pipe or a device; a folder or nothing ends the command. */
async function regularFile(name: string, absolute: string): Promise<string> {
  const found = await stat(absolute).catch(() => null);
  if (found === null)
    throw new Failure(`${name} does not exist.`, "The first argument is the log; - reads standard input.");
  if (found.isDirectory())
    throw new Failure(
      `${name} is a folder.`,
      "The first argument is the log; - reads standard input. Folders with charms follow it.",
    );
  return absolute;
}
