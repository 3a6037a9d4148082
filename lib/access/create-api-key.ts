import { createHash, randomBytes } from "node:crypto";
import type { Role } from "#lib/access/principal.ts";
import { API_KEY_PREFIX } from "#lib/access/principal-of.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";

/** Makes an API key bound to one organisation and role. The key itself is returned once and kept only as its hash. */
export async function createApiKey(input: {
  organisationId: string;
  userId: string;
  role: Role;
  name: string;
}): Promise<{ id: string; key: string }> {
  const key = `${API_KEY_PREFIX}${randomBytes(32).toString("base64url")}`;
  const id = await withOrganisation(input.organisationId, async (tx) => {
    const row = await tx.apiKey.create({
      data: {
        ...input,
        start: key.slice(0, API_KEY_PREFIX.length + 6),
        hash: new Uint8Array(createHash("sha256").update(key).digest()),
      },
    });
    await appendAudit(tx, {
      organisationId: input.organisationId,
      actorId: input.userId,
      action: "api_key.created",
      subjectType: "api_key",
      subjectId: row.id,
      facts: { role: input.role },
    });
    return row.id;
  });
  return { id, key };
}
