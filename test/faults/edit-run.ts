import type { Position } from "vscode-languageserver/node";
import { parsePython, sourceFile } from "#syntax";
import { below, pick, randomOf } from "../fuzz/random.ts";
import { miniWorkspace, textsOf } from "../support/mini-workspace.ts";
import { miniConsumer } from "../support/minicharms.ts";
import { answersOf, differences, type Place } from "./answers.ts";
import { type Editor, editorOn, freshEditor } from "./editor.ts";
import { randomSteps } from "./random-steps.ts";
import { editTo } from "./text-edit.ts";

const BUNDLE = `bundle: kubernetes
name: mini
applications:
  mini:
    charm: mini-coordinator-k8s
    trust: true
  reader:
    charm: mini-worker-k8s
    scale: 2
  web:
    charm: mini-k8s
  prometheus:
    charm: prometheus-k8s
  beacon:
    charm: istio-beacon-k8s
relations:
  - [mini:mini-cluster, reader:mini-cluster]
  - [mini:metrics-endpoint, prometheus:metrics-endpoint]
  - [mini:service-mesh, beacon:service-mesh]
  - [web:service-mesh, beacon:service-mesh]
`;

/** The files that a run starts from and comes back to. */
export const PRISTINE: Readonly<Record<string, string>> = {
  ...miniWorkspace(),
  ...textsOf(miniConsumer("", "consumer")),
  "bundle.yaml": BUNDLE,
  ".charm-mesh.yaml": "rules:\n  unpinned-library: off\n",
};

/** How a run went. */
export interface EditRun {
  readonly edits: number;
  readonly checks: number;
  /** Checks at which Python files were broken, and mended before the comparison. */
  readonly damagedChecks: number;
  readonly cancelled: number;
  /** Diagnostics that were compared, over all checks. */
  readonly findings: number;
  readonly failures: readonly string[];
}

export interface EditRunOptions {
  readonly seed: number;
  readonly edits: number;
  /** Compares with a fresh server after this many edits. */
  readonly checkEvery: number;
}

/**
 * Edits at random and compares, every so many edits, with a server that was started on the same texts. Before that, broken Python is
 * mended with its text of the check before, since a server with a history knows more of broken texts than a fresh one. Ends at the
 * first failure, which contains the seed and the last steps.
 */
export async function editRun({ seed, edits, checkEvery }: EditRunOptions): Promise<EditRun> {
  const random = randomOf(seed);
  const pauses = randomOf(seed + 1);
  // A disk that answers now at once and now late, so that reads and edits cross.
  const pause = (): Promise<void> =>
    below(pauses, 4) === 0 ? new Promise((resolve) => setTimeout(resolve, below(pauses, 3))) : Promise.resolve();
  const editor = await editorOn(PRISTINE, pause);
  const steps = randomSteps(editor, PRISTINE, random);
  const sound = new Map<string, string>();
  let [done, checks, damagedChecks, cancelled, findings] = [0, 0, 0, 0, 0];
  const failures: string[] = [];
  while (done < edits && failures.length === 0) {
    for (const until = done + checkEvery; done < until; ) {
      done += steps.step();
      // Now the server is given the time to publish, now several changes reach it together.
      if (below(random, 3) === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await editor.settled();
    for (const outcome of await steps.answered()) {
      if (outcome === "cancelled") cancelled++;
      else if (outcome !== "answered") failures.push(outcome);
    }
    failures.push(...editor.client.log);
    const broken = brokenPython(editor);
    if (broken.length > 0) {
      damagedChecks++;
      failures.push(...misplaced(editor));
      for (const path of broken) mend(editor, path, sound.get(path) ?? "");
      await editor.settled();
    }
    checks++;
    failures.push(...(await comparison(editor, randomPlaces(editor, random))));
    for (const own of editor.shown().values()) findings += own.length;
    sound.clear();
    for (const path of editor.files.paths()) sound.set(path, editor.files.text(path) ?? "");
  }
  editor.dispose();
  if (failures.length > 0)
    failures.push(`seed ${seed}, after ${done} edits; the last steps:\n${steps.recent.join("\n")}`);
  return { edits: done, checks, damagedChecks, cancelled, findings, failures };
}

/** What the server says otherwise than a fresh one. */
async function comparison(editor: Editor, places: readonly Place[]): Promise<readonly string[]> {
  const fresh = await freshEditor(editor.files);
  const found = differences(await answersOf(editor, places), await answersOf(fresh, places));
  fresh.dispose();
  return found;
}

/**
 * What is wrong with what is shown while Python files are broken. What a broken piece said before stands in for what it says now, so
 * the findings may be a mixture that no text of the history gives, and a fresh server can't be the measure: it has no history. But
 * each has a place in the text as it is now.
 */
function misplaced({ files, shown }: Editor): readonly string[] {
  return [...shown()].flatMap(([path, own]) => {
    const lines = (files.text(path) ?? "").split(/\r\n|\n|\r/);
    const isInText = ({ line, character }: Position): boolean => character <= (lines[line]?.length ?? -1);
    return own
      .filter(({ range }) => !isInText(range.start) || !isInText(range.end))
      .map(({ code, range }) => `${path}: ${code} stands outside of the text: ${JSON.stringify(range)}`);
  });
}

function mend(editor: Editor, path: string, text: string): void {
  if (editor.files.open.has(path)) editor.change(path, [editTo(editor.files.text(path) ?? "", text)]);
  else editor.write({ [path]: text });
}

function brokenPython({ files }: Editor): readonly string[] {
  return files.paths().filter((path) => {
    const text = files.text(path);
    if (!path.endsWith(".py") || text === undefined) return false;
    const { damaged, problems } = parsePython(sourceFile(path, text));
    return damaged || problems.length > 0;
  });
}

function randomPlaces({ files }: Editor, random: () => number): readonly Place[] {
  const paths = files.paths();
  return Array.from({ length: 4 }, () => {
    const path = pick(random, paths);
    return { path, offset: below(random, (files.text(path) ?? "").length + 1) };
  });
}
