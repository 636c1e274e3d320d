// A web extension for the tests: the file system `memory:`, filled with the files that files.json beside it holds. It lives in the
// browser's worker like those that open a repository on vscode.dev: no disk, no process.

const { Disposable, EventEmitter, FileChangeType, FileSystemError, FileType, Uri, workspace } = require("vscode");

const SCHEME = "memory";

exports.activate = async (context) => {
  const given = await (await fetch(Uri.joinPath(context.extensionUri, "files.json").toString(true))).json();
  const files = new Map(Object.entries(given).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  const changes = new EventEmitter();

  const childrenOf = (folder) => {
    const prefix = folder.endsWith("/") ? folder : `${folder}/`;
    const children = new Map();
    for (const path of files.keys()) {
      if (!path.startsWith(prefix)) continue;
      const [name, ...deeper] = path.slice(prefix.length).split("/");
      children.set(name, deeper.length > 0 ? FileType.Directory : FileType.File);
    }
    return children;
  };
  const bytesOf = (uri) => {
    const bytes = files.get(uri.path);
    if (!bytes) throw FileSystemError.FileNotFound(uri);
    return bytes;
  };
  const report = (type, uri) => changes.fire([{ type, uri }]);

  const fileSystem = {
    onDidChangeFile: changes.event,
    watch: () => new Disposable(() => undefined),
    stat: (uri) => {
      if (!files.has(uri.path) && childrenOf(uri.path).size > 0) {
        return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
      }
      return { type: FileType.File, ctime: 0, mtime: 0, size: bytesOf(uri).length };
    },
    readDirectory: (uri) => [...childrenOf(uri.path)],
    readFile: bytesOf,
    writeFile: (uri, bytes) => {
      const type = files.has(uri.path) ? FileChangeType.Changed : FileChangeType.Created;
      files.set(uri.path, bytes);
      report(type, uri);
    },
    delete: (uri) => {
      files.delete(uri.path);
      report(FileChangeType.Deleted, uri);
    },
    rename: (from, to) => {
      files.set(to.path, bytesOf(from));
      files.delete(from.path);
      report(FileChangeType.Deleted, from);
      report(FileChangeType.Created, to);
    },
    createDirectory: () => undefined,
  };
  context.subscriptions.push(
    workspace.registerFileSystemProvider(SCHEME, fileSystem, { isCaseSensitive: true }),
    // VS Code applies the patterns of findFiles to what this gives.
    workspace.registerFileSearchProvider(SCHEME, {
      provideFileSearchResults: (_, { folder }) =>
        [...files.keys()].filter((path) => path.startsWith(`${folder.path}/`)).map((path) => folder.with({ path })),
    }),
  );
};
