import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { PortalShell } from "#components/portal/portal-shell.tsx";
import { THEME_COOKIE, toTheme } from "#components/portal/theme.ts";
import { may, PERMISSIONS, type Permission } from "#lib/access/principal.ts";
import { requireMember } from "#lib/access/require-member.ts";
import { readPreferences } from "#lib/preferences/read-preferences.ts";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const principal = await requireMember();
  const { userId, name, role, organisationId, organisationName, organisationKind, toothNotation } = principal;
  const permissions = (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => may(role, permission));
  return (
    <PortalShell
      member={{ userId, name, role, organisationId, organisationName, organisationKind, toothNotation, permissions }}
      preferences={await readPreferences(principal)}
      theme={toTheme((await cookies()).get(THEME_COOKIE)?.value)}
    >
      {children}
    </PortalShell>
  );
}
