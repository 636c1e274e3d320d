// Opens the user's browser.

import { spawn } from "node:child_process";

/** Opens an address in the browser if there is a desktop; otherwise does nothing, and the user opens the printed address. */
export function openAddress(address: string): void {
  const [command, ...args] = opener();
  if (!command) return;
  const child = spawn(command, [...args, address], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}

/** The command that opens an address, and its first arguments; empty without a desktop. */
function opener(): readonly string[] {
  if (process.platform === "darwin") return ["open"];
  if (process.platform === "win32") return ["cmd", "/c", "start", ""];
  return process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"] ? ["xdg-open"] : [];
}
