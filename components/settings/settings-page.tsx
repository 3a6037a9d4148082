"use client";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "use-intl";
import { AutoSaveSection } from "#components/files-out/auto-save-section.tsx";
import { useMay } from "#components/portal/member-context.tsx";
import { PageHeader } from "#components/portal/page-header.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { ApiKeysSection } from "./api-keys-section.tsx";
import { AuditSection } from "./audit-section.tsx";
import { MembersSection } from "./members-section.tsx";
import { NameTemplateSection } from "./name-template-section.tsx";
import { NotificationsSection } from "./notifications-section.tsx";
import { OrganisationSection } from "./organisation-section.tsx";
import { PreferencesSection } from "./preferences-section.tsx";
import { PasswordSection, ProfileSection } from "./profile-section.tsx";
import { ReasonsSection } from "./reasons-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";

const OWN = ["profile", "files", "sessions"] as const;
const ADMINS = ["members", "notifications", "apiKeys", "organisation", "reasons", "audit"] as const;
type Section = (typeof OWN)[number] | (typeof ADMINS)[number];

/** What is one's own for everybody; people, keys and the trail for admins. The address names the section. */
export function SettingsPage() {
  const t = useTranslations("settings");
  const administers = useMay("administer");
  const sections: readonly Section[] = administers ? [...OWN, ...ADMINS] : OWN;
  const asked = useSearchParams().get("section");
  const section = sections.find((name) => name === asked) ?? "profile";
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-5xl flex-col gap-5 px-4 py-5 sm:px-6 md:flex-row">
          <nav
            aria-label={t("sections")}
            className="-mx-4 flex shrink-0 gap-1 overflow-x-auto px-4 md:mx-0 md:w-48 md:flex-col md:px-0"
          >
            {sections.map((name) => (
              <Link
                key={name}
                ref={name === section ? bringIntoSight : undefined}
                href={`/settings?section=${name}`}
                aria-current={name === section ? "page" : undefined}
                className={classNames(
                  "rounded-md px-3 py-1.5 whitespace-nowrap",
                  name === section
                    ? "bg-selected font-semibold text-accent"
                    : "text-muted hover:bg-hover hover:text-text",
                )}
              >
                {t(name)}
              </Link>
            ))}
          </nav>
          <div className="flex min-w-0 flex-1 flex-col gap-5">
            {section === "profile" && (
              <>
                <ProfileSection />
                <PreferencesSection />
                <PasswordSection />
              </>
            )}
            {section === "files" && (
              <>
                <AutoSaveSection />
                {administers && <NameTemplateSection />}
              </>
            )}
            {section === "sessions" && <SessionsSection />}
            {section === "reasons" && <ReasonsSection />}
            {section === "members" && <MembersSection />}
            {section === "notifications" && <NotificationsSection />}
            {section === "apiKeys" && <ApiKeysSection />}
            {section === "organisation" && <OrganisationSection />}
            {section === "audit" && <AuditSection />}
          </div>
        </div>
      </div>
    </>
  );
}

/** On a phone the sections stand in one line, longer than the screen. */
function bringIntoSight(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: "nearest", inline: "center" });
}
