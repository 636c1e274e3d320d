export function l10nBundle(folder: string): Record<string, string>;
