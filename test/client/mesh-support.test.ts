import { beforeEach, expect, test, vi } from "vitest";
import { addMeshSupportRequest, charmsRequest } from "#protocol";
import { offeredMeshSupport } from "../../client/src/mesh-support.ts";
import type { ServerProcess } from "../../client/src/server-process.ts";

const editor = vi.hoisted(() => ({
  said: [] as string[],
  applied: [] as unknown[],
  accepts: true,
  asked: [] as unknown[],
  presses: "Apply" as string | undefined,
}));

// The editor as far as the command uses it: what is said, and what the person decides about the edit.
vi.mock("vscode", () => ({
  l10n: {
    t: (text: string, ...args: readonly string[]) => args.reduce((all, arg, at) => all.replace(`{${at}}`, arg), text),
  },
  Uri: { parse: (text: string) => text, joinPath: (...parts: readonly string[]) => parts.join("/") },
  window: {
    showInformationMessage: async (text: string, options?: { readonly modal?: boolean; readonly detail?: string }) => {
      if (!options?.modal) return void editor.said.push(text);
      editor.asked.push([text, options.detail]);
      return editor.presses;
    },
  },
  workspace: {
    asRelativePath: (uri: string) => uri.replace("file:///w/", ""),
    applyEdit: async (...edit: readonly unknown[]) => {
      editor.applied.push(edit);
      return editor.accepts;
    },
  },
}));

const LOCK = "shop/uv.lock holds the old requirements: run `uv lock` in its folder.";

function serverWith(answer: { edit: object | null; gaps?: number; notices: string[] }): ServerProcess {
  const client = {
    sendRequest: async (method: string) =>
      method === charmsRequest.method
        ? { charms: [{ name: "shop", path: "shop", uri: "file:///w/shop", kind: "standalone" }] }
        : method === addMeshSupportRequest.method
          ? { gaps: 0, ...answer, charms: ["shop"] }
          : null,
    protocol2CodeConverter: { asWorkspaceEdit: async (edit: object) => ({ ...edit, size: 3 }) },
  };
  return { client: async () => client } as unknown as ServerProcess;
}

beforeEach(() => {
  editor.said.length = 0;
  editor.applied.length = 0;
  editor.asked.length = 0;
  editor.accepts = true;
  editor.presses = "Apply";
});

test("after the edit, a message names the lock file to update and its command", async () => {
  await offeredMeshSupport(serverWith({ edit: { changes: {} }, notices: [LOCK] }), null);
  expect(editor.applied).toEqual([[{ changes: {}, size: 3 }, { isRefactoring: true }]]);
  expect(editor.said).toEqual([`Added service mesh support to shop. Files changed: 3. ${LOCK}`]);
});

test("one message names the gaps that are left; nothing is said where the edit was not made", async () => {
  await offeredMeshSupport(serverWith({ edit: { changes: {} }, gaps: 2, notices: [] }), null);
  expect(editor.said.splice(0)).toEqual([
    "Added service mesh support to shop. Files changed: 3. Gaps left to fill in: 2. They are marked GAP, or left out if not confirmed.",
  ]);
  editor.accepts = false;
  await offeredMeshSupport(serverWith({ edit: { changes: {} }, notices: [LOCK] }), null);
  expect(editor.applied).toHaveLength(2);
  expect(editor.said).toEqual([]);
});

test("that there is nothing to add is said", async () => {
  await offeredMeshSupport(serverWith({ edit: null, notices: [] }), null);
  expect(editor.applied).toEqual([]);
  expect(editor.said).toEqual(["shop: service mesh support is complete as far as it can be added."]);
});

test("without gaps, the steps and their files are listed, and nothing changes unless Apply is pressed", async () => {
  const change = (name: string, ...steps: readonly string[]) => ({
    textDocument: { uri: `file:///w/shop/${name}`, version: null },
    edits: steps.map((annotationId) => ({ annotationId })),
  });
  const edit = {
    documentChanges: [change("charmcraft.yaml", "relations", "relations"), change("src/charm.py", "code")],
    changeAnnotations: { relations: { label: "1. Declare" }, code: { label: "3. Join" } },
  };
  editor.presses = undefined;
  await offeredMeshSupport(serverWith({ edit, notices: [] }), "file:///w/shop/charmcraft.yaml");
  expect(editor.asked).toEqual([
    ["Add service mesh support to shop?", "1. Declare: shop/charmcraft.yaml\n3. Join: shop/src/charm.py"],
  ]);
  expect([editor.applied, editor.said]).toEqual([[], []]);
  editor.presses = "Apply";
  await offeredMeshSupport(serverWith({ edit, notices: [] }), null);
  expect(editor.applied).toHaveLength(1);
});
