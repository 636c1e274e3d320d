import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The processes of language servers for a workspace: those whose program is in the same temporary home. */
export function serverProcesses(folder: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      const line = commandLine(id);
      return line.includes(path.dirname(folder)) && line.includes("server-node.js");
    })
    .map(Number);
}

function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, "utf8");
  } catch {
    // It ended meanwhile.
    return "";
  }
}
