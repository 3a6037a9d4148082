"use client";
import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/portal/confirm-dialog.tsx";
import type { MemberRole } from "#components/portal/member-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { useRoleOptions } from "./role-choice.ts";
import { RoleMenu } from "./role-menu.tsx";
import {
  changeRole,
  type InvitationView,
  invitationsQuery,
  invite,
  type MemberView,
  membersQuery,
  removeMember,
  revokeInvitation,
  settingsKeys,
} from "./settings-queries.ts";
import { Row, Rows, SettingsSection, useChange } from "./settings-section.tsx";

export function MembersSection() {
  const t = useTranslations("settings");
  const [inviting, setInviting] = useState(false);
  const members = useQuery(membersQuery());
  const invitations = useQuery(invitationsQuery());
  return (
    <>
      <SettingsSection
        title={t("members")}
        lead={t("membersLead")}
        action={
          <Button look="primary" onClick={() => setInviting(true)}>
            <UserPlus aria-hidden className="size-4" />
            {t("invite")}
          </Button>
        }
      >
        <Rows query={members}>{(member: MemberView) => <MemberRow key={member.userId} member={member} />}</Rows>
      </SettingsSection>
      <SettingsSection title={t("invitations")}>
        <Rows query={invitations} empty={t("noInvitations")}>
          {(invitation: InvitationView) => <InvitationRow key={invitation.id} invitation={invitation} />}
        </Rows>
      </SettingsSection>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}

function MemberRow({ member }: { member: MemberView }) {
  const t = useTranslations("settings");
  const [removing, setRemoving] = useState(false);
  const change = useChange((role: MemberRole) => changeRole(member.userId, role), settingsKeys.members);
  const remove = useChange(() => removeMember(member.userId), settingsKeys.members);
  return (
    <Row title={member.you ? `${member.name} (${t("you")})` : member.name} facts={member.email}>
      <RoleMenu
        name={member.name}
        role={change.isPending ? change.variables : member.role}
        busy={change.isPending}
        onChange={(role) => change.mutate(role)}
      />
      <Button size="small" look="quiet" disabled={member.you} onClick={() => setRemoving(true)}>
        {t("removeMember")}
      </Button>
      {removing && (
        <ConfirmDialog
          title={t("removeMemberTitle", { name: member.name })}
          text={t("removeMemberText", { name: member.name })}
          action={t("removeMember")}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(undefined, { onSettled: () => setRemoving(false) })}
          onClose={() => setRemoving(false)}
        />
      )}
    </Row>
  );
}

function InvitationRow({ invitation }: { invitation: InvitationView }) {
  const ui = useTranslations("ui");
  const roles = useRoleOptions();
  const revoke = useChange(revokeInvitation, settingsKeys.invitations);
  return (
    <Row
      title={invitation.email}
      facts={
        <>
          {roles.find((role) => role.value === invitation.role)?.label} · <Moment at={invitation.expiresAt} />
        </>
      }
    >
      <Button size="small" busy={revoke.isPending} onClick={() => revoke.mutate(invitation.id)}>
        {ui("revoke")}
      </Button>
    </Row>
  );
}

function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("settings");
  const ui = useTranslations("ui");
  const form = useId();
  const roles = useRoleOptions();
  const send = useChange(invite, settingsKeys.invitations, ({ email }) => t("invitationSent", { email }));
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    send.mutate({ email: String(given.get("email")), role: String(given.get("role")) }, { onSuccess: onClose });
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("inviteTitle")}
      description={t("inviteText")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={form} look="primary" busy={send.isPending}>
            {t("sendInvitation")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="mt-4 flex flex-col gap-3">
        <TextField label={t("email")} name="email" type="email" required autoFocus />
        <SelectField
          label={t("role")}
          name="role"
          defaultValue="technician"
          options={roles.map(({ value, long }) => ({ value, label: long }))}
        />
      </form>
    </Dialog>
  );
}
