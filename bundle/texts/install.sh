#!/bin/sh
# 找一个可用的 Python，其余的由 install.py 做。用法：sh install.sh [装到哪个目录]
cd "$(dirname "$0")" || exit
probe='import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
for python in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
    if "$python" -c "$probe" >/dev/null 2>&1; then exec "$python" install.py "$@"; fi
done
echo '没有找到 Python 3.11、3.12 或 3.13（要带 venv）。请看“安装说明.txt”。' >&2
exit 1
