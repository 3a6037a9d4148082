"use client";
import { useTranslations } from "use-intl";
import { MEMBER_ROLES, type MemberRole } from "#components/portal/member-context.tsx";
import { ROLE_LABELS } from "#components/portal/member-menu.tsx";

const HINTS = {
  admin: "roleAdminHint",
  technician: "roleTechnicianHint",
  staff: "roleStaffHint",
  viewer: "roleViewerHint",
} as const;

/** The roles to choose from, each with what it may do. */
export function useRoleOptions(): { value: MemberRole; label: string; hint: string; long: string }[] {
  const t = useTranslations();
  return MEMBER_ROLES.map((role) => {
    const label = t(`portal.${ROLE_LABELS[role]}`);
    const hint = t(`settings.${HINTS[role]}`);
    return { value: role, label, hint, long: `${label}: ${hint}` };
  });
}
