/** One folder of the workspace as the client names it. */
export interface Folder {
  readonly uri: string;
  readonly name: string;
}

/** A folder with what stands before the names of its files: nothing, or the folder's name where there are several. */
export interface NamedFolder {
  readonly uri: string;
  readonly prefix: string;
}

/**
 * Between the client's URIs and the names that the engine gives to files: paths relative to the workspace folder, short
 * enough to be shown, and with the folder's name before them where a workspace has several folders.
 */
export interface Names {
  readonly folders: readonly NamedFolder[];
  /** null for a file outside all folders. */
  readonly pathOf: (uri: string) => string | null;
  /** The URI of a path; null where no folder has this prefix. */
  readonly uriOf: (path: string) => string | null;
}

/** The names for some folders; one that lies inside another, or comes twice, is left out, as its files are named already. */
export function namesOf(folders: readonly Folder[]): Names {
  const outer = folders
    .map((folder) => ({ ...folder, plain: plainUri(folder.uri) }))
    .filter((folder, index, all) => !all.some((other, at) => at !== index && holds(other, folder, at < index)));
  const taken = new Set<string>();
  const named = outer.map(({ uri, name, plain }) => ({
    uri: uri.replace(/(?<!\/)\/+$/, ""),
    plain,
    prefix: outer.length === 1 ? "" : `${uniqueName(name || lastPart(plain), taken)}/`,
  }));
  return {
    folders: named.map(({ uri, prefix }) => ({ uri, prefix })),
    pathOf: (uri) => {
      const plain = plainUri(uri);
      const folder = named.find((candidate) => plain.startsWith(`${candidate.plain}/`));
      return folder ? folder.prefix + plain.slice(folder.plain.length + 1) : null;
    },
    uriOf: (path) => {
      const folder = named.find(({ prefix }) => `${path}/`.startsWith(prefix));
      // A path that climbs is none that this server ever named: nothing outside the folders is opened or edited.
      if (!folder || path.split("/").includes("..")) return null;
      const relative = path.slice(folder.prefix.length);
      return relative === "" ? folder.uri : `${folder.uri}/${relative.split("/").map(encodeURIComponent).join("/")}`;
    },
  };
}

/** A URI in one spelling: clients differ in what they percent-encode and in the case of Windows' drive letters. */
export function plainUri(uri: string): string {
  const decoded = decodedText(uri).replace(/(?<!\/)\/+$/, "");
  return decoded.replace(
    /^(file:\/\/\/)([A-Za-z]):/,
    (_, scheme: string, drive: string) => `${scheme}${drive.toLowerCase()}:`,
  );
}

function decodedText(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    // A lone `%` is not an encoding: the URI then stays unchanged.
    return uri;
  }
}

function holds(outer: { plain: string }, inner: { plain: string }, isEarlier: boolean): boolean {
  return outer.plain === inner.plain ? isEarlier : inner.plain.startsWith(`${outer.plain}/`);
}

function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let count = 2; taken.has(unique); count++) unique = `${name}-${count}`;
  taken.add(unique);
  return unique;
}

function lastPart(uri: string): string {
  return uri.slice(uri.lastIndexOf("/") + 1);
}
