import type { Endpoint } from "#lib/vendors/endpoint.ts";

/**
 * True when a scope that this operation needs was asked for and not granted.
 * @param missingScopes of the connection: requested without being granted
 */
export function lacksScope(endpoint: Endpoint | undefined, missingScopes: readonly string[]): boolean {
  return missingScopes.some((scope) => scope === endpoint?.scope || endpoint?.scopeLike?.test(scope));
}
