"use client";
import { useMutation } from "@tanstack/react-query";
import { Search } from "lucide-react";
import type { FormEvent } from "react";
import { useTranslations } from "use-intl";
import { findPerson } from "#components/groups/groups-queries.ts";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";
import { DetailPanel } from "./detail-panel.tsx";

/** Looks somebody up at the vendor by e-mail: is this address the one the clinic uses there? */
export function PersonPanel({ connection }: { connection: ConnectionView }) {
  const t = useTranslations("connections");
  const groups = useTranslations("groups");
  const vendor = connection.vendorName;
  const search = useMutation({ mutationFn: (email: string) => findPerson(connection.id, email) });
  const person = search.data?.person;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    search.mutate(String(new FormData(event.currentTarget).get("email")));
  }
  return (
    <DetailPanel title={t("people")} lead={t("peopleLead", { vendor })}>
      <form onSubmit={submit} className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <TextField label={t("email", { vendor })} name="email" type="email" required autoComplete="off" />
        </div>
        <Button type="submit" size="large" busy={search.isPending}>
          <Search aria-hidden className="size-4" />
          {t("lookUp")}
        </Button>
      </form>
      <div aria-live="polite">
        {search.error && (
          <Notice tone="problem">
            <ProblemText error={search.error} />
          </Notice>
        )}
        {search.data && !person && <p className="text-muted text-sm">{t("nobody", { vendor })}</p>}
        {person && (
          <Facts
            facts={[
              { name: groups("person"), value: person.name ?? person.email },
              { name: t("group"), value: person.groupName ?? t("noGroup") },
              ...(person.groupKind ? [{ name: t("kind"), value: groups(person.groupKind) }] : []),
            ]}
          />
        )}
      </div>
    </DetailPanel>
  );
}
