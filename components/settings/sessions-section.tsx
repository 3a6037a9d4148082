"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { describeDevice } from "./describe-device.ts";
import { revokeSession, type SessionView, sessionsQuery, settingsKeys } from "./settings-queries.ts";
import { Row, Rows, SettingsSection, useChange } from "./settings-section.tsx";

export function SessionsSection() {
  const t = useTranslations("settings");
  const sessions = useQuery(sessionsQuery());
  return (
    <SettingsSection title={t("sessions")} lead={t("sessionsLead")}>
      <Rows query={sessions}>{(session: SessionView) => <SessionRow key={session.id} session={session} />}</Rows>
    </SettingsSection>
  );
}

function SessionRow({ session }: { session: SessionView }) {
  const t = useTranslations("settings");
  const ui = useTranslations("ui");
  const revoke = useChange(revokeSession, settingsKeys.sessions);
  const device = describeDevice(session.userAgent);
  return (
    <Row
      title={device ? t("device", device) : t("unknownDevice")}
      facts={session.current ? t("thisSession") : <Moment at={session.lastSeenAt} />}
    >
      {!session.current && (
        <Button size="small" busy={revoke.isPending} onClick={() => revoke.mutate(session.id)}>
          {ui("revoke")}
        </Button>
      )}
    </Row>
  );
}
