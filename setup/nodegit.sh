#!/usr/bin/env bash
# Puts a native build of nodegit into node_modules.
#
#   setup/nodegit.sh                 install it: from the cache if it is there, else build it (minutes) and fill the cache
#   setup/nodegit.sh --ready         exit 0 if no compiler is needed: it is installed or in the cache
#   setup/nodegit.sh --key           print the name of the build
#   setup/nodegit.sh --build [arm64] only fill the cache, for the node of PATH, and print the folder of the build;
#                                    with arm64, by Debian's cross compiler
#
# Nothing is downloaded except Node's own headers, if the machine has none. The cache is outside the checkout, so a second
# clone is ready at once. It is safe to stop this at any point and to run it twice at the same time: a build runs in its own
# folder, and is renamed into the cache and into node_modules.
#
# nodegit is not built by its own install script for three reasons: that script downloads a binary; its FetchOptions lack
# libgit2's `depth`, which nodegit-depth.patch adds; and it needs the system's Kerberos library at run time, which a minimal
# system does not have and cloning does not need: nodegit-no-kerberos.patch removes it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
modules=$root/node_modules
module=$modules/nodegit
patches=("$here"/nodegit-*.patch)
say() { printf 'nodegit: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# The compiler for the target, as variables for gyp, and the version of its C library unless it is this machine's.
target=${2:-}
libc=
case "$target" in
  '') ;;
  arm64)
    # Preferably of the same version as this machine's compiler: then both builds need the same libstdc++.
    for suffix in "-$(g++ -dumpversion 2>/dev/null | cut -d. -f1)" ''; do
      ! command -v "aarch64-linux-gnu-g++$suffix" >/dev/null || break
    done
    # Not CC and CXX: with those, libssh2's configure would look for an OpenSSL of the target. It asks this machine's own
    # compiler, whose answers hold for arm64, too.
    export CC_target=aarch64-linux-gnu-gcc$suffix CXX_target=aarch64-linux-gnu-g++$suffix AR_target=aarch64-linux-gnu-ar
    command -v "$CXX_target" >/dev/null || fail 'no cross compiler; on Debian it is the package g++-aarch64-linux-gnu'
    libc=glibc2.$(echo '#include <features.h>' | "$CC_target" -E -dM - | awk '$2 == "__GLIBC_MINOR__" { print $3 }')
    ;;
  *) fail "unknown processor $target" ;;
esac

# A build is valid for one version of nodegit, of the patches and of this script, one Node ABI and one kind of system.
key=$(TARGET=$target TARGET_LIBC=$libc node - "$root/package.json" "${patches[@]}" "${BASH_SOURCE[0]}" <<'JS'
const { readFileSync } = require('node:fs')
const { createHash } = require('node:crypto')
const [manifest, ...recipe] = process.argv.slice(2)
const { dependencies, overrides } = JSON.parse(readFileSync(manifest, 'utf8'))
const hash = createHash('sha256').update(JSON.stringify(overrides ?? {}))
for (const file of recipe) hash.update(readFileSync(file))
process.report.excludeNetwork = true
const { glibcVersionRuntime } = process.report.getReport().header
const own = process.platform !== 'linux' ? 'system' : glibcVersionRuntime ? `glibc${glibcVersionRuntime}` : 'musl'
const { platform, versions } = process
const arch = process.env.TARGET || process.arch
const libc = process.env.TARGET_LIBC || own
console.log(['nodegit', dependencies.nodegit, hash.digest('hex').slice(0, 12), versions.modules, platform, arch, libc].join('-'))
JS
)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/docspool
cached=$cache/$key
release=$module/build/Release

installed() { [ -f "$release/nodegit.node" ] && [ "$(cat "$release/docspool-key" 2>/dev/null)" = "$key" ]; }

case "${1:-}" in
  --key) echo "$key"; exit ;;
  --ready) installed || [ -f "$cached/nodegit.node" ]; exit ;;
  --build) [ ! -f "$cached/nodegit.node" ] || { echo "$cached"; exit; } ;;
  '') ! installed || exit 0 ;;
  *) fail "unknown argument $1" ;;
