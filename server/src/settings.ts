import { DEFAULT_SETTINGS, type Settings, settingsSchema } from "#ide";

/** The settings that a client gave, with one sentence for each that can't be used. */
export interface GivenSettings {
  readonly settings: Settings;
  readonly problems: readonly string[];
}

/**
 * Reads a client's settings one by one, and records within them entry by entry, so that one wrong value does not cost the others.
 * Names that are no settings are passed over: editors add their own.
 */
export function settingsOf(given: unknown): GivenSettings {
  const problems: string[] = [];
  let settings: Settings = DEFAULT_SETTINGS;
  for (const [name, value] of Object.entries(recordOf(given))) {
    if (!Object.hasOwn(settingsSchema.shape, name) || value === null) continue;
    for (const part of partsOf(value)) {
      const parsed = settingsSchema.partial().safeParse({ [name]: part });
      if (parsed.success) settings = { ...settings, ...merged(settings, parsed.data, name) };
      else problems.push(`charmMesh.${name}: ${JSON.stringify(part)} can't be used; the default holds`);
    }
  }
  return { settings, problems };
}

function merged(settings: Settings, read: object, name: string): Partial<Settings> {
  const before: unknown = settings[name as keyof Settings];
  const now: unknown = (read as Record<string, unknown>)[name];
  return { [name]: isRecord(before) && isRecord(now) ? { ...before, ...now } : now };
}

function partsOf(value: unknown): unknown[] {
  return isRecord(value) ? Object.entries(value).map(([key, item]) => ({ [key]: item })) : [value];
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
