#!/bin/sh
# set-up.sh VENV LOCK [LOCK-THAT-ALSO-DOES]...
# Makes VENV hold exactly what LOCK says, and this project. Does nothing when it does already; an
# environment that is damaged is made anew.
set -eu
venv=$1
lock=$2
shift

damage=
if [ -e "$venv" ]; then
    damage=$("$venv/bin/python" packaging/check_environment.py "$venv/lock" 2>/dev/null) ||
        damage=${damage:-its Python does not run}
    if [ -z "$damage" ] && ! "$venv/bin/moderator-console" --version >/dev/null 2>&1; then
        damage="its programs do not start"
    fi
    # An interrupted set-up leaves no lock behind: it goes on where it was.
    if [ ! -f "$venv/lock" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        damage=
    fi
fi
if [ -z "$damage" ] && cmp -s pyproject.toml "$venv/pyproject"; then
    for does; do
        if [ -f "$venv/lock" ] && cmp -s "$does" "$venv/lock"; then
            exit 0
        fi
    done
fi

if [ -n "$damage" ]; then
    echo "The environment in $venv is damaged ($damage): making it anew."
    rm -rf "$venv"
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
