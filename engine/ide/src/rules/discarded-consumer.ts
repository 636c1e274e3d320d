import type { DiscardedObject } from "#charm";
import { type SourceFile, span, type TextEdit } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { editsOf, fix } from "../edits/fix.ts";
import { textAt } from "../fixes/python-tree.ts";
import { charmRule } from "./rule.ts";

/** ops holds observers in a WeakValueDictionary: an object that only a local name refers to is gone when the method returns. */
export const discardedConsumer = charmRule({
  name: "discarded-consumer",
  summary: "Nothing keeps a ServiceMeshConsumer, Coordinator or other mesh object, so it never does anything.",
  severities: ["error"],
  *findings({ discarded }) {
    for (const each of discarded) {
      const apart = each.made.span.start !== each.call.span.start || each.made.file !== each.call.file;
      yield {
        message: `${CONSEQUENCES[each.concept]}: ${each.local ? `only the local name \`${textAt(each.local)}\` refers to` : "nothing keeps"} ${apart ? `what \`${each.name}\` makes` : `this ${each.name}`}, and ops drops an object that nothing keeps. Keep it on \`self\`.`,
        location: each.callee,
        related: apart ? [{ location: each.made, message: `The ${each.concept} is made here.` }] : [],
        fixes: keepingFixes(each),
      };
    }
  },
});

const CONSEQUENCES: Readonly<Record<DiscardedObject["concept"], string>> = {
  ServiceMeshConsumer: "This charm gets no mesh labels and no policies",
  ServiceMeshProvider: "This charm publishes no mesh labels and reads no policies",
  Coordinator: "The coordinator handles no event",
  Worker: "The worker handles no event",
};

const ATTRIBUTES: Readonly<Record<DiscardedObject["concept"], readonly string[]>> = {
  ServiceMeshConsumer: ["_mesh", "_service_mesh", "_mesh_consumer"],
  ServiceMeshProvider: ["_mesh", "_service_mesh", "_mesh_provider"],
  Coordinator: ["coordinator", "_coordinator"],
  Worker: ["worker", "_worker"],
};

/** Puts the object on the method's own instance; nothing outside a method, where no object is at hand to hold it. */
function keepingFixes({ concept, call, local, uses, receiver }: DiscardedObject): Fix[] {
  if (receiver === null) return [];
  const { file } = call;
  const free = ATTRIBUTES[concept].find((each) => !isAssigned(file, `${receiver}.${each}`));
  const attribute = `${receiver}.${free ?? `${ATTRIBUTES[concept][0] ?? "_mesh"}_object`}`;
  const edits: TextEdit[] = local
    ? [local, ...uses].map((place) => ({ span: place.span, newText: attribute }))
    : [{ span: span(call.span.start, call.span.start), newText: `${attribute} = ` }];
  return [fix(`Keep it on \`${attribute}\``, [editsOf(file, edits)])];
}

/** Whether the file assigns the attribute anywhere, with or without an annotation. */
function isAssigned({ text }: SourceFile, attribute: string): boolean {
  for (let at = text.indexOf(attribute); at >= 0; at = text.indexOf(attribute, at + 1)) {
    const end = at + attribute.length;
    if (/^[ \t]*(?::[^=\n]{0,100})?=(?!=)/.test(text.slice(end, end + 120))) return true;
  }
  return false;
}
