/** Words that identify groups, extras and requirements files outside of the charm's installation. */
const DEVELOPMENT = new Set([
  "dev",
  "devel",
  "development",
  "test",
  "tests",
  "testing",
  "unit",
  "integration",
  "scenario",
  "interface",
  "functional",
  "coverage",
  "lint",
  "linting",
  "fmt",
  "format",
  "formatting",
  "static",
  "typing",
  "types",
  "mypy",
  "pyright",
  "docs",
  "doc",
  "build",
  "release",
  "ci",
  "publish",
  "tools",
]);

/** Whether the name of a group, extra or requirements file says that it is for development only: `unit-test`, `dev`. */
export function isDevelopmentName(name: string): boolean {
  return name
    .toLowerCase()
    .split(/[-_.]/)
    .some((word) => DEVELOPMENT.has(word));
}
