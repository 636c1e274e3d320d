/**
 * The charm's name in what bundles and juju status call a charm: `ch:amd64/jammy/foo-12`, `ch:foo`, `local:foo-3`, `foo`,
 * `./charms/foo_ubuntu-22.04-amd64.charm`, `./charms/foo`. null where nothing is left.
 */
export function charmName(written: string): string | null {
  const isPath = /^(\.{0,2}\/|~\/)/.test(written) || written.endsWith(".charm");
  const bare = written.replace(/^[a-z]+:/, "");
  const last = bare.split("/").findLast((part) => part !== "") ?? "";
  // charmcraft pack calls its output <name>_<platform>.charm
  if (isPath) return last.replace(/\.charm$/, "").replace(/_.*$/s, "") || null;
  return last.replace(/-\d+$/, "") || null;
}
