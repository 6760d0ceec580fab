#!/bin/sh
# apt.sh PACKAGE... - install Debian packages, as root, without side effects.
#
# Debian creates and starts a cluster "main" when a server is installed for
# the first time.  Nobody asked for one here, so it is switched off for as
# long as this script runs, by a file of its own beside the configuration.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

conf=/etc/postgresql-common
switch=$conf/createcluster.d/nuso-no-main-cluster.conf
log=$(mktemp)

clean_up() {
  rm -f "$log" "$switch"
  # folders that were made here are empty, all others stay
  rmdir "$conf/createcluster.d" "$conf" 2>/dev/null || :
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

no_main_cluster() {
  mkdir -p "$conf/createcluster.d"
  echo 'create_main_cluster = false' > "$switch"
  # a configuration that was edited may not read that folder
  if [ -e "$conf/createcluster.conf" ] &&
     ! grep -q "^include_dir.*createcluster.d" "$conf/createcluster.conf"; then
    echo "$conf/createcluster.conf does not include createcluster.d: a cluster" \
      "would be created; install the server by hand" >&2
    return 1
  fi
}

# Another installation may hold the locks: apt waits for one of them, not for
# the one on the package lists, hence the rounds.
apt() {
  apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=600 \
    -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "$@"
}

case " $* " in
  *" postgresql-"[0-9]*) no_main_cluster ;;
esac

round=1
until { apt update && apt install "$@"; } > "$log" 2>&1 < /dev/null; do
  if [ "$round" = 3 ]; then
    tail -n 30 "$log" >&2
    echo "The packages could not be installed." >&2
    exit 1
  fi
  round=$((round + 1))
  sleep 10
done
