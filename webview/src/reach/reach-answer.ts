import type { ReachAnswer } from "#protocol";
import { element } from "../page/element.ts";
import { icon } from "../page/icon.ts";

const STEP_WORDS = { allow: "allows", deny: "denies", skip: "passes on", unknown: "can't be told" } as const;
const STEP_SIGNS = { allow: "pass", deny: "circleSlash", skip: "arrowDown", unknown: "question" } as const;
const PLACES = { ztunnel: "ztunnel", waypoint: "Waypoint" } as const;

/** The verdict with the chain of steps that led to it, and the policy that came nearest. */
export function reachAnswer(answer: ReachAnswer): HTMLElement {
  const verdict = answer.allowed ? "allowed" : "denied";
  return element(
    "div",
    { class: `reach-answer verdict-${verdict}` },
    element(
      "p",
      { class: "reach-verdict" },
      icon(answer.allowed ? "pass" : "circleSlash"),
      element("strong", {}, answer.allowed ? "Allowed" : "Denied"),
      answer.certain
        ? null
        : element(
            "span",
            { class: "quiet" },
            "As far as can be told: it depends on something that is not said or not exactly known.",
          ),
    ),
    element(
      "ol",
      { class: "steps" },
      ...answer.steps.map((step) =>
        element(
          "li",
          { class: `step step-${step.verdict}` },
          element(
            "span",
            { class: "step-at" },
            icon(STEP_SIGNS[step.verdict]),
            `${PLACES[step.at]} ${STEP_WORDS[step.verdict]}`,
          ),
          element("span", { class: "step-text" }, step.text),
          step.policy === null ? null : element("code", {}, step.policy),
        ),
      ),
    ),
    answer.nearest
      ? element(
          "div",
          { class: "nearest" },
          element("h3", {}, "Came nearest"),
          element("p", {}, element("code", {}, answer.nearest.policy)),
          element("p", {}, `Failed on ${answer.nearest.field}: ${answer.nearest.text}`),
        )
      : null,
  );
}
