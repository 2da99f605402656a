# shellcheck shell=sh
# What ./tools/run and ./tools/test have in common: everything they need is made ready. Sourced, after `root` is set.
#
# set_up run     the program and what it needs, in .venv
# set_up test    the same, and what the tests need
#
# PYTHON names the interpreter a new .venv is made with.

say() {
    printf '%s\n' "liftoff: $*" >&2
}

# shellcheck disable=SC2154  # root is the caller's
set_up() {
    venv=$root/.venv
    is_ready "$1" && return
    lock
    if ! is_ready "$1"; then
        trap 'interrupted INT' INT
        trap 'interrupted TERM' TERM
        log=$(mktemp)
        find_packages "$1"
        make_venv "$1"
        rm -f "$log"
        trap - INT TERM
    fi
    unlock
}

# A .venv is trusted only with the stamp that is written last: same project settings, same Python, same place.
is_ready() {
    [ -f "$venv/ready-$1" ] && runs_this_checkout && [ "$(stamp)" = "$(cat "$venv/ready-$1")" ]
}

# Not so after `pip install .`, which puts a copy of the program there that knows nothing of later edits.
runs_this_checkout() {
    for link in "$venv"/lib/python*/site-packages/*liftoff_viewer.pth; do
        [ -f "$link" ] && return
    done
    return 1
}

stamp() {
    { cksum <"$root/pyproject.toml" && "$venv/bin/python" -VV && printf '%s\n' "$root"; } 2>/dev/null || :
}

# Two set-ups of one checkout wait for each other, where flock exists.
lock() {
    exec 9<"$root/tools/set-up.sh"
    if command -v flock >/dev/null; then
        flock 9
    fi
}

unlock() {
    exec 9<&-
}

# Runs a command with all it says in `log`; on a terminal something moves meanwhile.
quietly() {
    "$@" </dev/null >>"$log" 2>&1 &
    child=$!
    if [ -t 2 ]; then
        while kill -0 "$child" 2>/dev/null; do
            for sign in '|' / - '\'; do
                printf '\r%s ' "$sign" >&2
                sleep 0.2
            done
        done
        printf '\r' >&2
    fi
    ended=0
    wait "$child" || ended=$?
    child=
    return "$ended"
}

# What was begun is ended (a child in the background does not hear Ctrl+C), and made anew the next time.
interrupted() {
    [ -z "${child:-}" ] || kill "$child" 2>/dev/null || :
    rm -f "$log"
    say "interrupted. Run this again to go on."
    trap - "$1"
    kill -s "$1" $$
}

# Why a step failed: the end of what it said, and where all of it is.
complain() {
    tail -n 15 "$log" >&2
    say "$1 (its reason is above, all it said in $log). Run this again once that is mended."
}

# `python`: the first Python that is new enough; empty if there is none.
find_python() {
    for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    done
    python=
}

# Installs what the system lacks, or says how. Returns only with a Python that can make a .venv.
find_packages() {
    if [ -f /etc/alpine-release ]; then
        say "Qt's packages need the GNU C library, which Alpine does not have. Use another distribution."
        exit 3
    fi
    for manager in apt-get dnf zypper pacman none; do
        command -v "$manager" >/dev/null && break
    done
    find_python
    if [ -n "${PYTHON:-}" ] && [ -z "$python" ]; then
        say "PYTHON is $PYTHON, which is not a Python 3.11 or later on this machine. Name another one, or none."
        exit 3
    fi
    list_packages "$1"
    if [ -n "$packages" ]; then
        install_packages
        find_python
    fi
    if [ -z "$python" ]; then
        say "Python 3.11 or later is needed. Once it is installed, run this again, or name it: PYTHON=python3.12 $0"
        exit 3
    fi
    if ! can_make_venv; then
        say "$python cannot make a virtual environment: it lacks the modules venv and ensurepip. Install them."
        exit 3
    fi
}

can_make_venv() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null
}

# `packages`: what the system lacks, in the words of its package manager.
list_packages() {
    packages=
    if [ "$manager" = apt-get ]; then
        version=$("${python:-python3}" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || :)
        if [ -z "$python" ] && [ -n "$version" ]; then
            add_newer_python
        elif [ -z "$python" ]; then
            add python3 python3-venv
        elif ! can_make_venv; then
            add "python$version-venv"
        fi
        [ -f /etc/ssl/certs/ca-certificates.crt ] || add ca-certificates
    elif [ -z "$python" ]; then
        case $manager in
            dnf) add python3 ;;
            zypper) add python311 ;;
            pacman) add python ;;
        esac
    fi
    list_libraries
    if [ "$1" = test ]; then
        list_test_packages
    fi
}

# A private X server with window managers and what presses its keys, a Wayland desktop and a kiosk in memory with its
# keys and pictures (on Debian 21 MB to download beside the X server's 60), what reads systemd's units (3 MB), the buses
# that screen readers use, and the sources of the locales, and fonts of three different proportions.
list_test_packages() {
    if ! command -v Xvfb >/dev/null; then
        case $manager in
            apt-get) add xvfb ;;
            dnf | zypper) add xorg-x11-server-Xvfb ;;
            pacman) add xorg-server-xvfb ;;
        esac
    fi
    if ! command -v setxkbmap >/dev/null; then
        case $manager in
            apt-get) add x11-xkb-utils ;;
            dnf | zypper) add setxkbmap ;;
            pacman) add xorg-setxkbmap ;;
        esac
    fi
    if ! command -v xrandr >/dev/null; then
        case $manager in
            apt-get) add x11-xserver-utils ;;
            dnf | zypper) add xrandr ;;
            pacman) add xorg-xrandr ;;
        esac
    fi
    case $installed in
        '' | *"libXtst.so.6 ("*) ;;
        *)
            case $manager in
                apt-get) add libxtst6 ;;
                dnf) add libXtst ;;
                zypper) add libXtst6 ;;
                pacman) add libxtst ;;
            esac
            ;;
    esac
    case $installed in
        '' | *"libXss.so.1 ("*) ;;
        *)
            case $manager in
                apt-get) add libxss1 ;;
                dnf) add libXScrnSaver ;;
                zypper) add libXss1 ;;
                pacman) add libxss ;;
            esac
            ;;
    esac
    if ! command -v xset >/dev/null; then
        case $manager in
            apt-get) add x11-xserver-utils ;;
            dnf | zypper) add xset ;;
            pacman) add xorg-xset ;;
        esac
    fi
    if ! command -v Xwayland >/dev/null; then
        case $manager in
            apt-get | zypper) add xwayland ;;
            dnf) add xorg-x11-server-Xwayland ;;
            pacman) add xorg-xwayland ;;
        esac
    fi
    for name in pekwm openbox sway cage wtype grim; do
        command -v "$name" >/dev/null || add "$name"
    done
    command -v systemd-analyze >/dev/null || add systemd
    if ! command -v convert >/dev/null; then
        case $manager in
            apt-get | pacman) add imagemagick ;;
            dnf | zypper) add ImageMagick ;;
        esac
    fi
    if ! command -v dbus-daemon >/dev/null; then
        case $manager in
            apt-get | pacman) add dbus ;;
            dnf) add dbus-daemon ;;
            zypper) add dbus-1 ;;
        esac
    fi
    [ -f "${AT_SPI_CONFIG:-/usr/share/defaults/at-spi2}/accessibility.conf" ] || add at-spi2-core
    case $manager in
        apt-get) list_fonts fonts-dejavu-core fonts-noto-core fonts-liberation ;;
        dnf) list_fonts dejavu-sans-fonts google-noto-sans-fonts liberation-sans-fonts ;;
        zypper) list_fonts dejavu-fonts google-noto-sans-fonts liberation-fonts ;;
        pacman) list_fonts ttf-dejavu noto-fonts ttf-liberation ;;
    esac
    if [ ! -f "${I18NPATH:-/usr/share/i18n}/locales/tr_TR" ]; then
        case $manager in
            apt-get) add locales ;;
            dnf) add glibc-locale-source ;;
            zypper) add glibc-i18ndata ;;
        esac
    fi
}

# The packages of three fonts, as far as those are not there.
list_fonts() {
    for font in DejaVuSans NotoSans LiberationSans; do
        [ -n "$(find "${FONT_PATH:-/usr/share/fonts}" -name "$font[-.[]*" 2>/dev/null)" ] || add "$1"
        shift
    done
}

# The newest Python that this system's packages have beside its own, if any is new enough.
add_newer_python() {
    for version in 3.14 3.13 3.12 3.11; do
        if apt-cache show "python$version-venv" >/dev/null 2>&1; then
            add "python$version" "python$version-venv"
            return
        fi
    done
}

list_libraries() {
    installed=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null) || return 0
    while read -r soname _ debian arch; do
        case $soname in '' | '#'*) continue ;; esac
        case $installed in *"$soname ("*) continue ;; esac
        case $manager in
            apt-get) add "${debian%/t64}" ;;
            dnf | zypper) add "'$soname()(64bit)'" ;;
            pacman) add "$arch" ;;
        esac
    done <"$root/viewer/startup/libraries.txt"
}

add() {
    for name in "$@"; do
        case " $packages " in *" $name "*) ;; *) packages="${packages:+$packages }$name" ;; esac
    done
}

# Installs `packages` where that can be done, and says so first; else says what to type.
install_packages() {
    if [ "$(id -u)" = 0 ]; then
        as=
    elif sudo -n true 2>/dev/null || { [ -t 0 ] && command -v sudo >/dev/null; }; then
        as=sudo
    else
        tell
        return
    fi
    if [ "$manager" != apt-get ]; then
        tell
        return
    fi
    say "installing with apt-get, which takes a minute: $packages"
    if [ -n "$as" ] && ! sudo true; then  # which may ask for a password, while nothing else is on the line
        tell
        return
    fi
    set -- /var/lib/apt/lists/*_Packages*
    if [ ! -e "$1" ]; then
        apt update || :
    fi
    # shellcheck disable=SC2086  # the names are separate words
    apt install $packages || { apt update && apt install $packages; } || {
        tail -n 15 "$log" >&2
        tell
    }
}

apt() {
    # shellcheck disable=SC2086  # nothing, or sudo
    quietly $as env DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends "$@"
}

# Without what is told here the program may still start: it needs X or Wayland, not both. It will say so if not.
tell() {
    case $manager in
        pacman) line="pacman -S $packages" ;;
        *) line="$manager install $packages" ;;
    esac
    say "this system lacks some packages. Install them as root: $line"
}

# Makes .venv, or brings it up to date. While `unfinished` lies in it, it is not believed.
make_venv() {
    if [ -e "$venv/unfinished" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        say "making .venv with $("$python" -V)"
        rm -rf "$venv"
        mkdir "$venv"
        : >"$venv/unfinished"
        if ! quietly "$python" -m venv "$venv"; then
            complain "$python could not make .venv"
            exit 3
        fi
    fi
    : >"$venv/unfinished"
    rm -f "$venv/ready-run" "$venv/ready-test"
    say "installing what ./tools/$1 needs into .venv: some 100 MB to download"
    extras=formats,kiosk
    until install_project "$1"; do
        drop_lacking_extra || {
            complain "pip could not install what is needed"
            exit 3
        }
    done
    stamp >"$venv/ready-run"
    if [ "$1" = test ]; then
        stamp >"$venv/ready-test"
    fi
    rm "$venv/unfinished"
}

# The program with `extras`, and for the tests what those need. What has no wheel is not built: that takes minutes, and
# libraries that hardly any machine has.
install_project() {
    set -- "$1" --only-binary imagecodecs,opening-hours-py -e "$root${extras:+[$extras]}"
    if [ "$1" = test ]; then
        list_group dev >"$venv/test-dependencies.txt"
        set -- "$@" -r "$venv/test-dependencies.txt"
    fi
    shift
    quietly "$venv/bin/python" -m pip install --disable-pip-version-check "$@"
}

# Takes from `extras` the one whose package pip complains of; fails if there is none. The program works without them.
drop_lacking_extra() {
    case $extras:$(tail -n 15 "$log") in
        *formats*:*imagecodecs*) lacking=imagecodecs extra=formats use="some rare kinds of picture" ;;
        *kiosk*:*opening-hours-py*) lacking=opening-hours-py extra=kiosk use="opening hours of an unattended screen" ;;
        *) return 1 ;;
    esac
    case $extras in
        formats,kiosk) extras=${extras%"$extra"} extras=${extras#"$extra"} extras=${extras#,} extras=${extras%,} ;;
        *) extras= ;;
    esac
    say "pip finds no $lacking for this Python: going on without it, which only $use need." \
        "To try again: '$venv/bin/pip' install -e '$root[$extra]'"
}

# A dependency group of pyproject.toml, one requirement a line: pip before 25.1 cannot read groups.
list_group() {
    "$venv/bin/python" -c '
import pathlib, sys, tomllib
print("\n".join(tomllib.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))["dependency-groups"][sys.argv[2]]))
' "$root/pyproject.toml" "$1"
}
