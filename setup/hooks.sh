#!/usr/bin/env bash
# Points git at .githooks, in a work tree of this project that has no hooks path of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
command -v git >/dev/null || exit 0
[ "$(git rev-parse --show-toplevel 2>/dev/null)" = "$(pwd -P)" ] || exit 0
[ -n "$(git config core.hooksPath || true)" ] || git config core.hooksPath .githooks
