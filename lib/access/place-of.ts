import ipaddr from "ipaddr.js";

/**
 * Where a request comes from, for counting attempts: an IPv4 address, or an IPv6 /64, because one customer holds all of it.
 * The server in front of us appends the address it saw, so the last entry counts, not the first, which anybody can write.
 */
export function placeOf(headers: Headers): string {
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  if (!ipaddr.isValid(last)) return "unknown";
  const address = ipaddr.process(last);
  if (address.kind() === "ipv4") return address.toString();
  return `${(address as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((p) => p.toString(16))
    .join(":")}::/64`;
}
