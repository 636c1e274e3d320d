import type { ReachAnswer } from "#protocol";
import { Icon } from "../page/icon.tsx";

const STEP_WORDS = { allow: "allows", deny: "denies", skip: "passes on", unknown: "can't tell" } as const;
const STEP_ICONS = { allow: "pass", deny: "circleSlash", skip: "arrowDown", unknown: "question" } as const;
const PLACES = { ztunnel: "ztunnel", waypoint: "Waypoint" } as const;

/** The verdict with its chain of steps, and the nearest policy. */
export function ReachAnswerView({ answer }: { readonly answer: ReachAnswer }) {
  return (
    <div class={`reach-answer verdict-${answer.allowed ? "allowed" : "denied"}`}>
      <p class="reach-verdict">
        <Icon name={answer.allowed ? "pass" : "circleSlash"} />
        <strong>{answer.allowed ? "Allowed" : "Denied"}</strong>
        {answer.certain ? null : (
          <span class="quiet">Can't tell: the answer depends on a value that isn't in the source.</span>
        )}
      </p>
      <ol class="steps">
        {answer.steps.map((step, at) => (
          <li key={at} class={`step step-${step.verdict}`}>
            <span class="step-at">
              <Icon name={STEP_ICONS[step.verdict]} />
              {PLACES[step.at]} {STEP_WORDS[step.verdict]}
            </span>
            <span class="step-text">{step.text}</span>
            {step.policy === null ? null : <code>{step.policy}</code>}
          </li>
        ))}
      </ol>
      {answer.nearest ? (
        <div class="nearest">
          <h2>Nearest policy</h2>
          <p>
            <code>{answer.nearest.policy}</code>
          </p>
          <p>
            Failed on {answer.nearest.field}: {answer.nearest.text}
          </p>
        </div>
      ) : null}
    </div>
  );
}
