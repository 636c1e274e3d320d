import type { CharmModel } from "#charm";
import type { Location, SourceFile } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";

/**
 * The places in the workspace's Terraform that hold the name of an endpoint. `own`: values of the outputs of the charm's own module,
 * the folder `terraform` of the charm, which deploys this charm and no other. `others`: the same word as an `endpoint` elsewhere, or as
 * any other string of the charm's module. Terraform is searched by its strings, since a name there is always a plain one.
 */
export function terraformNames(
  { workspace }: Analysis,
  { charm, metadata }: CharmModel,
  name: string,
): { readonly own: readonly Location[]; readonly others: readonly Location[] } {
  const files = workspace.terraform ?? [];
  const folder = charm.root === "" ? "terraform/" : `${charm.root}/terraform/`;
  const module = files.filter(({ path }) => path.startsWith(folder) && !path.slice(folder.length).includes("/"));
  const deployed = new Set(module.flatMap(deployedCharms));
  const isOwn = deployed.size === 1 && metadata.name !== null && deployed.has(metadata.name);
  const own: Location[] = [];
  const others: Location[] = [];
  for (const file of files) {
    const isInModule = module.includes(file);
    for (const { location, output, key } of stringsOf(file, name)) {
      if (isInModule && isOwn && output !== null && /^(?:endpoints|provides|requires|relations)$/.test(output))
        own.push(location);
      else if (isInModule || key === "endpoint") others.push(location);
    }
  }
  return { own, others };
}

/** The names of the charms that the resources `juju_application` of a file deploy (https://registry.terraform.io/providers/juju/juju/latest/docs/resources/application). */
function deployedCharms({ text }: SourceFile): readonly string[] {
  return [...text.matchAll(/\bcharm\s*\{[^}]{0,400}?\bname\s*=\s*"([\w-]+)"/g)].map((found) => found[1] ?? "");
}

interface TerraformString {
  readonly location: Location;
  /** The enclosing output. */
  readonly output: string | null;
  readonly key: string | null;
}

/** Every string of a file that is just this name, outside of comments. */
function stringsOf(file: SourceFile, name: string): readonly TerraformString[] {
  const found: TerraformString[] = [];
  let output: string | null = null;
  let offset = 0;
  for (const line of file.text.split("\n")) {
    if (/^\S/.test(line)) output = /^output\s+"([\w-]+)"/.exec(line)?.[1] ?? (line.startsWith("}") ? output : null);
    const code = /^\s*(?:#|\/\/)/.test(line) ? "" : line;
    for (const quoted of code.matchAll(/"([\w-]+)"/g)) {
      if (quoted[1] !== name) continue;
      const start = offset + quoted.index + 1;
      const before = code.slice(0, quoted.index).trimEnd();
      const key = /(?<![\w-])([\w-]{1,80})[ \t]{0,40}[=:]$/.exec(before)?.[1] ?? null;
      found.push({ location: { file, span: { start, end: start + name.length } }, output, key });
    }
    offset += line.length + 1;
  }
  return found;
}
