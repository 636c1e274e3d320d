import type { CharmFiles } from "#charm";
import type { SourceFile } from "#syntax";
import type { Settings } from "../settings/settings.ts";

/**
 * All that a host knows at one moment. Immutable: a host that changes one file makes a new CharmFiles for that charm and
 * keeps the objects of the others, so that everything about them is found again in the caches.
 */
export interface Workspace {
  readonly charms: readonly CharmFiles[];
  /** Bundles, juju status outputs, Terraform plans, mesh-topology.yaml: candidates, recognised by their content. */
  readonly topologies: readonly SourceFile[];
  /**
   * The prefix of the names of files directly in a folder of the workspace: empty, or the folder's name and a slash
   * where there are several. A topology there is the default. Absent: there is one folder.
   */
  readonly roots?: readonly string[];
  /** What the editor or the command line says; it goes before the project files. */
  readonly settings: Settings;
  /** The project files `.charm-mesh.yaml`, each for the files in its folder; the nearest one counts. */
  readonly settingsFiles?: readonly SourceFile[];
  /** Terraform sources (`*.tf`): a rename offers what they say of endpoints. */
  readonly terraform?: readonly SourceFile[];
  /**
   * Other charms and the deployments are still being read. What rests on the whole workspace then waits: that a comment suppresses
   * nothing, for example.
   */
  readonly isIncomplete?: boolean;
  /** Deployment and settings files that could not be read, by path: why, in words that go behind “it …”. */
  readonly unreadable?: ReadonlyMap<string, string>;
}
