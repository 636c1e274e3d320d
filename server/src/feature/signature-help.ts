import { MarkupKind, SignatureHelpRequest } from "vscode-languageserver";
import { signatureHelp as helpAt } from "#ide";
import { atCursor } from "../cursor.ts";
import type { Feature } from "./feature.ts";

/** The parameters of the policy classes at their call sites. */
export const signatureHelp: Feature = {
  capabilities: () => ({ signatureHelpProvider: { triggerCharacters: ["(", ","], retriggerCharacters: ["="] } }),
  serve: (serving) =>
    serving.standard(SignatureHelpRequest.type, (moment, params) =>
      atCursor(moment, params, ({ file, offset }) => {
        const help = helpAt(moment.analysis, file.path, offset);
        if (!help) return null;
        const { signature, active } = help;
        const parameters = signature.parameters.map((parameter) => ({
          label: `${parameter.name}: ${parameter.type}`,
          documentation: { kind: MarkupKind.Markdown, value: parameter.about },
        }));
        return {
          signatures: [
            {
              label: `${signature.name}(${parameters.map((parameter) => parameter.label).join(", ")})`,
              documentation: signature.about,
              parameters,
            },
          ],
          activeSignature: 0,
          ...(active === null ? {} : { activeParameter: active }),
        };
      }),
    ),
};
