#!/usr/bin/env bash
# What action.yml runs. Everything comes in through the environment, so that no input is ever part of a command.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/charm-mesh.XXXXXX")
trap 'rm -rf "$work"' EXIT
fail() {
  echo "charm-mesh: $1" >&2
  exit 2
}

cli=${CHARM_MESH:?}
if [[ ! -f $cli ]]; then
  # A tag's checkout holds no built files: the npm package of the same version does. A commit that was never published is built.
  version=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).version' "$root/package.json")
  if npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --silent "charm-mesh@$version" >&2; then
    cli=$work/node_modules/charm-mesh/dist/cli.js
  else
    (cd "$root" && npm ci --no-audit --no-fund >&2 && npm run --silent build >&2)
  fi
fi

# What is checked out may be a stranger's: a link in it must not make this write somewhere else.
within() {
  local name=$1 parent
  [[ $name == /* ]] && return
  parent=$(cd "$(dirname -- "$name")" && pwd -P)
  if [[ -L $name || "$parent/" != "$(pwd -P)/"* ]]; then
    fail "the output “$name” is a link, or leads out of the workspace: nothing is written"
  fi
}
[[ -n ${CHARM_MESH_OUTPUT:-} ]] && within "$CHARM_MESH_OUTPUT"
[[ -n ${CHARM_MESH_SARIF:-} ]] && within "$CHARM_MESH_SARIF"

base=
if [[ -n ${CHARM_MESH_COMPARE_WITH:-} ]]; then
  # A ref, whatever it looks like, becomes a commit's hash: it can be neither an option nor a folder.
  base=$(git rev-parse --verify --quiet --end-of-options "$CHARM_MESH_COMPARE_WITH^{commit}") ||
    fail "“$CHARM_MESH_COMPARE_WITH” is no commit of this clone. Check out with fetch-depth: 0, or fetch it before."
elif [[ ${CHARM_MESH_COMMENT:-} == true || ${CHARM_MESH_FAIL_ON_WIDENED:-} == true || -n ${CHARM_MESH_SARIF:-} ]]; then
  fail "comment, fail-on-widened and sarif need compare-with."
fi

read -r -d '' -a paths <<<"${CHARM_MESH_PATHS:-.}" || true
rules=(--fail-on "${CHARM_MESH_FAIL_ON:-error}")
[[ -n ${CHARM_MESH_BASELINE:-} ]] && rules+=(--baseline "$CHARM_MESH_BASELINE")

code=0
if [[ -n ${CHARM_MESH_OUTPUT:-} ]]; then
  node "$cli" check --format "${CHARM_MESH_FORMAT:-github}" "${rules[@]}" -- "${paths[@]}" >"$CHARM_MESH_OUTPUT" || code=$?
else
  node "$cli" check --format "${CHARM_MESH_FORMAT:-github}" "${rules[@]}" -- "${paths[@]}" || code=$?
fi
[[ $code -eq 2 ]] || node "$cli" check --format json "${rules[@]}" -- "${paths[@]}" >"$work/check.json" 2>/dev/null || true

if [[ -n $base ]]; then
  links=()
  if [[ -n ${GITHUB_SERVER_URL:-} && -n ${GITHUB_REPOSITORY:-} ]]; then
    blob=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/blob
    links=(--links-before "$blob/$base/" --links-after "$blob/$(git rev-parse HEAD)/")
  fi
  node "$cli" diff --refs "$base" --format json >"$work/diff.json"
  node "$cli" diff --refs "$base" --format markdown "${links[@]}" >"$work/report.md"
  [[ -n ${CHARM_MESH_SARIF:-} ]] && node "$cli" diff --refs "$base" --format sarif >"$CHARM_MESH_SARIF"
  cat "$work/report.md" >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
fi

node "$root/scripts/action-report.mjs" "$work" "$code" || code=$?
exit "$code"
