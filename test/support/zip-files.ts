import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;

/**
 * The files of a zip archive by their names, in the order of its central directory (APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16). Knows
 * stored and deflated files, which is all that vsce writes; throws for what is no zip archive.
 */
export function zipFiles(archive: string): ReadonlyMap<string, Buffer> {
  const bytes = readFileSync(archive);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error(`${archive} is no zip archive`);
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error(`${archive}: its directory is damaged`);
    const lengthOf = (offset: number): number => bytes.readUInt16LE(at + offset);
    const name = bytes.toString("utf8", at + 46, at + 46 + lengthOf(28));
    files.set(name, content(bytes, bytes.readUInt32LE(at + 42), bytes.readUInt32LE(at + 20), lengthOf(10)));
    at += 46 + lengthOf(28) + lengthOf(30) + lengthOf(32);
  }
  return files;
}

function content(bytes: Buffer, header: number, size: number, method: number): Buffer {
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const packed = bytes.subarray(start, start + size);
  return method === STORED ? packed : inflateRawSync(packed);
}
