"use client";
import { useTranslations } from "use-intl";
import type { TagView } from "#lib/orders/order-schema.ts";

/** The organisation's own tags of an order. */
export function TeamTags({ tags }: { tags: readonly TagView[] }) {
  const t = useTranslations("orders");
  return (
    <ul aria-label={t("teamTags")} className="inline-flex max-w-full flex-wrap gap-1 align-middle">
      {tags.map(({ id, name }) => (
        <li key={id} title={name} className="max-w-40 truncate rounded-full bg-sunken px-2 text-xs leading-5">
          {name}
        </li>
      ))}
    </ul>
  );
}
