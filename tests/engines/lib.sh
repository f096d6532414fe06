# What up, down and restart share: where things are, how an engine is installed, started and stopped.
# Sourced, never run.
# shellcheck shell=bash
#
# Everything lies in one folder, $DOCKERUI_ENGINES_DIR (default ${TMPDIR:-/tmp}/dockerui-engines):
#   env                    the test binary's variables, one NAME=unix:///… per engine that is up
#   debian/                a Debian 13 with the newer engines, for docker26 and podman5
#   docker/, podman/, …    per engine: engine.pid, namespaces.pid, registry.pid, private-registry.pid, engine.log, its socket, its data and its
#                          run-time state
# Each engine has network and mount namespaces of its own: its bridges, addresses, ports and mounts neither disturb nor
# reach another engine's or this machine's, and end with it. A published port is therefore seen from inside only:
#   nsenter --target "$(cat FOLDER/docker/namespaces.pid)" --net wget -qO- 127.0.0.1:8080

dir=${DOCKERUI_ENGINES_DIR:-${TMPDIR:-/tmp}/dockerui-engines}
debian=${DOCKERUI_DEBIAN_TREE:-$dir/debian} # made where it is missing; one that is named is kept
known="docker podman docker26 podman5"      # the first two are the machine's own: Docker 20.10 and Podman 4.3 on Debian 12
registry=127.0.0.1:5000
private_registry=127.0.0.1:5001 # wants a login: tester, hunter?2>ÿ
token_registry=127.0.0.1:5002   # started by the test that needs it
# shellcheck disable=SC2206 # several words
docker_options=(${DOCKERUI_DOCKER_OPTIONS-}) # more words for dockerd
opener=()         # what opens files for a command in an engine's namespaces, in this machine's
ready_seconds=30 # an engine answers in about two; a machine under load takes longer

die() {
  echo "tests/engines: $*" >&2
  exit 1
}

