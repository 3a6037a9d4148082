"use client";
import { Building2, Globe, MapPin, Phone, Smartphone, User } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useProblemSentence } from "#components/portal/problem-text.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { GroupProfile as Profile } from "#lib/groups/group-schema.ts";

/** A clinic or lab as it presents itself: cover, logo, who and where it is. Takes the same room with and without pictures. */
export function GroupProfile({ profile, title }: { profile: Profile; title: ReactNode }) {
  const t = useTranslations("groups");
  const sentence = useProblemSentence();
  const { pictures, name, kind, description, contact } = profile;
  return (
    <div className="panel overflow-hidden">
      <div className="h-28 bg-sunken">
        {pictures.cover && (
          // biome-ignore lint/performance/noImgElement: the vendor's picture, passed through with its own size
          <img src={pictures.cover} alt="" className="size-full object-cover" />
        )}
      </div>
      <div className="flex items-end gap-3 px-4">
        <span className="-mt-8 grid size-16 shrink-0 place-items-center overflow-hidden rounded-xl border bg-surface">
          {pictures.logo ? (
            // biome-ignore lint/performance/noImgElement: the vendor's picture, passed through with its own size
            <img src={pictures.logo} alt={t("logo", { name })} className="size-full object-cover" />
          ) : (
            <Building2 aria-hidden className="size-7 text-muted" strokeWidth={1.5} />
          )}
        </span>
        <div className="min-w-0 pt-2">
          {title}
          <p className="text-muted text-sm">{kind && t(kind === "lab" ? "lab" : "clinic")}</p>
        </div>
      </div>
      <div className="flex flex-col gap-3 px-4 pt-3 pb-4">
        {profile.problem && <Notice tone="warning">{t("notNow", { reason: sentence(profile.problem) })}</Notice>}
        {description && <p className="text-pretty">{description}</p>}
        {contact ? <Contact contact={contact} /> : <p className="text-muted text-sm">{t("noContact")}</p>}
      </div>
    </div>
  );
}

function Contact({ contact }: { contact: NonNullable<Profile["contact"]> }) {
  const t = useTranslations("groups");
  const { person, phone, mobile, homePage, address } = contact;
  const facts: { name: string; Icon: typeof User; value: ReactNode }[] = [];
  if (person) facts.push({ name: t("person"), Icon: User, value: person });
  if (phone) facts.push({ name: t("phone"), Icon: Phone, value: <a href={callAddress(phone)}>{phone}</a> });
  if (mobile) facts.push({ name: t("mobile"), Icon: Smartphone, value: <a href={callAddress(mobile)}>{mobile}</a> });
  if (homePage) facts.push({ name: t("homePage"), Icon: Globe, value: <HomePage address={homePage} /> });
  if (address.length > 0)
    facts.push({
      name: t("address"),
      Icon: MapPin,
      value: <span className="whitespace-pre-line">{address.join("\n")}</span>,
    });
  if (facts.length === 0) return <p className="text-muted text-sm">{t("noContact")}</p>;
  return (
    <dl className="grid grid-cols-1 gap-x-6 gap-y-2.5 sm:grid-cols-2">
      {facts.map(({ name, Icon, value }) => (
        <div key={name} className="relative min-w-0 pl-6.5">
          <dt className="text-muted text-xs">
            <Icon aria-hidden className="absolute top-0.5 left-0 size-4" />
            {name}
          </dt>
          <dd className="break-words [&_a]:text-accent [&_a]:hover:underline">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function callAddress(number: string): string {
  return `tel:${number.replace(/[^\d+]/g, "")}`;
}

/** Only a web address becomes a link: what the vendor keeps there is anybody's text. */
function HomePage({ address }: { address: string }) {
  if (!/^https?:\/\//i.test(address)) return address;
  return (
    <a href={address} target="_blank" rel="noreferrer noopener">
      {address.replace(/^https?:\/\//i, "").replace(/\/$/, "")}
    </a>
  );
}

export function ProfileSkeleton() {
  return (
    <div aria-busy className="panel flex h-76 flex-col gap-4 p-4">
      <Skeleton className="h-20 w-full" />
      <Skeleton className="h-8 w-64" />
      <Skeleton className="h-20 w-full" />
    </div>
  );
}
