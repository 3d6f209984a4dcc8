# Sourced by the scripts at the root.

# Installs a folder's packages as its lock file has them, if they are not there.
npm_ci() {
  local marker=$1/node_modules/.gongkai-installed
  if ! cmp -s "$1/package-lock.json" "$marker"; then
    # One chain: this also runs where `set -e` is off, as in a condition.
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) && cp "$1/package-lock.json" "$marker"
  fi
}
