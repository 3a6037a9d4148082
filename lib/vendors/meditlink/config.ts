import type { z } from "zod";
import { env } from "#lib/env.ts";
import type { Endpoint, VendorDialect } from "#lib/vendors/endpoint.ts";
import { kindOfMeditlinkStatus } from "#lib/vendors/meditlink/errors.ts";
import type { AuthorizationServer } from "#lib/vendors/vendor-auth.ts";

/** The headers of every example request of the guide, spelled as there; the group's on cases, files and orders only. */
const dialect: VendorDialect = {
  vendor: "meditlink",
  headers(session, endpoint) {
    const headers: Record<string, string> = {
      Authorization: `Bearer ${session.accessToken}`,
      "x-meditlink-client-id": clientAt(session.region)?.id ?? "",
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

const HOSTS = {
  com: { auth: "https://openapi-auth.meditlink.com", api: "https://openapi-resources.meditlink.com" },
  cn: { auth: "https://openapi-auth.meditlink.cn", api: "https://openapi-resources.meditlink.cn" },
  stage: { auth: "https://stage-openapi-auth.meditlink.com", api: "https://stage-openapi-resources.meditlink.com" },
} as const;
type Region = keyof typeof HOSTS;

/**
 * The authorization servers that accounts can be connected at, each with its own callback path: the world's first, then those that
 * `MEDITLINK_REGIONS` names. Without it China's is offered beside the world's, as long as the world's is at its public address: its
 * resource host is in the guide's order examples, its authorization host is taken from the pattern of all others.
 */
export function authorizationServers(): AuthorizationServer[] {
  const settings = env();
  const { MEDITLINK_AUTH_URL: auth, MEDITLINK_API_URL: api } = settings;
  const isPublic = auth === HOSTS.com.auth && api === HOSTS.com.api;
  const regions = settings.MEDITLINK_REGIONS ?? (isPublic ? (["com", "cn"] as const) : (["com"] as const));
  return (["com", "cn", "stage"] as const).filter((region) => regions.includes(region)).map(serverOf);
}

function serverOf(region: Region): AuthorizationServer {
  const settings = env();
  const { auth, api } = HOSTS[region];
  switch (region) {
    case "com":
      return server("meditlink", "MeditLink", "default", settings.MEDITLINK_AUTH_URL, settings.MEDITLINK_API_URL);
    case "cn": {
      const [authUrl, apiUrl] = [settings.MEDITLINK_CN_AUTH_URL ?? auth, settings.MEDITLINK_CN_API_URL ?? api];
      return server("meditlink-cn", "MeditLink (China)", "cn", authUrl, apiUrl);
    }
    case "stage": {
      const [authUrl, apiUrl] = [settings.MEDITLINK_STAGE_AUTH_URL ?? auth, settings.MEDITLINK_STAGE_API_URL ?? api];
      return server("meditlink-stage", "MeditLink (stage)", "stage", authUrl, apiUrl);
    }
  }
}

/** The client that Medit registered for this server; a region without one of its own is asked as the world's client. */
export function clientAt(region: string): { id: string; secret: string } | null {
  const settings = env();
  const own =
    region === "cn"
      ? { id: settings.MEDITLINK_CN_CLIENT_ID, secret: settings.MEDITLINK_CN_CLIENT_SECRET }
      : region === "stage"
        ? { id: settings.MEDITLINK_STAGE_CLIENT_ID, secret: settings.MEDITLINK_STAGE_CLIENT_SECRET }
        : {};
  const id = own.id ?? settings.MEDITLINK_CLIENT_ID;
  const secret = own.id ? own.secret : settings.MEDITLINK_CLIENT_SECRET;
  return id && secret ? { id, secret } : null;
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
