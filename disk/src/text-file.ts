import { readFile, stat } from "node:fs/promises";

/** Files over this many bytes are not read: the largest real lock files stay below half of it. */
export const SIZE_LIMIT = 8 * 1024 * 1024;

/** A file's text, or one sentence that says why there is none. */
export type TextFile = { readonly text: string } | { readonly unreadable: string };

/**
 * Reads one file as UTF-8; a byte order mark is dropped, as editors do.
 * Not UTF-8, binary, too large, vanished or forbidden files give a sentence instead; nothing is thrown.
 */
export async function textFile(path: string, limit: number = SIZE_LIMIT): Promise<TextFile> {
  try {
    const size = (await stat(path)).size;
    if (size > limit) return { unreadable: `is larger than ${megabytes(limit)} and was left out (${megabytes(size)})` };
    return decodedText(await readFile(path));
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

/** Where decoding fails: the longest prefix that decodes, found by halving. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}
