import type { PolicyView } from "#protocol";
import { element } from "../page/element.ts";
import { icon } from "../page/icon.ts";
import { ORIGIN_NAMES } from "../view/wording.ts";
import { chip, type DetailsActions, facts, reasonList } from "./parts.ts";

/** Policies, each to be opened: identity, target, reasons, and the manifest that the beacon would apply. */
export function policyList(policies: readonly PolicyView[], actions: DetailsActions, open: boolean): HTMLElement {
  return element(
    "div",
    { class: "policies" },
    ...policies.map((policy) =>
      element(
        "details",
        { open: open && policies.length === 1 },
        element(
          "summary",
          {},
          element("span", { class: "policy-name" }, policy.summary),
          chip(policy.kind === "app" ? "L7 app policy" : "L4 unit policy"),
        ),
        facts([
          ["Name", element("code", {}, policy.id)],
          ["Origin", ORIGIN_NAMES[policy.origin]],
          ["Source", element("code", {}, policy.source)],
          ["Target", element("code", {}, policy.target)],
        ]),
        reasonList(policy.because, actions),
        policy.manifest === null
          ? element("p", { class: "quiet" }, "No AuthorizationPolicy is made of it.")
          : manifest(policy.manifest, actions),
      ),
    ),
  );
}

function manifest(text: string, actions: DetailsActions): HTMLElement {
  return element(
    "div",
    { class: "manifest" },
    element(
      "button",
      {
        type: "button",
        class: "icon-button copy",
        title: "Copy the manifest",
        "aria-label": "Copy the manifest",
        onclick: () => actions.copy(text),
      },
      icon("copy"),
    ),
    // A long manifest scrolls; so that the keyboard can scroll it too, it can be focused.
    element("pre", { tabindex: "0", role: "region", "aria-label": "Manifest" }, element("code", {}, text)),
  );
}
