# node.sh - the packages that draw charts, from npm's registry.
#
# Sourced.  Versions and checksums stand in package-lock.json; scripts that
# packages bring along are not run.
# shellcheck shell=sh

# install_node_packages FOLDER [OPTION...]: as its package-lock.json says
install_node_packages() {
  (
    cd "$1" && shift &&
      npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error \
        --fetch-retries=2 --fetch-retry-mintimeout=1000 --fetch-timeout=60000 "$@" >/dev/null
  )
}
