/** A distribution's name as PEP 503 compares it: lower case, runs of `-`, `_` and `.` one `-`. */
export function normalizedName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
