#!/bin/sh
# 把 gongshi build 的结果放上网站服务器：先传到一边、按清单验过，再一次改名换上；留五版，可退回。
# Puts what `gongshi build` made on a web server: beside the site, checked by its manifest, then one rename.
#
#   sh publish.sh DIR TARGET              发布 DIR/current
#   sh publish.sh list TARGET             列出服务器上的各版，* 为现行
#   sh publish.sh rollback TARGET [ID]    退回上一版，或退回 ID 这一版
#
# TARGET 是本机的 /srv/gongshi，或 user@host:/srv/gongshi。网站根目录设为 TARGET/current。
# 换端口、钥匙：SSH_COMMAND="ssh -p 2222 -i key"。服务器上要有 rsync、flock、sha256sum（Debian、Ubuntu 自带或 apt install rsync）。
set -eu
umask 022
LC_ALL=C.UTF-8
export LC_ALL

KEEP=5
SSH_COMMAND=${SSH_COMMAND:-ssh}
# 名字里带摘要的脚本和样式：旧页面开着的人还会来取，换版后仍留着。记录、照片、搜索索引不留：撤下的要立刻没有。
KEPT='^assets/.*\.[0-9a-f]{8}\.(min\.)?[a-z0-9]+$'

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

usage() {
    sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

# ── 清单 ──

sums() { # MANIFEST：清单里每个文件一行“摘要  路径”
    grep -o '"[^"]*":\["[0-9a-f]\{64\}",[0-9]*\]' "$1" | sed 's/^"\(.*\)":\["\([0-9a-f]\{64\}\)",[0-9]*\]$/\2  \1/'
}

whole() { # RELEASE：清单里的文件一个不少、一字不差，否则停下
    for file in manifest.json index.html; do
        [ -s "$1/$file" ] || die "$1 不完整，没有发布：缺 $file"
    done
    named=$(sums "$1/manifest.json" | wc -l)
    sound=$(cd "$1" && sums manifest.json | sha256sum -c 2>/dev/null | grep -c ': OK$') || true
    [ "$named" -gt 0 ] && [ "$named" -eq "$sound" ] && return
    (cd "$1" && sums manifest.json | sha256sum -c 2>&1 | grep -v ': OK$' | head -n 5 >&2) || true
    die "$1 不完整，没有发布：清单有 $named 个文件，对的是 $sound 个"
}

# ── 在服务器上做的 ──

on_server() { # 在 TARGET 那里运行本脚本的一个函数
    if [ "$host" ]; then
        $SSH_COMMAND "$host" sh -s -- --there "$root" "$@" <"$0"
    else
        sh "$0" --there "$root" "$@"
    fi
}

there() { # ROOT FUNCTION [ARGUMENT…]
    mkdir -p "$1/releases"
    cd "$1"
    shift
    command -v flock >/dev/null || die "服务器上没有 flock：装 util-linux"
    exec 9>>releases/.lock
    flock -w 600 9 || die "另一次发布十分钟还没有结束，这次没有发布"
    "$@"
}

standing() { # 现行的一版，没有就空着
    basename "$(readlink current || true)"
}

by_age() { # 各版，新上线的在前
    # shellcheck disable=SC2012  # 名字只有日期和摘要
    ls -1t releases
}

prepare() { # ID：打印接收用的文件夹，和现行的一版；已有 ID 这一版就不用接收
    [ ! -e current ] || [ -L current ] || die "$(pwd)/current 不是链接，不能替换"
    find releases -maxdepth 1 -name '.incoming-*' -mmin +1440 -exec rm -rf {} +
    if [ -s "releases/$1/manifest.json" ]; then
        echo there
    else
        staging=$(mktemp -d releases/.incoming-XXXXXX)
        chmod 755 "$staging"
        echo "$staging $(standing)"
    fi
}

finish() { # STAGING ID：验过，换上，旧的只留 KEEP 版
    if [ "$1" != there ] && [ ! -e "releases/$2" ]; then
        (whole "$1") || { discard "$1" && exit 1; }
        carry "$1" "$2"
        sync -f "$1" 2>/dev/null || sync # 断电也不会换上一个没写完的版
        mv -T "$1" "releases/$2"
    else # 以前上线过的，也要有后来各版的脚本和样式
        carry "releases/$2" "$2"
    fi
    whole "releases/$2"
    touch "releases/$2"
    rm -f "releases/.left-$2"
    swap "$2"
    forget_ended "$2"
    forget
    discard "$1"
}

discard() { # STAGING：没用上的不留，免得占满磁盘
    case $1 in releases/.incoming-*) rm -rf "$1" ;; esac
}

carry() { # FOLDER ID：别的各版的脚本和样式，这一版没有的也链进来
    by_age | grep -Fxv -e "$2" | head -n $((KEEP - 1)) | while IFS= read -r other; do
        sums "releases/$other/manifest.json" | cut -c67- | grep -E "$KEPT" | while IFS= read -r file; do
            for copy in "$file" "$file.gz" "$file.br"; do
                if [ -e "releases/$other/$copy" ] && [ ! -e "$1/$copy" ]; then
                    mkdir -p "$1/$(dirname "$copy")"
                    ln "releases/$other/$copy" "$1/$copy" 2>/dev/null || cp -p "releases/$other/$copy" "$1/$copy"
                fi
            done
        done
    done
}

swap() { # ID：一次改名换上；直接对 current 用 ln -sfn 会先删后建，中间有一刻没有网站
    ln -sfn "releases/$1" .current-next # 上次断在这里，可能还留着
    sync -f releases 2>/dev/null || sync
    mv -T .current-next current
    sync -f . 2>/dev/null || sync
}

