import { type ConfigDefault, type Program, program, takesConfig } from "#python";
import type { PyModule, SourceFile } from "#syntax";
import { libraryConstant } from "../catalog/library-constants.ts";
import type { CharmFiles } from "../charm-files.ts";
import { sourceRoots } from "./source-roots.ts";

interface Kept {
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly roots: string;
  readonly python: Program;
}

/** The program that each charm had last, by the first of its Python files. */
const programs = new WeakMap<SourceFile, Kept>();

/**
 * A charm's Python as a program. A letter in YAML leaves it as it is: with the same Python files, in the same roots, the program from
 * before comes back, with all that it has worked out, unless that rests on config options, which may be others now.
 */
export function charmProgram(
  charm: CharmFiles,
  parse: (file: SourceFile) => PyModule,
  config: ReadonlyMap<string, ConfigDefault>,
): Program {
  const roots = sourceRoots(charm);
  // Nothing else of the charm: what is kept must not hold on to files that are no longer there.
  const files = new Map([...charm.files].filter(([path]) => path.endsWith(".py")));
  const [first] = files.values();
  const known = first && programs.get(first);
  const isSame =
    known !== undefined &&
    known.roots === JSON.stringify(roots) &&
    isSameList([...known.files].flat(), [...files].flat());
  if (isSame && takesConfig(known.python, config)) return known.python;
  const python = program({ files }, parse, { roots, config, constants: libraryConstant });
  if (first) programs.set(first, { files, roots: JSON.stringify(roots), python });
  return python;
}

function isSameList(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, at) => one === others[at]);
}
