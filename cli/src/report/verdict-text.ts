import type { FlowVerdict } from "#mesh";
import type { Paint } from "../terminal.ts";

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly via: string;
  readonly service?: string;
  readonly port: number;
  readonly method?: string;
  readonly path?: string;
}

const MARK = { allow: "✓", deny: "✗", skip: "·", unknown: "?" } as const;

/** A verdict for people: the answer, the chain of steps, and the policy that came nearest. */
export function verdictText(verdict: FlowVerdict, asked: Asked, paint: Paint): readonly string[] {
  const request = [asked.method, asked.path].filter(Boolean).join(" ");
  const style = verdict.verdict === "allowed" ? "green" : verdict.verdict === "denied" ? "red" : "yellow";
  return [
    `${asked.from} → ${asked.to} (${asked.service === undefined ? asked.via : `${asked.via} ${asked.service}`}) port ${asked.port}${request ? ` ${request}` : ""}: ${paint([style, "bold"], verdict.verdict)}`,
    ...verdict.steps.map((step) => {
      const stepStyle = step.verdict === "allow" ? "green" : step.verdict === "deny" ? "red" : "gray";
      return `  ${paint(stepStyle, MARK[step.verdict])} ${step.at}: ${step.text}${step.policy ? paint("gray", ` (${step.policy})`) : ""}`;
    }),
    ...(verdict.nearest ? [`  nearest: ${verdict.nearest.text}`] : []),
    ...(verdict.unknown ? [paint("yellow", `  not known: ${verdict.unknown}`)] : []),
  ];
}
