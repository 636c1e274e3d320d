export function disagreements(given: {
  readonly version: string;
  readonly lockVersion: string;
  readonly changelog: string;
  readonly documents: Readonly<Record<string, string>>;
  readonly tag: string | null;
}): string[];
export function changesOf(changelog: string, version: string): string;
