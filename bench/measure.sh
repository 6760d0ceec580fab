#!/bin/sh
# measure.sh WORK AGAINST SCALE ROUNDS ONLY - the second half of bench/run.
#
# Runs as an ordinary user in WORK, whose src is a copy of the sources, and
# removes WORK at the end, also after a failure or an interruption.
set -eu
work=$1 against=$2 scale=$3 rounds=$4 only=$5
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

say() {
  printf '== %s\n' "$*" >&2
}

# page FILE [OPTION]...: run a script and show its tables
page() {
  page_file=$1
  shift
  "$server_bin/psql" -Xq -v ON_ERROR_STOP=1 -P pager=off -P footer=off \
    -P null='' "$@" -f "bench/$page_file"
}

say "building"
build_extension > "$server_home/build.log" 2>&1 || {
  tail -n 40 "$server_home/build.log" >&2
  exit 1
}
server_create
# Nothing may work beside the query that is measured: no vacuum, no checkpoint,
# no reading from disk, no hash table on it.  Both tables take 5 MB at scale 1.
server_start "fsync = off" "full_page_writes = off" "wal_level = minimal" \
  "max_wal_senders = 0" "max_wal_size = 64GB" "checkpoint_timeout = 1d" \
  "autovacuum = off" "jit = off" \
  "work_mem = 256MB" "shared_buffers = $((512 + scale * 10))MB" \
  "max_parallel_workers_per_gather = 0" "max_parallel_workers = 8" \
  "parallel_leader_participation = on"
"$server_bin/createdb" nuso_bench
export PGDATABASE=nuso_bench
query "CREATE EXTENSION nuso"

printf '%s; ' "nuso $(query "SELECT extversion FROM pg_extension WHERE extname = 'nuso'")" \
  "PostgreSQL $(query "SHOW server_version")" \
  "$(nproc) x $(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)" \
  "scale $scale" "$rounds rounds"
date -u +%Y-%m-%d
echo

page harness.sql
if [ "$against" = r ]; then
  page inference.sql
  page latent_data.sql -v children=21858
  cd "$work"
  PATH=$server_bin:$PATH Rscript --vanilla "$root/bench/against.R" "$rounds" "$only"
  exit
fi
page pairs.sql
say "loading"
page data.sql -v scale="$scale"
page curves.sql
page inference.sql
page latent_data.sql -v children="$((scale * 10000))"
page patterns.sql
page report.sql -v rounds="$rounds" -v only="$only"
page latent.sql -v rounds="$rounds" -v only="$only"
