# no_way_out.sh RESOLV COUNTED COMMAND...
# Runs COMMAND on a network that leads nowhere and has no names, then writes to COUNTED how many
# packets left. Run by: unshare --map-root-user --net --mount sh no_way_out.sh ...
set -eu
resolv=$1
counted=$2
shift 2
mount --bind "$resolv" /etc/resolv.conf
ip link set lo up
# Two ends of one wire, and nobody at the other: what is sent is counted and dropped. Without IPv6
# the kernel sends nothing of its own; with the address known it asks for none.
ip link add out type veth peer name nobody
for end in out nobody; do
  echo 1 > /proc/sys/net/ipv6/conf/$end/disable_ipv6 2>/dev/null || true
done
ip address add 192.0.2.1/24 dev out
ip link set nobody up
ip link set out up
ip neighbour add 192.0.2.2 lladdr 02:00:00:00:00:02 dev out nud permanent 2>/dev/null || true
ip route add default via 192.0.2.2
code=0
"$@" || code=$?
sed -n 's/^ *out: *//p' /proc/net/dev | awk '{print $10}' > "$counted"
exit $code
