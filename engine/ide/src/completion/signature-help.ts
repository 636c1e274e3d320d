import { parsePython } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";
import { pythonContext } from "./python-context.ts";
import { type Signature, signatureOf } from "./signatures.ts";

/** The signature of the policy class whose call contains the cursor, and the current parameter (or null). */
export interface SignatureHelp {
  readonly signature: Signature;
  readonly active: number | null;
}

/** Help at a call site; null outside of the calls of the mesh's classes. */
export function signatureHelp(analysis: Analysis, path: string, offset: number): SignatureHelp | null {
  const file = [...(analysis.charmOf(path)?.charm.files.values() ?? [])].find((each) => each.path === path);
  if (!file || !path.endsWith(".py")) return null;
  const { call } = pythonContext(file, parsePython(file), offset);
  const signature =
    call === null ? null : signatureOf(call.name.slice(call.name.lastIndexOf(".") + 1), analysis.charmOf(path));
  if (!call || !signature) return null;
  const active = signature.parameters.findIndex((parameter) => parameter.name === call.argument);
  return { signature, active: active < 0 ? null : active };
}
