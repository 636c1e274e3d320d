// The person's own browser.

import { spawn } from "node:child_process";

/** Shows an address in the browser where there is a desktop to show it on; otherwise the printed address has to do. */
export function openAddress(address) {
  const [command, ...args] = opener();
  if (!command) return;
  const child = spawn(command, [...args, address], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}

function opener() {
  if (process.platform === "darwin") return ["open"];
  if (process.platform === "win32") return ["cmd", "/c", "start", ""];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ["xdg-open"] : [];
}
