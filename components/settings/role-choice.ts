"use client";
import { useTranslations } from "use-intl";
import { MEMBER_ROLES } from "#components/portal/member-context.tsx";
import { ROLE_LABELS } from "#components/portal/member-menu.tsx";

const HINTS = {
  admin: "roleAdminHint",
  technician: "roleTechnicianHint",
  staff: "roleStaffHint",
  viewer: "roleViewerHint",
} as const;

/** The roles to choose from, each with what it may do. */
export function useRoleOptions(): { value: string; label: string; long: string }[] {
  const t = useTranslations();
  return MEMBER_ROLES.map((role) => {
    const label = t(`portal.${ROLE_LABELS[role]}`);
    return { value: role, label, long: `${label}: ${t(`settings.${HINTS[role]}`)}` };
  });
}
