import type { Endpoint } from "#lib/vendors/endpoint.ts";

/**
 * Finds the documented operation behind a method and path; `{parameters}` are decoded. A fixed path ("…/search") wins over one with
 * a parameter in its place. The version the vendor writes first ("/v1") may be left out.
 *
 * @param path percent-encoded, beginning with "/"
 * @returns null for anything the vendor does not document
 */
export function matchEndpoint(
  endpoints: readonly Endpoint[],
  method: string,
  path: string,
): { endpoint: Endpoint; params: Record<string, string> } | null {
  const found = endpoints
    .filter((endpoint) => endpoint.method === method)
    .map((endpoint) => ({
      endpoint,
      params: matchPath(endpoint.path, path) ?? matchPath(unversioned(endpoint.path), path),
    }))
    .filter((match): match is { endpoint: Endpoint; params: Record<string, string> } => match.params !== null);
  return found.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0] ?? null;
}

function unversioned(path: string): string {
  return path.replace(/^\/v\d+(?=\/)/, "");
}

function matchPath(template: string, path: string): Record<string, string> | null {
  const wanted = template.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = decoded(given[i]!);
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (value === null || (name === undefined ? value !== part : value === "" || value === "." || value === ".."))
      return null;
    if (name !== undefined) params[name] = value;
  }
  return params;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