esac

[ -f "$module/package.json" ] || fail "$module is missing; run npm ci first (make setup does both)"

scratch=
trap '[ -z "$scratch" ] || rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Prints the folder with the headers of this Node: the one configured in npm, or the one of the node binary, if they have the
# same ABI. Prints nothing otherwise; then node-gyp downloads them.
node_headers() {
  local configured folder define
  define="^#define NODE_MODULE_VERSION $(node -p process.versions.modules)\$"
  configured=${npm_config_nodedir:-$(cd "$root" && npm config get nodedir 2>/dev/null || true)}
  for folder in "$configured" "$(node -p 'require("node:path").resolve(process.execPath, "../..")')"; do
    # The first path exists in an installed Node, the second in its sources.
    if grep -qsE "$define" "$folder/include/node/node_version.h" "$folder/src/node_version.h"; then
      echo "$folder"
      return
    fi
  done
}

# Most of the build time is spent on parsing V8's headers for each source, so the sources are compiled in eight batches, which
# takes a fifth of the time. nodegit-batches.patch makes it safe to include two of its files twice.
batch_sources() {
  local batch source names=
  for batch in {1..8}; do
    while read -r source; do echo "#include \"${source#src/}\""; done >"src/batch-$batch.cc" \
      < <(grep -o '"src/[^"]*\.cc"' binding.gyp | tr -d '"' | sort -u | awk "NR % 8 == $batch % 8")
    names+=" \"src/batch-$batch.cc\","
  done
  sed -e '/"src\/[^"]*\.cc",/d' -e "s|\"sources\": \[|&$names|" binding.gyp >binding.gyp.new
  mv binding.gyp.new binding.gyp
}

build() {
  local work=$scratch/node_modules/nodegit log=$cache/$key.log patch headers
  mkdir -p "$scratch/node_modules"
  # nodegit's build finds other packages (nan, json5) by require(), so the copy needs the same packages beside it.
  ln -s "$modules"/* "$scratch/node_modules/"
  rm "$scratch/node_modules/nodegit"
  cp -R "$module" "$work"
  rm -rf "$work/build"
  # The ceiling keeps git from finding another repository, even if the home folder is one.
  for patch in "${patches[@]}"; do
    (cd "$work" && GIT_CEILING_DIRECTORIES=$(dirname "$work") git apply "$patch") || fail "$patch does not apply"
  done
  if ! grep -q '"depth"' "$work/src/fetch_options.cc" || grep -q krb5 "$work"/binding.gyp "$work"/vendor/*.gyp
  then fail 'the patches were not applied'
  fi

  (cd "$work" && batch_sources)

  say "building from source, once for this machine; this takes a few minutes (log: $log)"
  headers=$(node_headers)
  # If no matching headers were found, node-gyp must not use those configured in npm either.
  if ! (cd "$work" && env -u npm_config_nodedir BUILD_ONLY=true JOBS=max node "$modules/node-gyp/bin/node-gyp.js" rebuild \
    --release ${headers:+"--nodedir=$headers"} ${target:+"--arch=$target"}) >"$log" 2>&1
  then
    tail -n 20 "$log" >&2
    fail "the build failed; the whole log is $log"
  fi
  mkdir "$scratch/result"
  cp "$work/build/Release/nodegit.node" "$scratch/result/"
  local strip=${target:+aarch64-linux-gnu-}strip
  "$strip" --strip-unneeded "$scratch/result/nodegit.node" 2>/dev/null || "$strip" -x "$scratch/result/nodegit.node" 2>/dev/null || true
  rm -f "$log"
}

if [ ! -f "$cached/nodegit.node" ]; then
  mkdir -p "$cache"
  # With flock, a second build waits for the result of the first; without it, both build, and the first result is used.
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

if [ "${1:-}" = --build ]; then
  echo "$cached"
  exit
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
