# Sourced after root.sh. Installs Debian packages, asking nothing and starting nothing.

install_packages() {
  local missing=() package
  if ! command -v dpkg-query >/dev/null; then
    echo "Not Debian: taking it that these are installed: $*" >&2
    return 0
  fi
  for package; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if ! can_be_root; then
    echo "Missing Debian packages: ${missing[*]}" >&2
    echo "Run this as root or with sudo, or install them yourself: apt-get install ${missing[*]}" >&2
    return 1
  fi
  echo "Installing ${missing[*]} …" >&2
  as_root bash -s -- "${missing[@]}" <<<"$(declare -f install_quietly); install_quietly \"\$@\"" >&2
}

# Runs as root in a shell of its own, so that its trap and its environment end with it.
install_quietly() {
  set -euo pipefail
  export DEBIAN_FRONTEND=noninteractive
  local policy=/usr/sbin/policy-rc.d clusters=/etc/postgresql-common/createcluster.d
  # Not local: the trap runs after the function has ended.
  mine=() log=$(mktemp)
  trap 'rm -f "$log" "${mine[@]}"' EXIT
  # 101 is "not allowed": no service starts because a package was installed.
  if [[ ! -e $policy ]]; then
    mine+=("$policy")
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  # The tests make a cluster of their own; Debian's would start at the next boot.
  if [[ " $* " == *" postgresql "* && ! -e /usr/lib/postgresql ]]; then
    mkdir -p "$clusters"
    mine+=("$clusters/latchkey.conf")
    echo 'create_main_cluster = false' >"$clusters/latchkey.conf"
  fi
  {
    apt-get update &&
      # A fresh system has no debconf database of Postfix yet: it would ask for the kind of mail server.
      { [[ " $* " != *" postfix "* ]] || echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections; } &&
      apt-get install --yes --no-install-recommends -o Dpkg::Options::=--force-confold "$@"
  } </dev/null >"$log" 2>&1 || { cat "$log"; return 1; }
}
