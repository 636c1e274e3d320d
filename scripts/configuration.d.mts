import type { z } from "zod";

export interface ShownRule {
  readonly name: string;
  readonly summary: string;
  readonly severities: readonly [string, ...string[]];
}
export function configurationBlock(settings: z.ZodType, rules: readonly ShownRule[]): Record<string, unknown>;
