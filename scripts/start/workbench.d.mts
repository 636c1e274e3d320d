import type { CodeServer } from "./code-server-install.mjs";

export interface Workbench {
  readonly address: string;
  readonly stop: () => Promise<void>;
}
export interface WorkbenchOptions {
  readonly codeServer: CodeServer;
  readonly extensions: readonly string[];
  readonly folder: string;
  readonly home: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}
export function startedWorkbench(options: WorkbenchOptions): Promise<Workbench>;
export function freePort(): Promise<number>;
