/** A document that is open in the editor. */
export interface OpenDocument {
  readonly text: string;
  readonly version: number;
}

/** What the editor and its disk hold: the truth that servers are measured by. Paths are below the workspace folder. */
export interface EditorFiles {
  readonly disk: Map<string, string>;
  readonly open: Map<string, OpenDocument>;
  /** What counts for a path: the open document, else the disk. */
  readonly text: (path: string) => string | undefined;
  /** All paths that hold something, sorted. */
  readonly paths: () => readonly string[];
}

/** The files of an editor that has opened nothing. */
export function editorFiles(texts: Readonly<Record<string, string>>): EditorFiles {
  const disk = new Map(Object.entries(texts));
  const open = new Map<string, OpenDocument>();
  return {
    disk,
    open,
    text: (path) => open.get(path)?.text ?? disk.get(path),
    paths: () => [...new Set([...disk.keys(), ...open.keys()])].sort(),
  };
}
