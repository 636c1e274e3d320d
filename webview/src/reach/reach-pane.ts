import type { GraphView, ReachAnswer, ReachQuery } from "#protocol";
import { element, filled, freshId } from "../page/element.ts";
import { icon } from "../page/icon.ts";
import { shortName } from "../view/wording.ts";
import { reachAnswer } from "./reach-answer.ts";
import { askable, commandFor, fieldsFor, type ReachFields, reachQuery } from "./reach-query.ts";

const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/** What comes back to a question. */
export type ReachReply = { readonly answer: ReachAnswer } | { readonly error: string };

export interface ReachActions {
  /** null: there is nobody to ask, and the command line's form of the question is shown. */
  readonly ask: ((query: ReachQuery) => Promise<ReachReply>) | null;
  copy(text: string): void;
  announce(text: string): void;
}

export interface ReachPane {
  readonly element: HTMLElement;
  show(graph: GraphView | null, ask: ReachActions["ask"]): void;
  /** Fills the form for these ends and asks at once where both are given. */
  fill(from: string | null, to: string | null): void;
  focus(): void;
}

/** "May A reach B?": a form and its answer. */
export function reachPane(actions: Omit<ReachActions, "ask">): ReachPane {
  let graph: GraphView | null = null;
  let ask: ReachActions["ask"] = null;
  let turn = 0;
  const from = element("select", { name: "from", required: true });
  const to = element("select", { name: "to", required: true });
  const service = element("input", { type: "radio", name: "via", value: "service", checked: true });
  const unit = element("input", { type: "radio", name: "via", value: "unit" });
  const port = element("input", { name: "port", inputmode: "numeric", autocomplete: "off", value: "80" });
  const method = element(
    "select",
    { name: "method" },
    element("option", { value: "" }, "any"),
    ...METHODS.map((name) => element("option", { value: name }, name)),
  );
  const path = element("input", { name: "path", placeholder: "/", autocomplete: "off", spellcheck: "false" });
  const message = element("p", { class: "field-error", id: freshId("reach-error"), role: "alert" });
  const answerArea = element("div", { class: "reach-result" });
  const labelled = (text: string, control: HTMLElement, className = "") =>
    element("label", { class: `field ${className}` }, element("span", {}, text), control);
  const form = element(
    "form",
    { class: "reach-form", novalidate: true, "aria-label": "May A reach B?" },
    labelled("From", from),
    labelled("To", to),
    element(
      "fieldset",
      { class: "wide" },
      element("legend", {}, "Address"),
      element("label", {}, service, "Service, through the waypoint"),
      element("label", {}, unit, "Pod, ztunnel only"),
    ),
    labelled("Port", port),
    labelled("Method", method),
    labelled("Path", path, "wide"),
    message,
    element("button", { type: "submit", class: "button primary wide" }, "May it reach?"),
  );
  const inputs: Readonly<Record<keyof ReachFields, HTMLElement>> = { from, to, via: service, port, method, path };

  const fields = (): ReachFields => ({
    from: from.value,
    to: to.value,
    via: unit.checked ? "unit" : "service",
    port: port.value,
    method: method.value,
    path: path.value,
  });
  const enableHttp = () => {
    method.disabled = unit.checked;
    path.disabled = unit.checked;
  };
  const submit = async () => {
    if (!graph) return;
    for (const input of Object.values(inputs)) input.removeAttribute("aria-invalid");
    const read = reachQuery(fields(), graph);
    message.textContent = read.ok ? "" : read.message;
    if (!read.ok) {
      const wrong = inputs[read.field];
      wrong.setAttribute("aria-invalid", "true");
      wrong.setAttribute("aria-describedby", message.id);
      wrong.focus();
      return;
    }
    turn += 1;
    const mine = turn;
    if (!ask) {
      filled(answerArea, withoutHost(read.query, actions));
      return;
    }
    filled(answerArea, element("p", { class: "quiet" }, "Asking…"));
    const reply = await ask(read.query);
    if (mine !== turn) return;
    if ("error" in reply) {
      filled(answerArea, element("p", { class: "field-error" }, icon("error"), reply.error));
      actions.announce(reply.error);
    } else {
      filled(answerArea, reachAnswer(reply.answer));
      // In a low pane the answer would stand below what is seen.
      answerArea.scrollIntoView({ block: "nearest" });
      actions.announce(
        `${reply.answer.allowed ? "Allowed" : "Denied"}. ${reply.answer.steps.map((step) => step.text).join(" ")}`,
      );
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit();
  });
  for (const radio of [service, unit]) radio.addEventListener("change", enableHttp);

  return {
    element: element("div", { class: "reach" }, form, answerArea),
    focus: () => from.focus(),
    show: (next, nextAsk) => {
      ask = nextAsk;
      if (next === graph) return;
      const first = graph === null;
      graph = next;
      const kept = fields();
      const options = next ? askable(next) : [];
      for (const select of [from, to])
        filled(
          select,
          ...options.map((node) => element("option", { value: node.id }, optionText(node.application, node.model))),
        );
      const start = next && first ? fieldsFor(next, null, null) : kept;
      if (first) write(start);
      from.value = options.some((node) => node.id === start.from) ? start.from : (options[0]?.id ?? "");
      to.value = options.some((node) => node.id === start.to) ? start.to : (options[1]?.id ?? options[0]?.id ?? "");
      // An answer about another graph could be wrong now.
      if (!first && answerArea.firstChild) {
        turn += 1;
        filled(answerArea, element("p", { class: "quiet" }, "The graph has changed since: ask again."));
      }
    },
    fill: (source, target) => {
      if (!graph) return;
      write(fieldsFor(graph, source, target));
      turn += 1;
      filled(answerArea);
      if (source !== null && target !== null) void submit();
    },
  };

  function write(next: ReachFields): void {
    from.value = next.from;
    to.value = next.to;
    service.checked = next.via === "service";
    unit.checked = next.via === "unit";
    port.value = next.port;
    method.value = METHODS.includes(next.method) ? next.method : "";
    path.value = next.path;
    enableHttp();
  }
}

function optionText(application: string, model: string): string {
  return model === "" ? shortName(application) : `${shortName(application)} (${shortName(model)})`;
}

function withoutHost(query: ReachQuery, actions: Pick<ReachActions, "copy">): HTMLElement {
  const command = commandFor(query);
  return element(
    "div",
    { class: "nearest" },
    element("p", {}, "This page stands by itself and can't work it out. The command line can:"),
    element("pre", { tabindex: "0", role: "region", "aria-label": "Command" }, element("code", {}, command)),
    element(
      "button",
      { type: "button", class: "link", onclick: () => actions.copy(command) },
      icon("copy"),
      "Copy the command",
    ),
  );
}
