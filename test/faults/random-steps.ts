import { CancellationTokenSource } from "vscode-languageserver/node";
import { below, pick } from "../fuzz/random.ts";
import { type Editor, uriOf } from "./editor.ts";
import { editTo, positionOf, randomEdit, type TextEdit } from "./text-edit.ts";

/** Files do not grow over this many characters by editing. */
const LONGEST = 9_000;
/** Folders that charms are moved to and made in. */
const FOLDERS: readonly string[] = [
  "coordinator",
  "worker",
  "consumer",
  "moved",
  "sub/deep",
  "ünï côde",
  "tests/tester",
];
/** Paths that single files are moved to and made at. */
const NAMES: readonly string[] = [
  "charmcraft.yaml",
  "metadata.yaml",
  "config.yaml",
  "pyproject.toml",
  "requirements.txt",
  "src/charm.py",
  "src/mini.py",
  "src/other.py",
  "src/nested/part.py",
  "tests/unit/test_charm.py",
  "lib/charms/x/v0/y.py",
  "bundle.yaml",
  "mesh-topology.yaml",
  ".charm-mesh.yaml",
  "notes.md",
];
const REQUESTS: readonly string[] = [
  "textDocument/hover",
  "textDocument/definition",
  "textDocument/completion",
  "textDocument/documentSymbol",
  "textDocument/codeLens",
];

/** What a person at an editor does at random, seen from a server. */
export interface RandomSteps {
  /** Does one thing; how many edits of documents it was. */
  readonly step: () => number;
  /** Requests that were asked on the way and what came of them; empty once it was looked at. */
  readonly answered: () => Promise<readonly string[]>;
  /** What the editor did last, for the report of a failure. */
  readonly recent: readonly string[];
}

