import { ChevronDown } from "lucide-react";
import { useTranslations } from "use-intl";
import type { MemberRole } from "#components/portal/member-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuChoice } from "#components/ui/menu.tsx";
import { useRoleOptions } from "./role-choice.ts";

/**
 * A member's role. A menu, because a select takes what the arrow keys pass over: whoever goes through it by keyboard would give
 * each of the roles on the way.
 */
export function RoleMenu(props: {
  name: string;
  role: MemberRole;
  busy: boolean;
  onChange: (role: MemberRole) => void;
}) {
  const t = useTranslations("settings");
  const roles = useRoleOptions();
  const label = `${t("role")}: ${props.name}`;
  const chosen = roles.find(({ value }) => value === props.role)?.label ?? props.role;
  return (
    <Menu
      align="end"
      trigger={
        <Button size="small" busy={props.busy} aria-label={`${label}, ${chosen}`} className="min-w-34">
          <span className="flex-1 text-left">{chosen}</span>
          <ChevronDown aria-hidden className="size-3.5 text-muted" />
        </Button>
      }
    >
      <MenuChoice label={label} value={props.role} options={roles} onChange={props.onChange} />
    </Menu>
  );
}
