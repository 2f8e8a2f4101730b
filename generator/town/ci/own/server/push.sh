#!/bin/sh
# CI 里用：拿 KEY 这把钥匙、认 HOST_KEY 这台服务器，把 DIR/current 发布到 TARGET。钥匙只在内存里的文件夹放一会儿。
# For CI: publish DIR/current to TARGET with the ssh key in $KEY, to the host whose key is $HOST_KEY.
#
#   KEY=… HOST_KEY=… sh server/push.sh DIR TARGET
#
# TARGET 是本机的路径时不用钥匙。
set -eu
here=$(dirname "$0")

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

[ $# -eq 2 ] || die "用法：sh server/push.sh DIR TARGET"
[ "$2" ] || die "没有设 TARGET：到仓库设置的 Actions 变量里填 PUBLISH_TO"
command -v rsync >/dev/null || { apt-get -qq update && apt-get -qq install -y --no-install-recommends rsync openssh-client >/dev/null; } ||
    die "这里要有 rsync 和 ssh"

case $2 in
/*) exec sh "$here/publish.sh" "$1" "$2" ;;
esac
[ "${KEY:-}" ] || die "没有设密钥 PUBLISH_KEY"
[ "${HOST_KEY:-}" ] || die "没有设变量 PUBLISH_HOST_KEY"
umask 077
safe=$(TMPDIR=/dev/shm mktemp -d 2>/dev/null || mktemp -d)
trap 'rm -rf "$safe"' EXIT
trap 'exit 1' HUP INT TERM # 作业被取消时，有的 sh 不走 EXIT
printf '%s\n' "$KEY" >"$safe/key"
printf '%s\n' "$HOST_KEY" >"$safe/known"
SSH_COMMAND="${SSH:-ssh} -i $safe/key -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile=$safe/known" \
    sh "$here/publish.sh" "$1" "$2"
