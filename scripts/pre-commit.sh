#!/usr/bin/env bash
# What pre-commit runs: `check`, from pre-commit's own clone of this repository, which is built on the first run.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [[ ! -f $here/dist/cli.js ]]; then
  # The environment of the hook binds git and npm to the repository that is checked.
  (cd "$here" && unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE && npm ci --no-audit --no-fund >&2 && npm run --silent build >&2)
fi
exec node "$here/dist/cli.js" check "$@"
