#!/bin/sh
# Install what the layout proofs need: LibreOffice Writer and Calc, poppler, Liberation and
# Noto CJK from Debian 12, and the Fandol fonts into the folder fandol/ beside this
# script. Run as root. Work that is already done is skipped.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
target=$here/fandol
fonts='FandolFang-Regular FandolHei-Bold FandolHei-Regular FandolKai-Regular FandolSong-Bold FandolSong-Regular'
updated=no

update() {
    test "$updated" = yes || apt-get update -qq
    updated=yes
}

missing=
for package in libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils fonts-liberation fonts-noto-cjk; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    test "$status" = 'install ok installed' || missing="$missing $package"
done
if test -n "$missing"; then
    update
    # Unquoted on purpose: a list of package names.
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
fi

complete() {
    for font in $fonts; do
        test -s "$target/$font.otf" || return 1
    done
}

if ! complete; then
    update
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    # apt drops privileges to its own user for downloads; let it write here.
    chmod 755 "$work"
    chown _apt "$work" 2>/dev/null || true
    # The package is downloaded and read, not installed: it would pull in TeX.
    (cd "$work" && apt-get download -qq texlive-lang-chinese)
    mkdir -p "$target"
    for package in "$work"/*.deb; do
        dpkg-deb --fsys-tarfile "$package" |
            tar -x -C "$work" --wildcards './usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/*.otf'
    done
    for font in $fonts; do
        find "$work/usr" -name "$font.otf" -exec cp {} "$target/" \;
    done
    # Not for the repository: 34 MB, and another licence.
    echo '*' >"$target/.gitignore"
    complete || { echo "install.sh: Fandol fonts are missing" >&2; exit 1; }
fi
