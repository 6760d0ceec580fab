#!/bin/sh
# compare.sh WORK SEED SCALE TOPICS - the second half of test/crosscheck/run.
#
# Runs as an ordinary user in WORK, whose src is a copy of the sources, and
# removes WORK at the end, also after a failure or an interruption.
set -eu
work=$1 seed=$2 scale=$3 topics=$4
root=$work/src server_home=$work/server
cd "$root"
mkdir "$server_home"
. test/lib/place.sh
. test/lib/server.sh
forget_libpq

clean_up() {
  server_stop
  cd /
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

build_extension > "$server_home/build.log" 2>&1 || {
  tail -n 40 "$server_home/build.log" >&2
  exit 1
}
server_create
server_start "fsync = off" "statement_timeout = 300s"
"$server_bin/createdb" nuso_crosscheck
export PGDATABASE=nuso_crosscheck
query "CREATE EXTENSION nuso"

cd test/crosscheck
# shellcheck disable=SC2086 # a list of names
PATH=$server_bin:$PATH Rscript --vanilla library.R "$work" "$seed" "$scale" $topics
