#!/bin/sh
# Install the Debian packages that are named and missing, as root or through sudo; exit 1, saying so, where that
# is not possible. Nothing is asked.
set -u
missing=
for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "Not installed, and there is no apt-get to install it:$missing" >&2
    exit 1
elif [ "$(id -u)" = 0 ]; then
    sudo=
elif sudo -n true 2>/dev/null; then
    sudo=sudo
else
    echo "Not installed, and installing needs root:$missing" >&2
    exit 1
fi

echo "Installing:$missing"
# Exactly what was asked for, without questions; a second try, for a mirror that was slow to answer.
for attempt in 1 2; do
    # shellcheck disable=SC2086  # the list is meant to be split
    $sudo apt-get update -q >/dev/null &&
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >/dev/null && exit 0
done
echo "apt-get could not install:$missing" >&2
exit 1
