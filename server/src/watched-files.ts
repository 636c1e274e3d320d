import { type FileSystemWatcher, WatchKind } from "vscode-languageserver";

/** All that discovery could find relevant; engine/ide's `isRelevantPath` decides in the end. */
const RELEVANT = [
  "**/{charmcraft,metadata,config}.yaml",
  "**/*{bundle,status,show-unit,mesh-topology}.{yaml,yml,json}",
  "**/*plan.json",
  "**/.charm-mesh.yaml",
  "**/*.{py,tf}",
  "**/{src,templates,manifests,files}/**/*.{yaml,yml,j2,jinja,jinja2,tmpl}",
  "**/requirements*.{txt,in}",
  "**/{pyproject.toml,uv.lock,poetry.lock}",
];

/** What a client watches. Clients often report a deleted folder by its own name only, so the server watches all deletions. */
export const WATCHED_FILES: readonly FileSystemWatcher[] = [
  ...RELEVANT.map((globPattern) => ({ globPattern, kind: WatchKind.Create | WatchKind.Change })),
  { globPattern: "**", kind: WatchKind.Delete },
];
