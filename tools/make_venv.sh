#!/bin/sh
# Make a virtual environment: tools/make_venv.sh FOLDER [PYTHON]
#
# A fresh Debian has python3 without the parts that `python3 -m venv` needs. Then python3-venv is installed where
# that is allowed; else virtualenv is fetched beside the project; else this says what is missing.
set -u
folder=$1
python=${2:-python3}

works() { "$folder/bin/python" -m pip --version >/dev/null 2>&1; }
done_if_it_works() { works && exit 0; rm -rf "$folder"; }

works && exit 0
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    { echo "grav-migrate needs Python 3.11 or newer; $python is $("$python" -V 2>&1). Try: make PYTHON=python3.12" >&2; exit 2; }

rm -rf "$folder"
"$python" -m venv "$folder" >/dev/null 2>&1 && done_if_it_works
rm -rf "$folder"

echo "python3 -m venv does not work here: trying to install python3-venv" >&2
"$(dirname "$0")/install_debian_packages.sh" python3-venv >&2 && "$python" -m venv "$folder" && done_if_it_works

if "$python" -m pip --version >/dev/null 2>&1; then
    echo "Trying virtualenv instead" >&2
    "$python" -m pip install --quiet --target .cache/virtualenv virtualenv &&
        PYTHONPATH=.cache/virtualenv "$python" -m virtualenv --quiet "$folder" && done_if_it_works
fi

echo "No virtual environment could be made: as root, run  apt-get install python3-venv  and start again." >&2
exit 1
