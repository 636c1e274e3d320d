import { METHOD_MEMBERS, TARGET_TYPE_MEMBERS } from "./library-defaults.ts";
import { conceptOf } from "./library-names.ts";

/** The value of a library's enum member by its dotted name (`….service_mesh.Method.get` is "GET"); undefined for any other name. */
export function libraryConstant(dotted: string): string | undefined {
  const dot = dotted.lastIndexOf(".");
  const concept = conceptOf(dotted.slice(0, dot));
  const member = dotted.slice(dot + 1);
  if (concept === "Method") return METHOD_MEMBERS.value.get(member);
  return concept === "MeshType" || concept === "PolicyTargetType" ? TARGET_TYPE_MEMBERS.value.get(member) : undefined;
}