forget() { # 旧的只留 KEEP 版
    by_age | tail -n "+$((KEEP + 1))" | while IFS= read -r old; do
        [ "$old" = "$(standing)" ] && continue
        remove "$old"
    done
}

listed() { # RELEASE KEY：清单里的一列，一行一个：withheld 是已撤下的页，terms 是“页#什么 到哪天”
    grep -o "\"$2\":\[[^]]*\]" "$1/manifest.json" | grep -o '"[^"]*"' | sed '1d; s/^"//; s/"$//' | sort
}

ended_by() { # OLD NEW：OLD 里有、而在 NEW 已撤下或已到期的页
    { listed "$2" withheld && listed "$1" withheld && listed "$1" withheld; } | sort | uniq -u | while IFS= read -r page; do
        sums "$1/manifest.json" | cut -c67- | grep -Fx -e "$page" || true
    done
    { listed "$1" terms && listed "$2" terms && listed "$2" terms; } | sort | uniq -u | sed 's/#.*//'
}

forget_ended() { # ID：有已撤回、已到期内容的旧版不留，也就退不回去
    by_age | while IFS= read -r old; do
        [ "$old" != "$1" ] || continue
        [ "$(ended_by "releases/$old" "releases/$1")" ] || continue
        remove "$old"
        echo "删去了旧版 $old：里面有已撤回或已到期的内容"
    done
}

remove() { # ID：先改名再删：删到一半被打断，也不会留下像样而不全的一版
    rm -rf "releases/.incoming-$1" # 上次删到一半的
    mv -T "releases/$1" "releases/.incoming-$1"
    rm -rf "releases/.incoming-$1" "releases/.left-$1"
}

list() {
    now=$(standing)
    by_age | while IFS= read -r one; do
        if [ "$one" = "$now" ]; then echo "* $one"; else echo "  $one"; fi
    done
}

before() { # 现行的之前、没有被退掉的最近一版
    by_age | awk -v now="$(standing)" 'seen; $0 == now { seen = 1 }' | while IFS= read -r one; do
        [ -e "releases/.left-$one" ] || { echo "$one" && break; }
    done
}

stop_if_ended() { # ID：到期了的，和后来上线的某一版已经撤下的，不再公布
    until=$(grep -o '"until":"[0-9-]*"' "releases/$1/manifest.json" | cut -d'"' -f4)
    if [ "$until" ] && [ "$(TZ=Asia/Shanghai date +%Y-%m-%d | tr -d -)" -gt "$(echo "$until" | tr -d -)" ]; then
        die "$1 里有 $until 就到期的内容，没有退回。在 git 里退回内容后重新发布，到期的会自动撤下"
    fi
    by_age | sed "/^$1\$/,\$d" | while IFS= read -r newer; do
        page=$(ended_by "releases/$1" "releases/$newer" | head -n 1)
        [ -z "$page" ] || die "$1 里的 $page 后来撤回或到期了，没有退回。在 git 里退回其他改动后重新发布"
    done
}

rollback() { # [ID]：退回；离开的一版做个记号，再退时不会退到它
    now=$(standing)
    back=${1:-$(before)}
    [ "$back" ] || die "没有更早的一版可退"
    [ -d "releases/$back" ] || die "没有 $back 这一版，有：
$(list)"
    [ "$back" != "$now" ] || die "现行的就是 $back"
    whole "releases/$back"
    stop_if_ended "$back"
    carry "releases/$back" "$back"
    swap "$back"
    rm -f "releases/.left-$back"
    [ "$now" ] && : >"releases/.left-$now"
    echo "已退回：$now → $back。请在 git 里撤回那次合并，否则下次发布又会换上它。"
}

# ── 在这里做的 ──

locate() { # TARGET：拆成 host 和 root
    case $1 in
    /*) host='' root=$1 ;;
    *?:/*) host=${1%%:*} root=${1#*:} ;;
    *) die "TARGET 写成 /srv/gongshi 或 user@host:/srv/gongshi，不是 $1" ;;
    esac
    case $host$root in
    -* | *[!A-Za-z0-9@._/-]*) die "TARGET 里只用字母、数字和 @ . _ - /：$1" ;;
    esac
}

send() { # FROM TO [rsync 的选项…]
    from=$1 to=${host:+$host:}$root/$2
    shift 2
    rsync --rsh="$SSH_COMMAND" --recursive --links --checksum --perms --chmod=D755,F644 "$@" "$from" "$to"
}

publish() { # DIR：DIR/current 换上 TARGET
    [ -L "$1/current" ] || die "$1/current 不在：先运行 gongshi build --out $1"
    id=$(basename "$(readlink "$1/current")")
    whole "$1/current"
    read -r staging previous <<EOF
$(on_server prepare "$id")
EOF
    [ "$staging" ] || exit 1
    if [ "$staging" != there ]; then
        # 内容没变的文件与现行的一版共用一份（硬链接），不再传
        send "$1/current/" "$staging/" ${previous:+--link-dest="../$previous"} || {
            on_server discard "$staging" || true # 断线时也做不到，隔天自会清掉
            die "没有传完，没有发布"
        }
    fi
    if [ "$(send "$1/nginx.conf" nginx.conf --out-format=%n)" ]; then
        echo "$root/nginx.conf 与上次不同：请管理员看过后拷到 /etc/nginx/snippets/gongshi.conf，再运行 nginx -t && nginx -s reload" >&2
    fi
    on_server finish "$staging" "$id"
    echo "已上线：$id"
}

case ${1:-} in
--there) shift && there "$@" ;;
list | rollback)
    case $# in 2 | 3) ;; *) usage ;; esac
    locate "$2"
    on_server "$1" ${3:+"$3"}
    ;;
'' | -*) usage ;;
*)
    [ $# -eq 2 ] || usage
    locate "$2"
    publish "$1"
    ;;
esac
