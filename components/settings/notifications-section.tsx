"use client";
import { useQuery } from "@tanstack/react-query";
import { BellPlus } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/portal/confirm-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import type { NotificationRuleView } from "#lib/notifications/notification-schema.ts";
import { NotificationDialog } from "./notification-dialog.tsx";
import { membersQuery, notificationRulesQuery, removeNotificationRule, settingsKeys } from "./settings-queries.ts";
import { Row, Rows, SettingsSection, useChange } from "./settings-section.tsx";

/** Who is told what by mail. */
export function NotificationsSection() {
  const t = useTranslations("settings");
  const [editing, setEditing] = useState<NotificationRuleView | "new" | null>(null);
  const rules = useQuery(notificationRulesQuery());
  return (
    <SettingsSection
      title={t("notifications")}
      lead={t("notificationsLead")}
      action={
        <Button onClick={() => setEditing("new")}>
          <BellPlus aria-hidden className="size-4" />
          {t("newNotification")}
        </Button>
      }
    >
      <Rows query={rules} empty={t("noNotifications")}>
        {(rule: NotificationRuleView) => <RuleRow key={rule.id} rule={rule} onEdit={() => setEditing(rule)} />}
      </Rows>
      {editing && (
        <NotificationDialog rule={editing === "new" ? undefined : editing} onClose={() => setEditing(null)} />
      )}
    </SettingsSection>
  );
}

function RuleRow({ rule, onEdit }: { rule: NotificationRuleView; onEdit: () => void }) {
  const t = useTranslations("settings");
  const format = useFormatter();
  const [removing, setRemoving] = useState(false);
  const members = useQuery(membersQuery()).data?.items ?? [];
  const remove = useChange(removeNotificationRule, settingsKeys.notificationRules);
  const names = members.filter((member) => rule.recipients.includes(member.userId)).map((member) => member.name);
  return (
    <Row
      title={t(`notifyOf.${rule.event}`)}
      facts={
        <>
          {t(rule.timing === "daily" ? "timingDaily" : "timingAtOnce")} · {format.list(names)}
        </>
      }
    >
      <Button size="small" onClick={onEdit}>
        {t("changeNotification")}
      </Button>
      <Button size="small" look="quiet" onClick={() => setRemoving(true)}>
        {t("removeNotification")}
      </Button>
      {removing && (
        <ConfirmDialog
          title={t("removeNotificationTitle")}
          text={t("removeNotificationText")}
          action={t("removeNotification")}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(rule.id, { onSettled: () => setRemoving(false) })}
          onClose={() => setRemoving(false)}
        />
      )}
    </Row>
  );
}
