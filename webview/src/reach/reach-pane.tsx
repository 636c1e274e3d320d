import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import type { GraphView, ReachAnswer, ReachQuery } from "#protocol";
import { CopiedText } from "../details/policy-list.tsx";
import { Icon } from "../page/icon.tsx";
import { shortName } from "../view/wording.ts";
import { ReachAnswerView } from "./reach-answer.tsx";
import { askable, commandFor, fieldsFor, type ReachFields, reachQuery } from "./reach-query.ts";

const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/** What comes back for a question. */
export type ReachReply = { readonly answer: ReachAnswer } | { readonly error: string };

/** Ends that the form is to be filled with; `turn` makes each request another one. */
export interface ReachEnds {
  readonly from: string | null;
  readonly to: string | null;
  readonly turn: number;
}

interface ReachPaneProps {
  readonly graph: GraphView;
  /** null: there is no language server to ask, and the pane shows the same question for the command line. */
  readonly ask: ((query: ReachQuery) => Promise<ReachReply>) | null;
  readonly ends: ReachEnds | null;
  readonly copy: (text: string) => void;
  readonly announce: (text: string) => void;
}

type Result =
  | { readonly kind: "none" | "asking" | "outdated" }
  | { readonly kind: "reply"; readonly reply: ReachReply }
  | { readonly kind: "command"; readonly query: ReachQuery };

/** "Can A reach B?": a form and its answer. */
export function ReachPane({ graph, ask, ends, copy, announce }: ReachPaneProps) {
  const [fields, setFields] = useState<ReachFields>(() => fieldsFor(graph, ends?.from ?? null, ends?.to ?? null));
  const [wrong, setWrong] = useState<{ readonly field: keyof ReachFields; readonly message: string } | null>(null);
  const [result, setResult] = useState<Result>({ kind: "none" });
  const form = useRef<HTMLFormElement>(null);
  const answer = useRef<HTMLDivElement>(null);
  const turn = useRef(0);
  const errorId = useId();
  const options = useMemo(() => askable(graph), [graph]);

  const submit = async (asked: ReachFields) => {
    const read = reachQuery(asked, graph);
    setWrong(read.ok ? null : read);
    if (!read.ok) {
      form.current?.querySelector<HTMLElement>(`[name=${read.field}]`)?.focus();
      return;
    }
    turn.current += 1;
    const mine = turn.current;
    if (!ask) {
      setResult({ kind: "command", query: read.query });
      return;
    }
    setResult({ kind: "asking" });
    const reply = await ask(read.query);
    if (mine !== turn.current) return;
    setResult({ kind: "reply", reply });
    announce(
      "error" in reply
        ? reply.error
        : `${reply.answer.allowed ? "Allowed" : "Denied"}. ${reply.answer.steps.map((step) => step.text).join(" ")}`,
    );
  };

  useEffect(() => {
    if (!ends) return;
    const next = fieldsFor(graph, ends.from, ends.to);
    setFields(next);
    setWrong(null);
    turn.current += 1;
    setResult({ kind: "none" });
    form.current?.querySelector<HTMLElement>("[name=from]")?.focus();
    if (ends.from !== null && ends.to !== null) void submit(next);
  }, [ends?.turn]);

  // An answer about another graph could be wrong now.
  const shownGraph = useRef(graph);
  useEffect(() => {
    if (shownGraph.current === graph) return;
    shownGraph.current = graph;
    turn.current += 1;
    setResult((last) => (last.kind === "none" ? last : { kind: "outdated" }));
  }, [graph]);

  // In a low pane a new answer would be out of sight.
  useEffect(() => {
    if (result.kind !== "none") answer.current?.scrollIntoView({ block: "nearest" });
  }, [result]);

  const set = (part: Partial<ReachFields>) => setFields({ ...fields, ...part });
  /** The state of a field for assistive technology. */
  const state = (field: keyof ReachFields) =>
    wrong?.field === field ? { "aria-invalid": "true" as const, "aria-describedby": errorId } : {};
  const end = (field: "from" | "to", label: string) => (
    <label class="field">
      <span>{label}</span>
      <select
        name={field}
        required
        value={fields[field]}
        {...state(field)}
        onChange={({ currentTarget }) => set({ [field]: currentTarget.value })}
      >
        {options.some((node) => node.id === fields[field]) ? null : <option value={fields[field]}>Select…</option>}
        {options.map((node) => (
          <option key={node.id} value={node.id}>
            {node.model === ""
              ? shortName(node.application)
              : `${shortName(node.application)} (${shortName(node.model)})`}
          </option>
        ))}
      </select>
    </label>
  );
  const via = (value: ReachFields["via"], label: string) => (
    <label>
      <input
        type="radio"
        name="via"
        value={value}
        checked={fields.via === value}
        onChange={() => set({ via: value })}
      />
      {label}
    </label>
  );
  return (
    <div class="reach">
      <form
        class="reach-form"
        noValidate
        aria-label="Can A reach B?"
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit(fields);
        }}
      >
        {end("from", "From")}
        {end("to", "To")}
        <fieldset class="wide">
          <legend>Address</legend>
          {via("service", "Service, through the waypoint")}
          {via("unit", "Pod, ztunnel only")}
        </fieldset>
        <label class="field">
          <span>Port</span>
          <input
            name="port"
            inputMode="numeric"
            autocomplete="off"
            value={fields.port}
            {...state("port")}
            onInput={({ currentTarget }) => set({ port: currentTarget.value })}
          />
        </label>
        <label class="field">
          <span>Method</span>
          <select
            name="method"
            disabled={fields.via === "unit"}
            value={METHODS.includes(fields.method) ? fields.method : ""}
            onChange={({ currentTarget }) => set({ method: currentTarget.value })}
          >
            <option value="">any</option>
            {METHODS.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="field wide">
          <span>Path</span>
          <input
            name="path"
            placeholder="/"
            autocomplete="off"
            spellcheck={false}
            disabled={fields.via === "unit"}
            value={fields.path}
            {...state("path")}
            onInput={({ currentTarget }) => set({ path: currentTarget.value })}
          />
        </label>
        <p class="field-error" id={errorId} role="alert">
          {wrong?.message}
        </p>
        <button type="submit" class="button primary wide">
          Check
        </button>
      </form>
      <div class="reach-result" ref={answer}>
        <ResultView result={result} copy={copy} />
      </div>
    </div>
  );
}

function ResultView({ result, copy }: { readonly result: Result; readonly copy: (text: string) => void }) {
  switch (result.kind) {
    case "none":
      return null;
    case "asking":
      return <p class="quiet">Asking…</p>;
    case "outdated":
      return <p class="quiet">The graph has changed since. Check again.</p>;
    case "command":
      return (
        <div class="nearest">
          <p>This page has no language server to ask. Ask the command line:</p>
          <CopiedText label="Command" what="the command" text={commandFor(result.query)} copy={copy} />
        </div>
      );
    case "reply":
      return "error" in result.reply ? (
        <p class="field-error">
          <Icon name="error" />
          {result.reply.error}
        </p>
      ) : (
        <ReachAnswerView answer={result.reply.answer} />
      );
  }
}
