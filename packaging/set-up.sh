#!/bin/sh
# set-up.sh VENV LOCK [LOCK-THAT-ALSO-DOES]...
# Makes VENV hold exactly what LOCK says, and this project. Does nothing when it does already.
set -eu
venv=$1
lock=$2
shift

if [ -x "$venv/bin/moderator-console" ] && cmp -s pyproject.toml "$venv/pyproject"; then
    for does; do
        if [ -f "$venv/lock" ] && cmp -s "$does" "$venv/lock"; then
            exit 0
        fi
    done
fi

echo "Setting up $venv from $lock ..."
if ! [ -x "$venv/bin/python" ]; then
    rm -rf "$venv"
    "$PYTHON" -m venv "$venv" || {
        echo "Python cannot make a virtual environment here."
        echo "On Debian: apt-get install python3-venv"
        exit 1
    }
fi
rm -f "$venv/lock"
pip="$venv/bin/python -m pip --disable-pip-version-check --quiet"
$pip install --require-hashes -r "$lock"
$pip install --no-deps --no-build-isolation --editable .
cp pyproject.toml "$venv/pyproject"
cp "$lock" "$venv/lock"
