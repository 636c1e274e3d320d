import type { CharmModel, Library } from "#charm";

/** Path of a library in a charm: `charms.x.v0.y` is `lib/charms/x/v0/y.py`. */
export function libraryPath(module: string): string {
  return `lib/${module.replaceAll(".", "/")}.py`;
}

/** Whether the charm has a library, fetches it by charm-libs, or has a file of that name that could not be read. */
export function hasLibrary({ libraries, charm }: Pick<CharmModel, "libraries" | "charm">, module: string): boolean {
  const found = libraryNamed(libraries, module);
  return found?.vendored === true || !!found?.charmLib || charm.unreadable.has(libraryPath(module));
}

/** What is known about a library of the charm; null for one that it neither has nor imports. */
export function libraryNamed(libraries: readonly Library[], module: string): Library | null {
  return libraries.find((each) => each.name === module) ?? null;
}
