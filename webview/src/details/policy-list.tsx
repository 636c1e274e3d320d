import type { PolicyView } from "#protocol";
import { Icon } from "../page/icon.tsx";
import { ORIGIN_NAMES } from "../view/wording.ts";
import { Chip, type DetailsActions, Facts, ReasonList } from "./parts.tsx";

interface PolicyListProps {
  readonly policies: readonly PolicyView[];
  readonly actions: DetailsActions;
}

/** Policies that can be unfolded: identity, target, reasons, and the manifest that the beacon applies. A single one is unfolded. */
export function PolicyList({ policies, actions }: PolicyListProps) {
  return (
    <div class="policies">
      {policies.map((policy) => (
        <details key={policy.id} open={policies.length === 1}>
          <summary>
            <span class="policy-name">{policy.summary}</span>
            <Chip text={policy.kind === "app" ? "L7 app policy" : "L4 unit policy"} />
          </summary>
          <Facts
            rows={[
              ["Name", <code key="name">{policy.id}</code>],
              ["Origin", ORIGIN_NAMES[policy.origin]],
              ["Source", <code key="source">{policy.source}</code>],
              ["Target", <code key="target">{policy.target}</code>],
            ]}
          />
          <ReasonList reasons={policy.because} actions={actions} />
          {policy.manifest === null ? (
            <p class="quiet">No AuthorizationPolicy is created from it.</p>
          ) : (
            <CopiedText label="Manifest" what="the manifest" text={policy.manifest} copy={actions.copy} />
          )}
        </details>
      ))}
    </div>
  );
}

interface CopiedTextProps {
  readonly label: string;
  /** What the button copies, as the end of "Copy …". */
  readonly what: string;
  readonly text: string;
  readonly copy: (text: string) => void;
}

/** A text as code, with a button that copies it. The text takes the focus, so that the keyboard can scroll it. */
export function CopiedText({ label, what, text, copy }: CopiedTextProps) {
  return (
    <div class="manifest">
      <button
        type="button"
        class="icon-button copy"
        title={`Copy ${what}`}
        aria-label={`Copy ${what}`}
        onClick={() => copy(text)}
      >
        <Icon name="copy" />
      </button>
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