/** Random steps on an editor. `pristine` holds the texts that files come back to. */
export function randomSteps(
  editor: Editor,
  pristine: Readonly<Record<string, string>>,
  random: () => number,
): RandomSteps {
  const { files, client } = editor;
  const originals = Object.values(pristine);
  const recent: string[] = [];
  const requests: Promise<string>[] = [];
  const paths = (): readonly string[] => files.paths().filter((path) => !path.startsWith("zz-marker/"));
  const note = (what: string): void => {
    recent.push(what);
    if (recent.length > 60) recent.shift();
  };
  /** A sound text for a path: its own, or that of another file of its name. */
  const soundText = (path: string): string => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const same = Object.keys(pristine).filter((other) => other.endsWith(`/${name}`) || other === name);
    return pristine[path] ?? pristine[same.length > 0 ? pick(random, same) : ""] ?? pick(random, originals);
  };

  const openOne = (): void => {
    const closed = paths().filter((path) => !files.open.has(path));
    if (closed.length === 0) return;
    const path = pick(random, closed);
    note(`open ${path}`);
    editor.open(path, 1 + below(random, 9));
  };
  const closeOne = (): void => {
    const open = [...files.open.keys()];
    if (open.length === 0) return;
    const path = pick(random, open);
    const text = files.text(path) ?? "";
    // Saved, saved with a word of the watcher only, or thrown away.
    const way = below(random, 3);
    note(`close ${path} ${["saved", "saved unheard", "unsaved"][way]}`);
    if (way === 0) editor.write({ [path]: text });
    if (way === 1) {
      client.disk.set(uriOf(path), text);
      files.disk.set(path, text);
    }
    editor.close(path);
  };
  const edit = (): number => {
    if (files.open.size === 0) openOne();
    const open = [...files.open.keys()];
    if (open.length === 0) return 0;
    const path = pick(random, open);
    let text = files.text(path) ?? "";
    const before = text;
    const edits: TextEdit[] = [];
    const isTooLong = text.length > LONGEST;
    if (isTooLong || below(random, 12) === 0) edits.push(editTo(text, soundText(path)));
    else
      for (let count = 1 + (below(random, 5) === 0 ? below(random, 3) : 0); count > 0; count--) {
        const one = randomEdit(text, originals, random);
        edits.push(one);
        text = text.slice(0, one.start) + one.text + text.slice(one.end);
      }
    note(`edit ${path} ${JSON.stringify(edits).slice(0, 300)}`);
    editor.change(path, edits);
    // Half of what breaks things is taken back at once, as by a person who sees it.
    if (!isTooLong && below(random, 2) === 0) {
      note(`undo ${path}`);
      editor.change(path, [editTo(files.text(path) ?? "", before)]);
      return edits.length + 1;
    }
    return edits.length;
  };
  const typed = (): number => {
    if (files.open.size === 0) openOne();
    const open = [...files.open.keys()];
    if (open.length === 0) return 0;
    const path = pick(random, open);
    const text = files.text(path) ?? "";
    const { start, text: word } = randomEdit(text, originals, random);
    const piece = word.slice(0, 12);
    note(`type ${path} at ${start} ${JSON.stringify(piece)}`);
    const letters = [...piece];
    let at = start;
    for (const letter of letters) {
      editor.change(path, [{ start: at, end: at, text: letter }]);
      at += letter.length;
    }
    return letters.length;
  };
  const writeOne = (): void => {
    const known = paths();
    const path =
      known.length > 0 && below(random, 4) > 0
        ? pick(random, known)
        : `${pick(random, FOLDERS)}/${pick(random, NAMES)}`;
    const text = files.disk.get(path) ?? soundText(path);
    const { start, end, text: piece } = randomEdit(text, originals, random);
    note(`write ${path}`);
    editor.write({
      [path]: below(random, 3) === 0 ? soundText(path) : text.slice(0, start) + piece + text.slice(end),
    });
  };
  const moveOpen = (from: string, to: string): void => {
    const document = files.open.get(from);
    if (!document) return;
    editor.close(from);
    editor.open(to, document.version, document.text);
  };
  const renameOne = (): void => {
    const onDisk = paths().filter((path) => files.disk.has(path));
    if (onDisk.length === 0) return;
    const from = pick(random, onDisk);
    const folder = from.includes("/") ? from.slice(0, from.lastIndexOf("/")) : pick(random, FOLDERS);
    const to = below(random, 2) === 0 ? `${folder}/renamed.py` : `${pick(random, FOLDERS)}/${pick(random, NAMES)}`;
    if (from === to || files.open.has(to)) return;
    note(`rename ${from} to ${to}`);
    const isTextFirst = below(random, 2) === 0;
    if (isTextFirst) moveOpen(from, to);
    editor.write({ [from]: null, [to]: files.disk.get(from) ?? "" });
    if (!isTextFirst) moveOpen(from, to);
  };
  const moveFolder = (): void => {
    const from = pick(random, FOLDERS);
    const to = pick(random, FOLDERS);
    const inside = paths().filter((path) => path.startsWith(`${from}/`));
    if (from === to || inside.length === 0 || [...files.open.keys()].some((path) => path.startsWith(`${to}/`))) return;
    note(`move folder ${from} to ${to}`);
    const changes: Record<string, string | null> = {};
    for (const path of inside) {
      const text = files.disk.get(path);
      if (text === undefined) continue;
      changes[path] = null;
      changes[to + path.slice(from.length)] = text;
    }
    // Some watchers name each file, some only the folder that went and the files that came.
    const arrived = Object.keys(changes).filter((path) => changes[path] !== null);
    editor.write(changes, below(random, 2) === 0 ? undefined : [from, ...arrived]);
    for (const path of inside) moveOpen(path, to + path.slice(from.length));
  };
  const remove = (): void => {
    const onDisk = paths().filter((path) => files.disk.has(path));
    if (onDisk.length === 0) return;
    const path = pick(random, onDisk);
    note(`remove ${path}`);
    editor.write({ [path]: null });
    if (below(random, 2) === 0 && files.open.has(path)) editor.close(path);
  };
  const removeFolder = (): void => {
    const folder = pick(random, FOLDERS);
    const inside = paths().filter((path) => path.startsWith(`${folder}/`) && files.disk.has(path));
    note(`remove folder ${folder}`);
    editor.write(Object.fromEntries(inside.map((path) => [path, null])), [folder]);
  };
  /** A charm comes (back) as a checkout brings it: all its files at once. */
  const checkout = (): void => {
    const charm = pick(random, ["coordinator", "worker", "consumer"]);
    const to = below(random, 4) === 0 ? pick(random, FOLDERS) : charm;
    const own = Object.entries(pristine).filter(([path]) => path.startsWith(`${charm}/`));
    note(`check out ${charm} to ${to}`);
    editor.write(Object.fromEntries(own.map(([path, text]) => [to + path.slice(charm.length), text])));
    const beside = Object.entries(pristine).filter(([path]) => !path.includes("/"));
    if (below(random, 2) === 0) editor.write(Object.fromEntries(beside));
  };
  const ask = (): void => {
    const known = paths();
    if (known.length === 0) return;
    const path = pick(random, known);
    const method = pick(random, REQUESTS);
    const position = positionOf(files.text(path) ?? "", below(random, (files.text(path) ?? "").length + 1));
    const source = new CancellationTokenSource();
    const isCancelled = below(random, 2) === 0;
    note(`${isCancelled ? "cancelled " : ""}${method} ${path}`);
    const params = { textDocument: { uri: uriOf(path) }, position };
    requests.push(
      client.connection.sendRequest(method, params, source.token).then(
        () => "answered",
        (problem: { code?: number; message: string }) =>
          isCancelled && problem.code === -32800 ? "cancelled" : `${method} failed: ${problem.message}`,
      ),
    );
    if (isCancelled) source.cancel();
  };

  return {
    recent,
    step: () => {
      const dice = below(random, 100);
      if (dice < 62) return edit();
      if (dice < 70) return typed();
      if (dice < 76) openOne();
      else if (dice < 80) closeOne();
      else if (dice < 86) ask();
      else if (dice < 91) writeOne();
      else if (dice < 93) renameOne();
      else if (dice < 95) moveFolder();
      else if (dice < 96) remove();
      else if (dice < 97) removeFolder();
      else checkout();
      return 0;
    },
    answered: () => Promise.all(requests.splice(0)),
  };
}
