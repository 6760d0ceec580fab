# packages.sh - what has to be installed, and getting it there.
#
# Sourced by demo/run, test/run and others.  Packages come from Debian; nothing is
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
packages_r="r-base-core r-cran-survey r-cran-epir r-cran-vcd r-cran-sandwich
  r-cran-mgcv r-cran-nnet r-cran-segmented python3-mpmath"

# Node.js and its npm draw the charts.  Where both are there, from whatever
# source, they stay: Debian's npm would remove a nodejs that brings its own.
packages_chart=fonts-dejavu-core
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  packages_chart="$packages_chart nodejs npm"
fi

# missing_packages PACKAGE...: print those that are not installed
missing_packages() {
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null |
      grep -qx installed || printf '%s ' "$package"
  done
}

# as_root COMMAND...: fails where this user may not
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    return 1
  fi
}

# need_packages PACKAGE...: install what is missing, or say what it is
need_packages() {
  if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian, so nothing is installed; these must be there: $*" >&2
    return 0
  fi
  packages_missing=$(missing_packages "$@")
  [ -n "$packages_missing" ] || return 0

  if ! as_root true; then
    printf '%s\n' "These packages are missing, and this user may not install them." \
      "Let an administrator run, and then start again:" \
      "  apt-get install --no-install-recommends $packages_missing" >&2
    return 1
  fi
  echo "Installing from Debian (this may take a few minutes): $packages_missing"
  # shellcheck disable=SC2086 # a list of names
  as_root sh "$root/test/lib/apt.sh" $packages_missing || return
  same_minor_release
}

package_version() {
  dpkg-query -W -f '${Version}' "$1" 2>/dev/null || :
}

# New headers beside an older server are a trap: minor releases have changed
# what extensions may do.  But an upgrade restarts the clusters that run.
same_minor_release() {
  if [ -z "$packages_server" ] || [ "$(package_version "postgresql-$PG_MAJOR")" = \
      "$(package_version "postgresql-server-dev-$PG_MAJOR")" ]; then
    return 0
  fi
  if pg_lsclusters -h | grep -q "^$PG_MAJOR .* online"; then
    echo "The headers are newer than the server, whose clusters run:" \
      "upgrade postgresql-$PG_MAJOR when that suits." >&2
  else
    as_root sh "$root/test/lib/apt.sh" "postgresql-$PG_MAJOR"
  fi
}
