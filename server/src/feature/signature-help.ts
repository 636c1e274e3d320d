import { SignatureHelpRequest } from "vscode-languageserver";
import { signatureHelp as signatureHelpAt } from "#ide";
import type { Feature } from "./feature.ts";
import { markup, placeOf } from "./place.ts";

/** The parameters of the policy class whose call is being written. */
export const signatureHelp: Feature = (serving) =>
  serving.standard(SignatureHelpRequest.type, (moment, params) => {
    const place = placeOf(moment, params);
    const help = place && signatureHelpAt(moment.analysis, place.path, place.offset);
    if (!help) return null;
    const { name, about, parameters } = help.signature;
    const labels = parameters.map((parameter) => `${parameter.name}: ${parameter.type}`);
    const formats = moment.client.capabilities.textDocument?.signatureHelp?.signatureInformation?.documentationFormat;
    return {
      activeSignature: 0,
      activeParameter: help.active ?? parameters.length,
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
