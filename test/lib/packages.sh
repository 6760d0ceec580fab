# packages.sh - what has to be installed, and getting it there.
#
# Sourced by demo/run and test/run.  Packages come from Debian; nothing is
# downloaded when all of them are there already, so that a user without root
# and without sudo can work on a machine that somebody else has prepared.
# shellcheck shell=sh disable=SC2034 # the callers use the lists

: "${root:?the folder of the checkout}"
PG_MAJOR=${PG_MAJOR:-15}

# The server that is built for: Debian's, unless the caller names another one.
if [ -n "${PG_CONFIG:-}" ]; then
  packages_server=
else
  PG_CONFIG=/usr/lib/postgresql/$PG_MAJOR/bin/pg_config
  packages_server="postgresql-$PG_MAJOR postgresql-server-dev-$PG_MAJOR"
fi
export PG_CONFIG

# libc6-dev is only a recommendation of gcc, and recommendations stay away
packages_build="make gcc libc6-dev pkg-config libgsl-dev $packages_server"
packages_test="binutils perl libtap-parser-sourcehandler-pgtap-perl
  postgresql-$PG_MAJOR-pgtap unixodbc odbc-postgresql python3-pyodbc"

# missing_packages PACKAGE...: print those that are not installed
missing_packages() {
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null |
      grep -qx installed || printf '%s ' "$package"
  done
}

# need_packages PACKAGE...: install what is missing, or say what it is
need_packages() {
  if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian, so nothing is installed; these must be there: $*" >&2
    return 0
  fi
  packages_missing=$(missing_packages "$@")
  [ -n "$packages_missing" ] || return 0

  echo "Installing from Debian (this may take a few minutes): $packages_missing"
  # shellcheck disable=SC2086 # a list of names
  if [ "$(id -u)" = 0 ]; then
    sh "$root/test/lib/apt.sh" $packages_missing
  elif command -v sudo >/dev/null && sudo true; then
    sudo sh "$root/test/lib/apt.sh" $packages_missing
  else
    printf '%s\n' "These packages are missing, and this user may not install them." \
      "Let an administrator run, and then start again:" \
      "  apt-get install --no-install-recommends $packages_missing" >&2
    return 1
  fi
}
