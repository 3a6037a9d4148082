import type { z } from "zod";
import { env, SETTINGS } from "#lib/env.ts";
import { kindOfMeditlinkStatus } from "#lib/vendors/meditlink/errors.ts";
import type { AuthorizationServer, Endpoint, VendorDialect } from "#lib/vendors/vendor.ts";

/** The headers of every example request of the guide, spelled as there; the group's on cases, files and orders only. */
const dialect: VendorDialect = {
  vendor: "meditlink",
  headers(session, endpoint) {
    const headers: Record<string, string> = {
      Authorization: `Bearer ${session.accessToken}`,
      "x-meditlink-client-id": env().MEDITLINK_CLIENT_ID ?? "",
      "Content-Type": "application/json",
    };
    if (endpoint.group && session.groupKey) headers["x-meditlink-group-uuid"] = session.groupKey;
    return headers;
  },
  kindOf: kindOfMeditlinkStatus,
};

/** The schema version, on every operation but the file download (§3.4.1). */
export const LATEST = { schema: "latest" };

export function meditlinkEndpoint<R extends z.ZodType>(endpoint: Omit<Endpoint<R>, "dialect">): Endpoint<R> {
  return { dialect, ...endpoint };
}

/**
 * The authorization servers of the settings; with the default settings China's as well. Its resource host is in the guide's order
 * examples, its authorization host is taken from the pattern of all others.
 */
export function authorizationServers(): AuthorizationServer[] {
  const { MEDITLINK_AUTH_URL, MEDITLINK_API_URL } = env();
  const international = server("meditlink", "MeditLink", "default", MEDITLINK_AUTH_URL, MEDITLINK_API_URL);
  const isDefault =
    MEDITLINK_AUTH_URL === SETTINGS.MEDITLINK_AUTH_URL.schema.parse(undefined) &&
    MEDITLINK_API_URL === SETTINGS.MEDITLINK_API_URL.schema.parse(undefined);
  if (!isDefault) return [international];
  return [
    international,
    server(
      "meditlink-cn",
      "MeditLink (China)",
      "cn",
      "https://openapi-auth.meditlink.cn",
      "https://openapi-resources.meditlink.cn",
    ),
  ];
}

function server(id: string, name: string, region: string, authUrl: string, apiUrl: string): AuthorizationServer {
  return {
    id,
    name,
    region,
    authorizeUrl: `${authUrl}/oauth/authorize`,
    tokenUrl: `${authUrl}/oauth/token`,
    checkTokenUrl: `${authUrl}/oauth/check_token`,
    apiUrl,
  };
}
