import type { SourceFile } from "#syntax";

/**
 * The files of one charm, as the host found them. `root` is the host's path of the charm's folder ("" for the working
 * directory itself); keys are relative to it, with `/`. Only files that matter are in it: charmcraft.yaml, metadata.yaml,
 * config.yaml, Python where charms and their packaging have it (`charmSources`) and tests, requirements.txt, pyproject.toml, locks, the
 * vendored libraries, and manifests with an AuthorizationPolicy, an admission webhook or a Service.
 */
export interface CharmFiles {
  readonly root: string;
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Files that are there but could not be taken in (not UTF-8, over the limit, unreadable), with one sentence each. */
  readonly unreadable: ReadonlyMap<string, string>;
  /**
   * The files as they stood before the host's last change, where it knows them. A Python file that does not parse now keeps
   * what the broken piece said then, marked as stale. Only its own files are held, no older ones.
   */
  readonly previous?: ReadonlyMap<string, SourceFile>;
}
