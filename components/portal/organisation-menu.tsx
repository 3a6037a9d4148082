"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "use-intl";
import { Menu, MenuChoice } from "#components/ui/menu.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { meQuery, switchOrganisation } from "./me-queries.ts";
import { useMember } from "./member-context.tsx";
import { useProblemSentence } from "./problem-text.tsx";

/** The organisation looked at; with several, a menu to switch. */
export function OrganisationMenu() {
  const t = useTranslations();
  const member = useMember();
  const toast = useToast();
  const sentence = useProblemSentence();
  const { data: me } = useQuery(meQuery());
  const organisations = me?.organisations ?? [];
  if (organisations.length < 2)
    return <span className="truncate font-medium text-muted">{member.organisationName}</span>;
  async function change(id: string) {
    try {
      await switchOrganisation(id);
      window.location.assign("/orders"); // nothing of the other organisation may stay in memory
    } catch (error) {
      toast("problem", sentence(error));
    }
  }
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t("portal.switchOrganisation")}
          className="-ml-1.5 flex h-7 min-w-0 items-center gap-1 rounded-md px-1.5 font-medium text-muted hover:bg-hover"
        >
          <span className="truncate">{member.organisationName}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
        </button>
      }
    >
      <MenuChoice
        label={t("portal.switchOrganisation")}
        value={member.organisationId}
        options={organisations.map((o) => ({
          value: o.id,
          label: o.name,
          hint: t(o.kind === "lab" ? "auth.kindLab" : "auth.kindClinic"),
        }))}
        onChange={change}
      />
    </Menu>
  );
}
