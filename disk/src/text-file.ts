import { open, realpath, stat } from "node:fs/promises";
import { isWithin } from "./link-bounds.ts";

/** Files over this many bytes are not read: the largest real lock files stay below half of it. */
export const SIZE_LIMIT = 8 * 1024 * 1024;

/** A file's text, or one sentence with the reason why there is none. */
export type TextFile = { readonly text: string } | { readonly unreadable: string };

/** The number of concurrent reads: a workspace may hold more files than the system lets one process open. */
const OPEN_LIMIT = 32;

export interface TextFileOptions {
  /** Files with more bytes are omitted. */
  readonly limit?: number;
  /** The real path of a folder that a symbolic link may not lead out of (`linkBounds`). */
  readonly bounds?: string;
}

const inTurn = turns(OPEN_LIMIT);

/**
 * Reads one file as UTF-8; a byte order mark is dropped, as editors do.
 * Not UTF-8, binary, too large, vanished or forbidden files, and what is no file at all (a folder, a pipe, a device), give a
 * sentence instead; nothing is thrown.
 */
export function textFile(file: string, options: TextFileOptions = {}): Promise<TextFile> {
  return inTurn(async () => {
    try {
      return await readText(file, options.limit ?? SIZE_LIMIT, options.bounds ?? null);
    } catch (error) {
      return { unreadable: failureAt(file, error) };
    }
  });
}

async function readText(file: string, limit: number, bounds: string | null): Promise<TextFile> {
  if (bounds !== null && !isWithin(bounds, await realpath(file)))
    return { unreadable: "is a link that leads out of the workspace" };
  const about = await stat(file);
  // Asked before it is opened: opening a pipe waits for a writer that may never come.
  if (about.isDirectory()) return { unreadable: "is a folder, not a file" };
  if (!about.isFile()) return { unreadable: "is no regular file" };
  if (about.size > limit) return tooLarge(about.size, limit);
  const handle = await open(file, "r");
  try {
    // The limit also bounds a file that grows meanwhile, or whose size the system does not know.
    const parts: Buffer[] = [];
    let length = 0;
    while (length <= limit) {
      const part = Buffer.alloc(Math.min(limit + 1, Math.max(about.size + 1, 4096)));
      const { bytesRead } = await handle.read(part, 0, part.length, null);
      if (bytesRead === 0) break;
      parts.push(part.subarray(0, bytesRead));
      length += bytesRead;
    }
    return length > limit ? tooLarge(length, limit) : decodedText(Buffer.concat(parts, length));
  } finally {
    await handle.close();
  }
}

/** The placeholder for a file of so many bytes, which exceeds the limit. */
export function tooLarge(size: number, limit = SIZE_LIMIT): TextFile {
  return { unreadable: `is larger than ${megabytes(limit)} and was left out (${megabytes(size)})` };
}

/** Lets no more than `most` works run at once; the others wait for their turn. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}

/** The text of a stream, read to its end but no further than the limit (bytes). Never throws. */
export async function streamText(stream: AsyncIterable<Uint8Array>, limit: number = SIZE_LIMIT): Promise<TextFile> {
  try {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of stream) {
      parts.push(part);
      length += part.length;
      if (length > limit) return tooLarge(length, limit);
    }
    return decodedText(Buffer.concat(parts));
  } catch (error) {
    return { unreadable: failureText(error) };
  }
}

/** The text of some bytes, or a sentence: what `textFile` does once the bytes are there. */
export function decodedText(bytes: Uint8Array): TextFile {
  if (bytes.includes(0)) return { unreadable: "is a binary file (it holds a NUL byte)" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { unreadable: `is not UTF-8 (first bad byte at offset ${firstBadByte(bytes)})` };
  }
}

/** What is said of a path that can't be decoded. */
export const NOT_UTF8_NAME = "has a name that is not UTF-8";

/** What went wrong with a path that a folder was listed with: one that is not there has a name that could not be decoded. */
export function failureAt(file: string, error: unknown): string {
  const isGone = (error as NodeJS.ErrnoException | null)?.code === "ENOENT";
  return isGone && file.includes("\ufffd") ? NOT_UTF8_NAME : failureText(error);
}

/** What went wrong with a path, without its name and without the system call. */
export function failureText(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  switch (code) {
    case "ENOENT":
      return "does not exist";
    case "EACCES":
    case "EPERM":
      return "can't be read: permission denied";
    case "EISDIR":
      return "is a folder, not a file";
    case "ENOTDIR":
      return "is not below a folder";
    case "ELOOP":
      return "is a symbolic link that leads back to itself";
    case "ENAMETOOLONG":
      return "has a name that is too long";
    default:
      return `can't be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

/** Where decoding fails: behind the longest prefix that decodes, found by halving. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(bytes.subarray(0, middle), true)) good = middle;
    else bad = middle;
  }
  // That prefix may end within a character that the next byte does not go on with: then its first byte is the bad one.
  while (good > 0 && !decodes(bytes.subarray(0, good), false)) good--;
  return good;
}

function decodes(bytes: Uint8Array, isPart: boolean): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isPart });
    return true;
  } catch {
    return false;
  }
}
