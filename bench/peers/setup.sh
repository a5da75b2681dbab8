#!/usr/bin/env bash
# Brings what bench/peers measures beside docspool: three servers and their clients for Node.
#
# It asks for nothing and leaves the system as it is. Servers that are installed are used; of the others Debian's packages
# are downloaded and unpacked below bench/peers/node_modules, where nothing starts them and no service is made. A peer
# that cannot be had is named, and left out of the run.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
modules=$here/node_modules
servers=$modules/.servers
stamp=$modules/.docspool-lock

say() { printf 'peers: %s\n' "$*" >&2; }
has() { command -v "$1" >/dev/null || compgen -G "$servers/usr/*bin/$1" >/dev/null; }
has_postgres() {
  has postgres || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null ||
    compgen -G "$servers/usr/lib/postgresql/*/bin/postgres" >/dev/null
}

hash=$(sha256sum "$here/package-lock.json" | cut -d ' ' -f 1)
if [ "$(cat "$stamp" 2>/dev/null)" != "$hash" ]; then
  say 'installing the clients with npm ci'
  if (cd "$here" && npm ci --no-audit --no-fund --loglevel=error >/dev/null); then
    echo "$hash" >"$stamp"
  else
    say 'npm ci failed: only docspool is measured'
  fi
fi

missing=()
has redis-server || missing+=(redis-server)
has nats-server || missing+=(nats-server)
has_postgres || missing+=(postgresql)
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
  say "not installed and no apt-get to get them with: ${missing[*]}"
  exit 0
fi

mkdir -p "$servers/archives/partial"
fetch() {
  apt-get install --download-only -y -qq --no-install-recommends -o Debug::NoLocking=true \
    -o Dir::Cache::archives="$servers/archives" -o APT::Sandbox::User=root "$1" >/dev/null 2>&1
}
for package in "${missing[@]}"; do
  say "downloading $package and what it needs, to unpack them in bench/peers/node_modules"
  # The lists may be absent or old: then, and only then, they are fetched first.
  fetch "$package" || { [ "$(id -u)" = 0 ] && apt-get update -qq >/dev/null 2>&1 && fetch "$package"; } ||
    say "$package cannot be downloaded"
done
for archive in "$servers"/archives/*.deb; do
  [ -e "$archive" ] || break
  dpkg -x "$archive" "$servers"
done
rm -rf "$servers/archives"
