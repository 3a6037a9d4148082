import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import ipaddr from "ipaddr.js";
import { VendorError } from "#lib/vendors/error.ts";

export type GuardedUrl = {
  url: URL;
  /** True for a host of the setting: http and private addresses are the operator's own wish there. */
  trusted: boolean;
};

/**
 * Checks where a signed URL points before anything is sent there: https on its usual port, a host that the vendor is known to use, no
 * user info. Hosts named by the operator (`ALLOWED_DOWNLOAD_HOSTS`, host or host:port) may also be http, private, or on a port.
 *
 * @param patterns hosts of the vendor; `*` stands for exactly one label
 * @throws {VendorError} address_refused; the address is not quoted, its signature is a secret
 */
export function guardSignedUrl(
  vendor: string,
  address: string,
  patterns: readonly string[],
  trustedHosts: readonly string[],
): GuardedUrl {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || url.username || url.password) throw refused(vendor);
  const host = url.hostname.toLowerCase();
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const trusted = trustedHosts.some((entry) => [host, `${host}:${port}`].includes(entry.toLowerCase()));
  if (trusted && (url.protocol === "https:" || url.protocol === "http:")) return { url, trusted };
  if (url.protocol !== "https:" || url.port !== "") throw refused(vendor);
  if (!patterns.some((pattern) => matchesHost(host, pattern))) throw refused(vendor);
  return { url, trusted: false };
}

/** True when every label of the host is that of the pattern; a trailing dot or an address in numbers never matches. */
export function matchesHost(host: string, pattern: string): boolean {
  const labels = host.split(".");
  const wanted = pattern.split(".");
  if (labels.length !== wanted.length) return false;
  return wanted.every((label, i) =>
    label === "*" ? /^[a-z0-9][a-z0-9-]{0,62}$/.test(labels[i] ?? "") : label === labels[i],
  );
}

/** True for an address on the public internet: not private, loopback, link-local, mapped, translated or reserved. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  addresses: string | LookupAddress[],
  family?: number,
) => void;
type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A `lookup` for sockets that refuses names with any address that is not public. The check is made on the very addresses that are
 * dialled, so a name that changes its mind between check and use gains nothing.
 */
export function guardedLookup(resolve: Resolve = lookup) {
  return (hostname: string, options: LookupOptions, callback: LookupCallback): void => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const first = addresses[0];
      if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
        return callback(Object.assign(new Error("address refused"), { code: "ADDRESS_REFUSED" }), []);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function refused(vendor: string): VendorError {
  return new VendorError("address_refused", vendor, "signed URL: address refused", { noEffect: true });
}
