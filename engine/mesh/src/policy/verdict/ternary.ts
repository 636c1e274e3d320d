/** Yes, no, or not decided by what could be read. */
export type Ternary = "yes" | "no" | "maybe";

/** Yes where both are, no where one is not. */
export function both(a: Ternary, b: Ternary): Ternary {
  if (a === "no" || b === "no") return "no";
  return a === "maybe" || b === "maybe" ? "maybe" : "yes";
}

/** Yes where one is, no where both are not. */
export function either(a: Ternary, b: Ternary): Ternary {
  if (a === "yes" || b === "yes") return "yes";
  return a === "maybe" || b === "maybe" ? "maybe" : "no";
}

/** A decided value. */
export function ternary(value: boolean): Ternary {
  return value ? "yes" : "no";
}

/** Yes where it is no, and the other way round. */
export function opposite(a: Ternary): Ternary {
  return a === "maybe" ? "maybe" : ternary(a === "no");
}

/** What holds either way: the common value of two possibilities, else undecided. */
export function joined(a: Ternary, b: Ternary): Ternary {
  return a === b ? a : "maybe";
}
