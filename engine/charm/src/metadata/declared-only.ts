import type { CharmModel } from "../charm-model.ts";

/**
 * Whether a relation is declared and nothing more: the charm publishes addresses over others, and neither its own Python nor a library that
 * this imports names the relation. The other side then learns no address, so that it can't connect. False where the charm
 * publishes nothing that is known.
 */
export function isDeclaredOnly({ charm, published, imports }: CharmModel, endpoint: string): boolean {
  if (published.length === 0 || published.some((each) => each.relation === endpoint)) return false;
  const names = [`"${endpoint}"`, `'${endpoint}'`];
  const event = `on.${endpoint.replaceAll("-", "_")}_relation_`;
  const own = [...charm.files]
    .filter(([path]) => path.endsWith(".py") && !path.startsWith("lib/") && !path.startsWith("tests/"))
    .map(([, file]) => file.text);
  const libraries = imports.map((each) => charm.files.get(`lib/${each.module.replaceAll(".", "/")}.py`)?.text ?? "");
  return (
    !own.some((text) => [...names, event].some((each) => text.includes(each))) &&
    !libraries.some((text) => names.some((each) => text.includes(each)))
  );
}
