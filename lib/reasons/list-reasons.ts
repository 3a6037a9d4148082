import { createTranslator } from "use-intl/core";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { isLocale } from "#lib/i18n/locales.ts";
import { messagesOf } from "#lib/i18n/messages.ts";
import { groupOfReason, REASON_CODES, REASON_GROUPS, type ReasonGroup } from "./reason-codes.ts";
import type { ReasonView } from "./reason-schema.ts";

/** The reasons of an organisation, by group: what everybody has as it changed it, and its own. @throws {AppError} forbidden */
export async function listReasons(principal: Principal): Promise<{ items: ReasonView[] }> {
  requirePermission(principal, "read");
  return withOrganisation(principal.organisationId, async (tx) => ({ items: await reasonsOf(tx, principal) }));
}

export async function reasonsOf(
  tx: TenantTransaction,
  { organisationId, locale }: Pick<Principal, "organisationId" | "locale">,
): Promise<ReasonView[]> {
  const rows = await tx.reason.findMany({ where: { organisationId }, orderBy: { createdAt: "asc" } });
  const changed = new Map(rows.map((row) => [row.code, row]));
  const builtIn = REASON_CODES.map((code): ReasonView => {
    const row = changed.get(code);
    const label = row?.label ?? usualLabel(code, locale);
    return { code, group: groupOfReason(code)!, label, builtIn: true, off: row?.off ?? false };
  });
  const own = rows
    .filter(({ code }) => !REASON_CODES.includes(code))
    .map(
      ({ code, group, label, off }): ReasonView => ({
        code,
        group: group as ReasonGroup,
        label: label ?? code,
        builtIn: false,
        off,
      }),
    );
  return REASON_GROUPS.flatMap((group) => [...builtIn, ...own].filter((reason) => reason.group === group));
}

/** What the catalogue calls a reason that everybody has. */
export function usualLabel(code: string, given: string): string {
  const locale = isLocale(given) ? given : "en";
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: "reasons.codes" });
  return t(code as Parameters<typeof t>[0]);
}
