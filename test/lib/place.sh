# place.sh - where the work is done, and as whom.
#
# Sourced.  The sources are copied to a folder of their own and built there:
# the checkout stays as it is, may be closed to others or read-only, and two
# runs never meet.  Root is used for packages alone.  Everything else belongs
# to an ordinary user, because PostgreSQL refuses to run as root.
# shellcheck shell=sh

: "${root:?the folder of the checkout}"

# setpriv rather than runuser: it replaces itself by the command, so that no
# process stands between a signal and the one that has to clean up
if [ "$(id -u)" = 0 ]; then
  as_user() { setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"; }
else
  as_user() { "$@"; }
fi

# copy_sources FOLDER: the checkout at $root without what is built or stored
copy_sources() {
  as_user mkdir -p "$1"
  tar -C "$root" --anchored --exclude=./.git --exclude=./demo/server \
    --exclude=./demo/chart/node_modules \
    --exclude=./build --exclude=./results --exclude='./regression.*' \
    --exclude=./tmp_check --exclude=./output_iso --exclude='./nuso--*.sql' \
    --no-anchored --exclude='*.o' --exclude='*.bc' --exclude='*.so' \
    -cf - . | as_user tar -C "$1" --no-same-owner -xf -
}

# plain_path PATH: make and PGXS break on blanks and on most other signs
plain_path() {
  case $1 in
    *[!A-Za-z0-9/._+-]*) return 1 ;;
  esac
}
