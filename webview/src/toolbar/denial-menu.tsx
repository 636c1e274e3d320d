import { useState } from "preact/hooks";

interface DenialMenuProps {
  /** Asks the host for the report on a log's denied requests. */
  readonly explain: (log: string) => void;
  /** Opens the host's own question for a log: the clipboard, the selected text or a file. */
  readonly choose: () => void;
}

/** "Explain a denied request": a field for pasted lines of an access log. The host shows the report. */
export function DenialMenu({ explain, choose }: DenialMenuProps) {
  const [log, setLog] = useState("");
  const isEmpty = log.trim() === "";
  const submit = () => {
    if (!isEmpty) explain(log);
  };
  return (
    <>
      <p class="quiet">Paste lines of the access log of ztunnel, the waypoint or the gateway.</p>
      <textarea
        class="log"
        name="log"
        rows={5}
        value={log}
        spellcheck={false}
        aria-label="Lines of an access log"
        onInput={({ currentTarget }) => setLog(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
        }}
      />
      <div class="menu-row">
        <button type="button" class="button primary" name="explain" disabled={isEmpty} onClick={submit}>
          Explain
        </button>
        <button type="button" class="link" name="choose-log" onClick={choose}>
          Choose a log…
        </button>
      </div>
    </>
  );
}
