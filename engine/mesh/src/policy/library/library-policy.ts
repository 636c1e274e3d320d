import type { PyInt } from "../python/value.ts";
import type { ExactEndpoint } from "./exact-mesh-policy.ts";
import type { FieldError } from "./validation.ts";

/** A policy as a charm hands it to the library, validated and coerced. */
export type LibraryPolicy =
  | {
      readonly kind: "AppPolicy" | "Policy";
      readonly relation: string;
      readonly endpoints: readonly ExactEndpoint[];
      readonly service: string | null;
    }
  | { readonly kind: "UnitPolicy"; readonly relation: string; readonly ports: readonly PyInt[] | null };

/** A pydantic failure, with all its errors. */
export interface ValidationFailure {
  readonly type: "ValidationError";
  readonly errors: readonly FieldError[];
}
