#!/usr/bin/env bash
# Installs or checks the system programs and libraries that docspool needs.
#
#   setup/system.sh run    to run docspool; includes a compiler only while nodegit must be built
#   setup/system.sh test   the same, and programs that tests use: Chromium, openssl, ssh, curl, strace, libfaketime, systemd; in CI
#                          also the compilers with which the analysis is compared
#   setup/system.sh dist   to run docspool, and to pack it for arm64 on x64: a cross compiler and an emulator
#
# As root on Debian and derivatives, it installs what is missing. Elsewhere, it prints what is missing and how to install it,
# and exits with 1. It is quick when nothing is missing.
set -euo pipefail

purpose=${1:-run}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
oldest_node=20.11

has() { command -v "$1" >/dev/null; }
node_is_new_enough() {
  has node && node -e "const [a, b] = process.versions.node.split('.'); process.exit(a > 20 || (a == 20 && b >= 11) ? 0 : 1)"
}
has_headers() { printf '#include <openssl/ssl.h>\n' | g++ -E -x c++ - >/dev/null 2>&1; }
compiler_version() { g++ -dumpversion 2>/dev/null | cut -d. -f1; }
has_chromium() {
  [ -n "${CHROMIUM_PATH:-}" ] || has chromium || has chromium-browser || has google-chrome || has google-chrome-stable ||
    [ -d '/Applications/Google Chrome.app' ] || [ -d /Applications/Chromium.app ]
}
has_faketime() {
  compgen -G '/usr/lib*/faketime/libfaketimeMT.so*' >/dev/null || compgen -G '/usr/lib/*/faketime/libfaketimeMT.so*' >/dev/null
}

has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; }
has_libclang() { compgen -G '/usr/lib/llvm-*/include/clang-c/Index.h' >/dev/null; }

# Fills `missing` with names of the `case` below.
missing=()
look() {
  missing=()
  if ! has node; then missing+=(node); elif ! node_is_new_enough; then missing+=(newer-node); fi
  has npm || missing+=(npm)
  has git || missing+=(git)
  if ! { has node && "$here/nodegit.sh" --ready; }; then
    has python3 || missing+=(python3)
    has make || missing+=(make)
    has g++ || missing+=(g++)
    { has g++ && has_headers; } || missing+=(headers)
  fi
  if [ "$purpose" = dist ]; then
    has aarch64-linux-gnu-g++ || has "aarch64-linux-gnu-g++-$(compiler_version)" || missing+=(arm64-compiler)
    has qemu-aarch64 || missing+=(arm64-emulator)
  fi
  [ "$purpose" = test ] || return 0
  has_chromium || missing+=(chromium)
  has openssl || missing+=(openssl)
  has ssh || missing+=(ssh)
  has curl || missing+=(curl)
  [ "$(uname -s)" != Linux ] || has strace || missing+=(strace)
  [ "$(uname -s)" != Linux ] || has_faketime || missing+=(libfaketime)
  [ "$(uname -s)" != Linux ] || has systemd-analyze || missing+=(systemd)
  [ "$(uname -s)" != Linux ] || has_postgres || missing+=(postgresql)
  [ "${CI:-false}" != false ] || return 0
  has ctags || missing+=(ctags)
  has javac || missing+=(javac)
  has gcc || missing+=(gcc)
  has python3 && python3 -c 'import jedi' 2>/dev/null || missing+=(python3-jedi)
  has_libclang || missing+=(libclang)
}

# Prints the packages of the package manager $1 for the given names.
packages() {
  local manager=$1 thing
  shift
  for thing; do
    case "$manager:$thing" in
      apk:node | dnf:node | pacman:node | apt:node) echo nodejs ;;
      brew:node | *:newer-node) echo node ;;
      brew:npm) ;;
      apt:headers) echo libssl-dev ;;
      *:ctags) echo universal-ctags ;;
      apt:javac) echo default-jdk-headless ;;
      apt:libclang) echo libclang-dev ;;
      dnf:headers) echo openssl-devel ;;
      apk:headers) echo openssl-dev linux-headers ;;
      pacman:headers | brew:headers) echo openssl ;;
      dnf:g++) echo gcc-c++ ;;
      # The same version as this machine's compiler: then both builds need the same libstdc++.
      apt:arm64-compiler) echo "g++-$(compiler_version)-aarch64-linux-gnu" ;;
      apt:arm64-emulator) echo qemu-user ;;
      apt:ssh | apk:ssh) echo openssh-client ;;
      dnf:ssh) echo openssh-clients ;;
      pacman:ssh | brew:ssh) echo openssh ;;
      pacman:g++ | brew:g++) echo gcc ;;
      pacman:python3) echo python ;;
      *) echo "$thing" ;;
    esac
  done
}

look
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ] && has apt-get && [[ " ${missing[*]} " != *' newer-node '* ]]; then
  mapfile -t wanted < <(packages apt "${missing[@]}" | tr ' ' '\n')
  echo "system: installing ${wanted[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  install() { apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null; }
  # Update the package lists only if they are missing or outdated.
  if ! install 2>/dev/null; then
    apt-get update -qq && install || { echo "system: apt-get could not install ${wanted[*]}" >&2; exit 1; }
  fi
  look
  [ ${#missing[@]} -gt 0 ] || exit 0
fi

if [[ " ${missing[*]} " == *' newer-node '* ]]; then
  echo "system: Node $oldest_node or newer is needed, this is $(node --version); see https://nodejs.org/en/download" >&2
  exit 1
fi
for manager in apt-get dnf apk pacman brew ''; do [ -z "$manager" ] || ! has "$manager" || break; done
case "$manager" in
  apt-get) command="sudo apt-get install -y $(packages apt "${missing[@]}" | paste -sd " " -)" ;;
  dnf) command="sudo dnf install -y $(packages dnf "${missing[@]}" | paste -sd " " -)" ;;
  apk) command="sudo apk add $(packages apk "${missing[@]}" | paste -sd " " -)" ;;
  pacman) command="sudo pacman -S $(packages pacman "${missing[@]}" | paste -sd " " -)" ;;
  brew) command="brew install $(packages brew "${missing[@]}" | paste -sd " " -)" ;;
  *) command='(with your package manager)' ;;
esac
echo "system: missing ${missing[*]}; install with: $command" >&2
exit 1
