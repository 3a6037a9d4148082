"use client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useMember } from "#components/portal/member-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { NOTIFIABLE, type Notifiable, type NotificationRuleView } from "#lib/notifications/notification-schema.ts";
import { membersQuery, saveNotificationRule, settingsKeys } from "./settings-queries.ts";
import { useChange } from "./settings-section.tsx";

/** Makes a rule, or changes one. */
export function NotificationDialog({ rule, onClose }: { rule: NotificationRuleView | undefined; onClose: () => void }) {
  const t = useTranslations("settings");
  const ui = useTranslations("ui");
  const form = useId();
  const you = useMember().userId;
  const members = useQuery(membersQuery()).data?.items ?? [];
  const [event, setEvent] = useState<Notifiable>(rule?.event ?? "order_arrived");
  const [timing, setTiming] = useState(rule?.timing ?? "at_once");
  const [recipients, setRecipients] = useState(rule?.recipients ?? [you]);
  const save = useChange(saveNotificationRule, settingsKeys.notificationRules, t("notificationAdded"));
  const isDue = event === "due_soon";
  function submit(happened: FormEvent) {
    happened.preventDefault();
    if (recipients.length === 0) return;
    save.mutate({ ...(rule ? { id: rule.id } : {}), event, timing, recipients }, { onSuccess: onClose });
  }
  const toggle = (id: string) =>
    setRecipients(recipients.includes(id) ? recipients.filter((other) => other !== id) : [...recipients, id]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(rule ? "changeNotification" : "newNotification")}
      description={t("notificationsLead")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={form} look="primary" busy={save.isPending} disabled={recipients.length === 0}>
            {ui("save")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="mt-4 flex flex-col gap-4">
        <SelectField
          label={t("notificationEvent")}
          value={event}
          onChange={(chosen) => setEvent(chosen.target.value as Notifiable)}
          options={NOTIFIABLE.map((value) => ({ value, label: t(`notifyOf.${value}`) }))}
        />
        <SelectField
          label={t("notificationTiming")}
          value={isDue ? "daily" : timing}
          disabled={isDue}
          onChange={(chosen) => setTiming(chosen.target.value === "daily" ? "daily" : "at_once")}
          options={[
            { value: "at_once", label: t("timingAtOnce") },
            { value: "daily", label: t("timingDaily") },
          ]}
        />
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 font-medium text-sm">{t("notificationRecipients")}</legend>
          <div className="max-h-56 overflow-y-auto rounded-md border p-1">
            {members.map((member) => (
              <label
                key={member.userId}
                className="flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 hover:bg-hover"
              >
                <input
                  type="checkbox"
                  checked={recipients.includes(member.userId)}
                  onChange={() => toggle(member.userId)}
                  className="size-4 shrink-0 accent-(--accent)"
                />
                <span className="truncate">{member.name}</span>
                <span className="ml-auto truncate text-muted text-sm">{member.email}</span>
              </label>
            ))}
          </div>
          {recipients.length === 0 && <p className="text-rejected text-sm">{t("chooseRecipients")}</p>}
        </fieldset>
      </form>
    </Dialog>
  );
}
