#!/usr/bin/env bash
# Puts a native build of nodegit into node_modules.
#
#   setup/nodegit.sh           install it: from the cache if it is there, else build it (minutes) and fill the cache
#   setup/nodegit.sh --ready   exit 0 if no compiler is needed: it is installed or in the cache
#   setup/nodegit.sh --key     print the name of the build
#
# Nothing is downloaded but, where the machine has none, Node's own headers. The cache is outside the checkout, so a
# second clone is ready at once. It is safe to stop this at any point and to run two at the same time: a build is made in
# a folder of its own and appears in the cache, and in node_modules, by a rename.
#
# npm's nodegit is built by us and not by its own install script for three reasons: that script downloads a binary, its
# FetchOptions lack libgit2's `depth`, which nodegit-depth.patch adds, and it needs the system's Kerberos library where it
# runs, which nodegit-no-kerberos.patch drops: nobody clones with it, and a bare system has none.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
modules=$root/node_modules
module=$modules/nodegit
patches=("$here"/nodegit-*.patch)

# A build fits one version of nodegit, one set of patches and recipe, one Node ABI and one kind of system.
key=$(node - "$root/package.json" "${patches[@]}" "${BASH_SOURCE[0]}" <<'JS'
const { readFileSync } = require('node:fs')
const { createHash } = require('node:crypto')
const [manifest, ...recipe] = process.argv.slice(2)
const { dependencies, overrides } = JSON.parse(readFileSync(manifest, 'utf8'))
const hash = createHash('sha256').update(JSON.stringify(overrides ?? {}))
for (const file of recipe) hash.update(readFileSync(file))
process.report.excludeNetwork = true
const { glibcVersionRuntime } = process.report.getReport().header
const libc = process.platform !== 'linux' ? 'system' : glibcVersionRuntime ? `glibc${glibcVersionRuntime}` : 'musl'
const { platform, arch, versions } = process
console.log(['nodegit', dependencies.nodegit, hash.digest('hex').slice(0, 12), versions.modules, platform, arch, libc].join('-'))
JS
)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/docspool
cached=$cache/$key
release=$module/build/Release

installed() { [ -f "$release/nodegit.node" ] && [ "$(cat "$release/docspool-key" 2>/dev/null)" = "$key" ]; }
say() { printf 'nodegit: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

case "${1:-}" in
  --key) echo "$key"; exit ;;
  --ready) installed || [ -f "$cached/nodegit.node" ]; exit ;;
  '') ;;
  *) fail "unknown argument $1" ;;
esac

installed && exit
[ -f "$module/package.json" ] || fail "$module is missing; run npm ci first (make setup does both)"

scratch=
trap '[ -z "$scratch" ] || rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# --nodedir for node-gyp: what npm was told, else the headers beside the node binary if they are this Node's, else
# nothing, and node-gyp downloads them.
node_headers() {
  local configured prefix
  configured=${npm_config_nodedir:-$(cd "$root" && npm config get nodedir 2>/dev/null || true)}
  case "$configured" in '' | null | undefined) ;; *) printf -- '--nodedir=%s\n' "$configured"; return ;; esac
  prefix=$(node -p 'require("node:path").resolve(process.execPath, "../..")')
  if grep -qsE "^#define NODE_MODULE_VERSION $(node -p process.versions.modules)\$" "$prefix/include/node/node_version.h"
  then printf -- '--nodedir=%s\n' "$prefix"
  fi
}

build() {
  local work=$scratch/node_modules/nodegit log=$cache/$key.log patch headers
  mkdir -p "$scratch/node_modules"
  # nodegit's build finds its neighbours (nan, json5) by require(), so they stand around the copy as they do around it.
  ln -s "$modules"/* "$scratch/node_modules/"
  rm "$scratch/node_modules/nodegit"
  cp -R "$module" "$work"
  rm -rf "$work/build"
  # The ceiling makes git take the folder for what it is, even if the home folder is a repository.
  for patch in "${patches[@]}"; do
    (cd "$work" && GIT_CEILING_DIRECTORIES=$(dirname "$work") git apply "$patch") || fail "$patch does not apply"
  done
  if ! grep -q '"depth"' "$work/src/fetch_options.cc" || grep -q krb5 "$work"/binding.gyp "$work"/vendor/*.gyp
  then fail 'the patches were not applied'
  fi

  say "building from source, once for this machine; this takes a few minutes (log: $log)"
  headers=$(node_headers)
  # shellcheck disable=SC2086 # no headers means no argument
  if ! (cd "$work" && BUILD_ONLY=true JOBS=max node "$modules/node-gyp/bin/node-gyp.js" rebuild --release $headers) >"$log" 2>&1
  then
    tail -n 20 "$log" >&2
    fail "the build failed; the whole log is $log"
  fi
  mkdir "$scratch/result"
  cp "$work/build/Release/nodegit.node" "$scratch/result/"
  strip --strip-unneeded "$scratch/result/nodegit.node" 2>/dev/null || strip -x "$scratch/result/nodegit.node" 2>/dev/null || true
  rm -f "$log"
}

if [ ! -f "$cached/nodegit.node" ]; then
  mkdir -p "$cache"
  # Where flock is there, a second build waits for the first one's result; elsewhere it builds and comes second.
  if command -v flock >/dev/null; then
    exec 9>"$cache/$key.lock"
    flock -n 9 || { say 'waiting for another build'; flock 9; }
    rm -rf "$cache/$key".build.* # left by a build that was killed
  fi
  if [ ! -f "$cached/nodegit.node" ]; then
    scratch=$(mktemp -d "$cache/$key.build.XXXXXX")
    build
    [ -f "$cached/nodegit.node" ] || mv "$scratch/result" "$cached"
  fi
  exec 9>&-
fi

mkdir -p "$release"
cp "$cached/nodegit.node" "$release/nodegit.node.$$"
mv -f "$release/nodegit.node.$$" "$release/nodegit.node"
if ! problem=$(cd "$root" && node -e "require('nodegit')" 2>&1); then
  rm -f "$release/nodegit.node"
  printf '%s\n' "$problem" | grep -m1 -E 'Error' >&2 || true
  fail "the build in $cached does not load here; if a library is missing, install it, else delete that folder and run this again"
fi
echo "$key" >"$release/docspool-key.$$"
mv -f "$release/docspool-key.$$" "$release/docspool-key"
say "ready (${cached})"
