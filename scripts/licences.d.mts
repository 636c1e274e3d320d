export interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}
export const COMPATIBLE: readonly string[];
export function bundledPackages(): Promise<readonly Package[]>;
export function thirdPartyText(packages: readonly Package[]): string;
