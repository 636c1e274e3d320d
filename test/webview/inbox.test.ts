import { expect, test } from "vitest";
import type { PanelMessage } from "#protocol";
import type { PanelHost } from "../../webview/src/host/host.ts";
import { inbox } from "../../webview/src/host/inbox.ts";

/** A host that says what the test has it say. */
function spoken() {
  const sent: PanelMessage[] = [];
  let say: (message: unknown) => void = () => undefined;
  const host: PanelHost = {
    send: (message) => void sent.push(message),
    listen: (receive) => {
      say = receive;
    },
    saved: () => "saved",

    copy: async () => {},
    menus: true,
    save: () => undefined,
  };
  return { host, sent, say: (message: unknown) => say(message) };
}

test("messages that come before anybody listens are kept, in their order", () => {
  const { host, sent, say } = spoken();
  const heard: unknown[] = [];
  const box = inbox(host);
  const busy = (text: string) => ({ type: "busy", text });
  say(busy("1"));
  say({ type: "unheard-of" });
  say({ ...busy("2"), more: "is left out" });
  box.listen((message) => heard.push(message));
  expect(heard).toEqual([busy("1"), busy("2")]);
  say(busy("3"));
  say(null);
  expect(heard).toEqual([busy("1"), busy("2"), busy("3")]);
  expect(sent).toEqual([
    { type: "error", message: expect.stringContaining("a message that is not one") },
    { type: "error", message: expect.stringContaining("a message that is not one") },
  ]);
  expect(box.saved()).toBe("saved");
});
