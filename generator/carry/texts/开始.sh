#!/bin/sh
# 打开菜单；程序装在自己的目录里，或在 PATH 里。
cd "$(dirname "$0")" || exit
PATH="$HOME/.local/share/shuoming/program/bin:$PATH"
if ! command -v shuoming >/dev/null 2>&1; then
    echo '没有找到程序，请先照安装包里的“安装说明”装一次。'
    if test -t 0; then printf '按回车键关闭。'; read -r _; fi
    exit 1
fi
shuoming menu && exit
if test -t 0; then printf '按回车键关闭。'; read -r _; fi
