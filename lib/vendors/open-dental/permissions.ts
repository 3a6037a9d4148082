import { env } from "#lib/env.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { vendorFetch } from "#lib/vendors/http.ts";
import { setDocumentByUrlEndpoint, uploadDocument } from "#lib/vendors/open-dental/api/documents.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** Permissions of a customer key that Casebench can use. Enterprise only says how fast the key may be used. */
export const PERMISSIONS = ["ReadAll", "Documents", "AllOthers"] as const;

/**
 * What a key may do. No call tells: it is found out by two writes that can change nothing, because there is no patient with the
 * number 0; both are as old as the API itself. A refusal as "not found" means that the key would have been allowed to.
 * The key itself must have been taken by a read before.
 */
export async function findPermissions(session: VendorSession, credentials: Record<string, string>): Promise<string[]> {
  const found = ["ReadAll"];
  const file = { PatNum: 0, rawBase64: "AAAA", extension: ".txt", Description: "permission check" };
  if (await isAllowed(uploadDocument(session, file))) found.push("Documents");
  const link = { PatNum: 0, url: `${env().PORTAL_URL}/api/links/permission-check` };
  if (await isAllowed(vendorFetch(session, setDocumentByUrlEndpoint, { body: link }))) found.push("AllOthers");
  return [...found, ...statedPermissions(credentials)];
}

/** Whether it is an Enterprise key nobody but the office can tell. */
export function statedPermissions({ pace }: Record<string, string>): string[] {
  return pace === "enterprise" ? ["Enterprise"] : [];
}

async function isAllowed(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    if (error.kind === "scope") return false;
    if (error.kind === "not_found" || error.kind === "invalid") return true;
    throw error;
  }
}

/** ms between two calls of a key: 5 s with ReadAll alone, 1 s with any other permission, 500 ms with Enterprise. */
export function pauseMs(permissions: readonly string[]): number {
  if (permissions.includes("Enterprise")) return 500;
  return permissions.some((permission) => permission !== "ReadAll") ? 1_000 : 5_000;
}
