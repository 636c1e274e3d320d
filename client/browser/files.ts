import { FileSystemError, RelativePattern, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { listFilesRequest, readFilesRequest } from "#protocol";

/** Files that can belong to a charm or describe a deployment; the server looks closer. */
const CANDIDATES = "**/*.{py,yaml,yml,json,toml,lock,txt,j2,jinja,jinja2,tmpl}";
const ELSEWHERE = "**/{node_modules,.git,.tox,.nox,venv,.venv,__pycache__}/**";

/** Larger files are no charm's; the same limit as on disk. */
const SIZE_LIMIT = 8 * 1024 * 1024;

/** Answers what a server without a file system asks for. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(listFilesRequest.method, async (params: unknown) => {
    const { folder } = listFilesRequest.params.parse(params);
    const found = await workspace.findFiles(new RelativePattern(Uri.parse(folder), CANDIDATES), ELSEWHERE);
    return { uris: found.map((uri) => uri.toString()) };
  });
  client.onRequest(readFilesRequest.method, async (params: unknown) => {
    const { uris } = readFilesRequest.params.parse(params);
    return { files: await Promise.all(uris.map((uri) => fileText(Uri.parse(uri)))) };
  });
}

async function fileText(uri: Uri): Promise<{ text: string | null; problem: string | null }> {
  try {
    const bytes = await workspace.fs.readFile(uri);
    if (bytes.length > SIZE_LIMIT) return { text: null, problem: "is larger than 8.0 MiB and was left out" };
    if (bytes.includes(0)) return { text: null, problem: "is a binary file (it holds a NUL byte)" };
    return decoded(bytes);
  } catch (problem) {
    if (problem instanceof FileSystemError && problem.code === "FileNotFound") return { text: null, problem: null };
    return { text: null, problem: `can't be read: ${problem instanceof Error ? problem.message : String(problem)}` };
  }
}

function decoded(bytes: Uint8Array): { text: string | null; problem: string | null } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), problem: null };
  } catch {
    return { text: null, problem: "is not UTF-8" };
  }
}
