/** Yes, no, or not decided by what could be read. */
export type Ternary = "yes" | "no" | "maybe";

export function both(a: Ternary, b: Ternary): Ternary {
  if (a === "no" || b === "no") return "no";
  return a === "maybe" || b === "maybe" ? "maybe" : "yes";
}

export function either(a: Ternary, b: Ternary): Ternary {
  if (a === "yes" || b === "yes") return "yes";
  return a === "maybe" || b === "maybe" ? "maybe" : "no";
}

export function ternary(value: boolean): Ternary {
  return value ? "yes" : "no";
}