# check_folder: nothing here may ever remove or write into anything but a folder of our own.
check_folder() {
  [[ $dir == /*/* && $dir != */ && $dir != *[[:space:]]* ]] ||
    die "DOCKERUI_ENGINES_DIR=$dir: not an absolute path of a folder for this alone"
  [[ ! -e $dir || -f $dir/env || -z $(ls -A "$dir") ]] || die "$dir holds something else"
  ((${#dir} <= 60)) || die "$dir: too long, sockets below it may have 107 bytes"
  ((EUID == 0)) || die "engines of their own need root"
}

# check_engine NAME
check_engine() { [[ " $known " == *" $1 "* ]] || die "no engine is called '$1' ($known)"; }

# product NAME: docker or podman.
product() { echo "${1%%[0-9]*}"; }

# is_newer NAME: one that comes from the Debian tree.
is_newer() { [[ $1 == *[0-9] ]]; }

# lock: one up, down or restart at a time. Daemons are started with 9>&-, or they would keep it.
lock() {
  exec 9>"$dir.lock"
  flock --wait 180 9 || die "another up, down or restart still holds $dir.lock"
}

# socket NAME
socket() { echo "$dir/$1/$(product "$1").sock"; }

# client NAME ARGUMENT…: the docker client (Podman understands it as well) on that engine, without the user's settings.
client() {
  local name=$1
  shift
  env -u DOCKER_CONTEXT -u DOCKER_TLS_VERIFY -u DOCKER_CERT_PATH \
    DOCKER_CONFIG="$dir/client" DOCKER_HOST="unix://$(socket "$name")" docker "$@" 9>&-
}

answers() { timeout 5 docker --config "$dir/client" -H "unix://$(socket "$1")" version >/dev/null 2>&1 9>&-; }

# pid NAME engine|namespaces|registry|private-registry: prints that process's id; fails when it is not running (or the id is somebody else's by now).
pid() {
  local id
  id=$(cat "$dir/$1/$2.pid" 2>/dev/null) || return 1
  { tr '\0' ' ' <"/proc/$id/cmdline"; } 2>/dev/null | grep -qF -- "$dir/$1/" && echo "$id"
}

# until_true SECONDS COMMAND…: asks ten times a second; fails when it never came true.
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

gone() { [[ ! -e /proc/$1 ]]; }

# install_missing NAME…: the Debian packages of what these engines need and the machine lacks.
install_missing() {
  local need="docker:docker.io busybox:busybox-static ip:iproute2 ps:procps runc:runc"
  need+=" ssh:openssh-client sshd:openssh-server openssl:openssl docker-registry:docker-registry"
  local packages=() pair name try
  for name in "$@"; do
    case $name in
      docker) need+=" dockerd:docker.io containerd:containerd iptables:iptables" ;;
      podman)
        need+=" podman:podman conmon:conmon netavark:netavark aardvark-dns:aardvark-dns iptables:iptables"
        need+=" tini-static:tini"
        ;;
      docker26 | podman5) need+=" debootstrap:debootstrap" ;;
    esac
  done
  for pair in $need; do have "${pair%%:*}" || packages+=("${pair#*:}"); done
  ((${#packages[@]})) || return 0
  for try in 1 2 3; do
    echo "tests/engines: installing ${packages[*]} (try $try)" >&2
    if apt_get update && apt_get install "${packages[@]}"; then
      # From Debian 13 on the client is a package of its own.
      have docker || apt_get install docker-cli || continue
      return 0
    fi
    sleep 3
  done
  die "could not install ${packages[*]}"
}

# make_debian: the tree, whole or not at all.
make_debian() {
  [[ ! -d $debian ]] || return 0
  local include=docker.io,podman,conmon,netavark,aardvark-dns,runc,tini,iptables,docker-registry,ca-certificates,procps try
  for try in 1 2 3; do
    echo "tests/engines: making a Debian 13 for the newer engines (try $try)" >&2
    rm -rf "$debian.new"
    if debootstrap --variant=minbase --include="$include" trixie "$debian.new" >"$dir/debootstrap.log" 2>&1 9>&-; then
      mv "$debian.new" "$debian"
      return 0
    fi
  done
  tail -20 "$dir/debootstrap.log" >&2
  die "could not make a Debian 13 in $debian"
}

# have COMMAND: on the path, or where netavark and other helpers of engines live.
have() {
  [[ $1 != busybox ]] || { static_busybox >/dev/null; return; }
  PATH=$PATH:/usr/sbin:/sbin:/usr/lib/podman:/usr/libexec/podman command -v "$1" >/dev/null
}

# static_busybox: the one busybox that runs in an empty image.
static_busybox() {
  local found
  found=$(command -v busybox) && ! ldd "$found" >/dev/null 2>&1 && echo "$found"
}

# Packages bring an engine of the machine's own as a service; RUNLEVEL=1 keeps it from being started.
apt_get() {
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
    -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$@" </dev/null >&2 9>&-
}

# start NAME: the engine, answering; prints its log and fails when it does not.
start() {
  local name=$1 home=$dir/$1
  pid "$name" engine >/dev/null && answers "$name" && return
  mkdir -p "$home" "$dir/client"
  pid "$name" namespaces >/dev/null || make_namespaces "$name" || die "no namespaces for $name: $(cat "$home/engine.log")"
  rm -f "$(socket "$name")" "$home/dockerd.pid"
  "command_$(product "$name")" "$name"
  # exec all the way, so that the process id written is the engine's own.
  # shellcheck disable=SC2016 # the inner shell is to expand them
  within "$name" setsid sh -c 'echo $$ >"$0"; exec "$@"' "$home/engine.pid" "${command[@]}" \
    >>"$home/engine.log" 2>&1 </dev/null 9>&- &
  disown
  until_true "$ready_seconds" answers "$name" && return
  sed "s/^/$name: /" "$home/engine.log" >&2
  die "$name does not answer on $(socket "$name") after $ready_seconds s; its log is above"
}

# make_namespaces NAME: a process that does nothing but keep them, so that containers outlive a restart of their engine.
# The file systems cover what Podman keeps for all of its roots together; their source, our folder, is what down knows
# the engine's helpers by.
make_namespaces() {
  local home=$dir/$1
  rm -f "$home/namespaces.pid"
  # shellcheck disable=SC2016 # the inner shell is to expand them
  local tree=
  is_newer "$1" && make_debian && tree=$debian
  setsid unshare --net --mount bash -ec '
    ip link set lo up
    if [[ $1 ]]; then
      # The tree becomes the root, with the folder of the engines, /tmp and the kernel where they are here.
      mount --rbind "$1" "$1"
      mount -t proc proc "$1/proc"
      for same in /sys /dev /tmp "$2"; do
        mkdir -p "$1$same"
        mount --rbind "$same" "$1$same"
      done
      mount -t tmpfs tmpfs "$1/run"
      cd "$1"
      pivot_root . .
      umount --lazy .
      cd /
    fi
    for shared in /run/netns /run/runc /run/containers /var/lib/containers; do
      mkdir -p $shared
      mount -t tmpfs "$0" $shared
    done
    echo $$ >"$0/namespaces.pid"
    exec -a "$0/namespaces" sleep infinity' "$home" "$tree" "$dir" >>"$home/engine.log" 2>&1 </dev/null 9>&- &
  disown
  until_true 5 pid "$1" namespaces >/dev/null
}

# within NAME COMMAND…: in the engine's namespaces.
within() {
  local target
  target=$(cat "$dir/$1/namespaces.pid")
  shift
  "${opener[@]}" nsenter --target "$target" --net --mount "$@"
}

# iptables off: ports are published by docker-proxy alone, which works on every kernel.
command_docker() {
  local home=$dir/$1
  command=(dockerd --data-root "$home/data" --exec-root "$home/exec" --pidfile "$home/dockerd.pid"
    --host "unix://$home/docker.sock" --config-file "$home/daemon.json"
    --iptables=false --ip-masq=false --log-level warn "${docker_options[@]}")
  echo '{}' >"$home/daemon.json"
}

# No systemd here: cgroups by hand, events in a file. Podman 4.3 asks for higher limits than it may have where
# CAP_SYS_RESOURCE is missing, and lowers its own number of processes to pid_max: hence soft = hard = what it can keep.
# What Podman would share with the machine's own (networks, locks) is kept here.
command_podman() {
  local home=$dir/$1 files processes most
  mkdir -p "$home"/{data,run,tmp,networks}
  files=$(ulimit -Hn) processes=$(ulimit -Hu) most=$(cat /proc/sys/kernel/pid_max)
  [[ $files != unlimited ]] || files=1048576
  [[ $processes != unlimited ]] && ((processes < most)) || processes=$most
  # Short names mean the Docker Hub, as they do to Docker; ours speaks HTTP, which Docker takes for granted on loopback.
  cat >"$home/registries.conf" <<-CONF
	unqualified-search-registries = ["docker.io"]
	short-name-mode = "disabled"
	[[registry]]
	location = "$registry"
	insecure = true
	[[registry]]
	location = "$private_registry"
	insecure = true
	[[registry]]
	location = "$token_registry"
	insecure = true
	CONF
  cat >"$home/containers.conf" <<-CONF
	[containers]
	default_ulimits = ["nofile=$files:$files", "nproc=$processes:$processes"]
	[engine]
	cgroup_manager = "cgroupfs"
	events_logger = "file"
	lock_type = "file"
	runtime = "runc"
	init_path = "/usr/bin/tini-static"
	[network]
	network_backend = "netavark"
	network_config_dir = "$home/networks"
	CONF
  # What Podman 4.3 knows alone; nftables would need one more program and a newer kernel.
  ! is_newer "$1" || echo 'firewall_driver = "iptables"' >>"$home/containers.conf"
  podman_command "$1"
  command=("${podman[@]}" system service --time=0 "unix://$home/podman.sock")
}

podman_command() {
  local home=$dir/$1
  podman=(env "CONTAINERS_CONF=$home/containers.conf" "CONTAINERS_REGISTRIES_CONF=$home/registries.conf"
    podman --root "$home/data" --runroot "$home/run" --tmpdir "$home/tmp" --log-level warn)
}

# load_busybox NAME: makes busybox:latest from the static binary, as no registry is reachable.
load_busybox() {
  client "$1" image inspect busybox:latest >/dev/null 2>&1 && return
  local root=$dir/busybox applet
  rm -rf "$root"
  mkdir -p "$root"/{bin,dev,etc,proc,root,sys,tmp,var}
  chmod 1777 "$root/tmp"
  cp "$(static_busybox)" "$root/bin/busybox"
  for applet in $("$root/bin/busybox" --list); do [[ $applet == busybox ]] || ln -s busybox "$root/bin/$applet"; done
  printf '%s\n' root:x:0:0:root:/root:/bin/sh nobody:x:65534:65534:nobody:/:/bin/false >"$root/etc/passwd"
  printf '%s\n' root:x:0: nogroup:x:65534: >"$root/etc/group"
  tar -C "$root" -c . | client "$1" import --change 'CMD ["sh"]' --change 'ENV PATH=/bin' - busybox:latest >/dev/null
  rm -rf "$root"
}

# start_registries NAME: two in the engine's own network, so that every engine finds its own at the same addresses. The
# open one has the busybox; both take what is pushed.
start_registries() {
  local home=$dir/$1
  mkdir -p "$home/registry" "$home/private-registry"
  # The encoding of this password has letters in which base64 for URLs differs. The hash is one of bcrypt's cheapest.
  echo 'tester:$2b$04$abcdefghijklmnopqrstuupGadMbbzp5ppfJcrPzSF0xW.sYZHR4C' >"$home/htpasswd"
  start_registry "$1" registry "$registry"
  start_registry "$1" private-registry "$private_registry" "auth: {htpasswd: {realm: private, path: \"$home/htpasswd\"}}"
  client "$1" tag busybox:latest "$registry/busybox:latest"
  if ! until_true "$ready_seconds" push "$1" "$registry/busybox:latest"; then
    sed "s/^/$1 registry: /" "$home/registry.log" >&2
    die "the registry of $1 takes nothing: $(cat "$dir/client/push.log")"
  fi
  client "$1" rmi "$registry/busybox:latest" >/dev/null
}

# start_registry NAME WHAT ADDRESS [SETTINGS]
start_registry() {
  local home=$dir/$1 what=$2
  ! pid "$1" "$what" >/dev/null || return 0
  cat >"$home/$what.yml" <<-CONF
	version: 0.1
	log: {level: warn}
	storage: {filesystem: {rootdirectory: "$home/$what"}, delete: {enabled: true}}
	http: {addr: "$3"}
	${4-}
	CONF
  # shellcheck disable=SC2016 # the inner shell is to expand them
  within "$1" setsid sh -c 'echo $$ >"$0"; exec docker-registry serve "$1"' "$home/$what.pid" "$home/$what.yml" \
    >>"$home/$what.log" 2>&1 </dev/null 9>&- &
  disown
}

push() { client "$1" push "$2" >"$dir/client/push.log" 2>&1; }

# stop NAME: ends the engine; its containers as it thinks best.
stop() {
  local name=$1 id
  if id=$(pid "$name" engine); then
    kill "$id"
    until_true 30 gone "$id" || { kill -9 "$id" && until_true 5 gone "$id"; } || die "$name ($id) does not end"
  fi
  rm -f "$dir/$name/engine.pid"
}
