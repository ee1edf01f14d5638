# Shared by ./run and ./test: announce a step, fail with advice, become root, install packages, build.
# Sourced, not run. Everything here is idempotent and takes seconds when nothing changed.

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say()  { printf '\033[1m==>\033[0m %s\n' "$*"; }
die()  { printf 'error: %s\n' "$1" >&2; shift; for line in "$@"; do printf '  %s\n' "$line" >&2; done; exit 1; }

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "installing packages needs root" "run it as root, or install sudo first"; fi
}

# names in a package list, without comments
package_names() { sed 's/#.*//' "$@" | tr -s ' \n' '\n' | grep -v '^$'; }

missing_packages() {
  local name
  for name in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null) == ii* ]] || echo "$name"
  done
}

# On Debian 12 the compiler and libraries come from Debian 13, added beside the machine's own sources with a
# priority so low that nothing else is ever taken from it. The mirror is the one the machine already uses.
add_debian_13() {
  local list=/etc/apt/sources.list.d/hadir-trixie.list pin=/etc/apt/preferences.d/hadir-trixie mirror
  [[ -f $list && -f $pin ]] && return 0
  mirror=$(grep -rhoE '(https?|file)://?[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d/ 2>/dev/null |
           grep -vE 'snapshot|security' | head -1 | tr -d ' ' || true)
  [[ -n $mirror ]] || die "no Debian mirror found in the apt sources" \
    "add one for your release to /etc/apt/sources.list and run this again"
  say "Adding Debian 13 beside Debian 12 (pinned low: only what hadir asks for comes from it)"
  printf 'Package: *\nPin: release n=trixie*\nPin-Priority: 100\n' | as_root tee "$pin" >/dev/null
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s trixie main\n' "$mirror" |
    as_root tee "$list" >/dev/null
  as_root apt-get update -qq ||
    { as_root rm -f "$list" "$pin"; die "apt-get update failed" "check the network and the apt sources, then run this again"; }
}

# node 20 or newer with npm, whoever made them; Debian 13's where there are none.
install_node() {
  local major
  major=$(node --version 2>/dev/null | grep -oE '[0-9]+' | head -1 || true)
  if ((${major:-0} >= 20)) && command -v npm >/dev/null; then return 0; fi
  HADIR_INSTALL_ANYWAY=1 install_packages scripts/packages-node.txt
}

# npm_packages FOLDER: what its package-lock.json says, from whatever registry this machine's npm uses.
npm_packages() {
  local log
  [[ $1/node_modules/.package-lock.json -nt $1/package-lock.json ]] && return 0
  log=$(mktemp)
  (cd "$1" && npm ci --no-audit --no-fund) >"$log" 2>&1 ||
    { tail -5 "$log" >&2; die "installing the npm packages of $1 failed" "the whole log is in $log; run this again when the cause is mended"; }
  rm -f "$log"
}

# install_packages LIST_FILE...
#   HADIR_INSTALL_ANYWAY: also what is installed, in an older version; HADIR_OWN_RELEASE: never from Debian 13 on Debian 12.
install_packages() {
  local names missing codename target=() log
  mapfile -t names < <(package_names "$@")
  mapfile -t missing < <(missing_packages "${names[@]}")
  [[ -z ${HADIR_INSTALL_ANYWAY:-} ]] || missing=("${names[@]}")
  ((${#missing[@]})) || return 0
  [[ -r /etc/debian_version ]] || die "this set-up knows Debian 12 and 13 only" "install the packages of ${*#"$repo"/} by hand"
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  # Packages of Debian 13 may bring its os-release along: a machine to which it was added here stays Debian 12.
  [[ ! -f /etc/apt/preferences.d/hadir-trixie ]] || codename=bookworm
  case $codename in
    trixie) ;;
    bookworm) [[ -n ${HADIR_OWN_RELEASE:-} ]] || { add_debian_13; target=(-t trixie); } ;;
    *) die "this set-up knows Debian 12 (bookworm) and 13 (trixie), not '${codename:-unknown}'" ;;
  esac
  say "Installing ${#missing[@]} Debian packages (about two minutes on a new machine)"
  log=$(mktemp)
  # A machine without package lists answers "unable to locate": refresh them once, then try.
  if ! apt-cache policy "${missing[0]}" 2>/dev/null | grep -q 'Candidate: [^(]'; then as_root apt-get update -qq >"$log" 2>&1 || true; fi
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${target[@]}" "${missing[@]}" >"$log" 2>&1; then
    as_root apt-get update -qq >>"$log" 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${target[@]}" "${missing[@]}" >"$log" 2>&1 ||
      { tail -5 "$log" >&2; die "installing packages failed" "the whole log is in $log; run this again when the cause is mended"; }
  fi
  rm -f "$log"
}

# build PRESET [TARGET...]
build() {
  local preset=$1 log; shift
  log=$(mktemp)
  # The cache serves every checkout: paths below the repository count as relative.
  export CCACHE_DIR=${CCACHE_DIR:-$HOME/.cache/ccache} CCACHE_SLOPPINESS=pch_defines,time_macros
  export CCACHE_BASEDIR=$repo CCACHE_NOHASHDIR=true
  (
    cd "$repo"
    cmake --preset "$preset" >"$log" 2>&1 || { tail -20 "$log" >&2; exit 1; }
  ) || die "configuring the build failed" "the whole log is in $log"
  say "Building ($preset)"
  (cd "$repo" && cmake --build --preset "$preset" ${1:+--target "$@"}) || die "the build failed" "the first error above says where"
  rm -f "$log"
}
