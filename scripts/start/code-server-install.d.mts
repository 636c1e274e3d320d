export interface CodeServer {
  readonly version: string;
  readonly node: string;
  readonly server: string;
  readonly missing: readonly string[];
}
export type Release = "oldest" | "newest";
export function installedCodeServer(which: Release, tell: (text: string) => void, cache?: string): Promise<CodeServer>;
