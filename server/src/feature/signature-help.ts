import { SignatureHelpRequest } from "vscode-languageserver";
import { signatureHelp as signatureHelpAt } from "#ide";
import type { Feature } from "./feature.ts";
import { markup, placeOf } from "./place.ts";

/** The parameters of the policy class whose call is being written. */
export const signatureHelp: Feature = (serving) =>
  serving.standard(SignatureHelpRequest.type, (snapshot, params) => {
    const place = placeOf(snapshot, params);
    const help = place && signatureHelpAt(snapshot.analysis, place.path, place.offset);
    if (!help) return null;
    const { name, about, parameters } = help.signature;
    const labels = parameters.map((parameter) => `${parameter.name}: ${parameter.type}`);
    const signatureCan = snapshot.client.capabilities.textDocument?.signatureHelp?.signatureInformation;
    const formats = signatureCan?.documentationFormat;
    return {
      activeSignature: 0,
      ...activeParameter(help.active, signatureCan?.noActiveParameterSupport === true),
      signatures: [
        {
          label: `${name}(${labels.join(", ")})`,
          documentation: markup(formats, about),
          parameters: parameters.map((parameter, index) => ({
            label: labels[index] ?? parameter.name,
            documentation: markup(formats, parameter.about),
          })),
        },
      ],
    };
  });

/** Null says that no parameter is active (LSP 3.18); without that a client takes a missing one for the first. */
function activeParameter(active: number | null, canBeNone: boolean): { activeParameter?: number | null } {
  if (active !== null) return { activeParameter: active };
  return canBeNone ? { activeParameter: null } : {};
}
