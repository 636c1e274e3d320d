#!/usr/bin/env bash
# What action.yml runs. Everything comes in through the environment, so that no input is ever part of a command.
set -euo pipefail

cli=${CHARM_MESH:?}
if [[ ! -f $cli ]]; then
  # A checkout of the repository (not a release) holds no built files.
  (cd "$(dirname "$(dirname "$cli")")" && npm ci --no-audit --no-fund >&2 && npm run --silent build >&2)
fi

read -r -d '' -a paths <<<"${CHARM_MESH_PATHS:-.}" || true
options=(--format "${CHARM_MESH_FORMAT:-github}" --fail-on "${CHARM_MESH_FAIL_ON:-error}")
[[ -n ${CHARM_MESH_BASELINE:-} ]] && options+=(--baseline "$CHARM_MESH_BASELINE")

# What is checked out may be a stranger's: a link in it must not make this write somewhere else.
if [[ -n ${CHARM_MESH_OUTPUT:-} && $CHARM_MESH_OUTPUT != /* ]]; then
  parent=$(cd "$(dirname -- "$CHARM_MESH_OUTPUT")" && pwd -P)
  if [[ -L $CHARM_MESH_OUTPUT || "$parent/" != "$(pwd -P)/"* ]]; then
    echo "charm-mesh: the output “$CHARM_MESH_OUTPUT” is a link, or leads out of the workspace: nothing is written" >&2
    exit 2
  fi
fi

code=0
if [[ -n ${CHARM_MESH_OUTPUT:-} ]]; then
  node "$cli" check "${options[@]}" -- "${paths[@]}" >"$CHARM_MESH_OUTPUT" || code=$?
else
  node "$cli" check "${options[@]}" -- "${paths[@]}" || code=$?
fi
[[ -n ${GITHUB_OUTPUT:-} ]] && echo "code=$code" >>"$GITHUB_OUTPUT"

if [[ -n ${CHARM_MESH_COMPARE_WITH:-} ]]; then
  node "$cli" diff "$CHARM_MESH_COMPARE_WITH" --format markdown >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
fi
exit "$code"
