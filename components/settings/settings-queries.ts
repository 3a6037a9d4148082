import { queryOptions } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import type { MemberRole } from "#components/portal/member-context.tsx";
import type { AuditAction } from "#lib/audit/audit-actions.ts";
import type { AuditPage } from "#lib/audit/audit-schema.ts";
import type { NotificationRuleBody, NotificationRuleView } from "#lib/notifications/notification-schema.ts";
import type { ReasonGroup } from "#lib/reasons/reason-codes.ts";
import type { ReasonView } from "#lib/reasons/reason-schema.ts";

export type MemberView = { userId: string; name: string; email: string; role: MemberRole; since: string; you: boolean };
export type InvitationView = { id: string; email: string; role: MemberRole; createdAt: string; expiresAt: string };
export type ApiKeyView = {
  id: string;
  name: string;
  start: string;
  role: MemberRole;
  createdAt: string;
  lastUsedAt: string | null;
};
export type SessionView = { id: string; userAgent: string; createdAt: string; lastSeenAt: string; current: boolean };
/** What the trail is narrowed to; "" does not narrow. Days as the browser's calendar has them, both inclusive. */
export type AuditFilters = { actor: string; action: AuditAction | ""; from: string; to: string; subject: string };
type Items<T> = { items: T[] };

export const settingsKeys = {
  members: ["members"] as const,
  invitations: ["invitations"] as const,
  apiKeys: ["api-keys"] as const,
  sessions: ["sessions"] as const,
  audit: ["audit"] as const,
  notificationRules: ["notification-rules"] as const,
};

function listQuery<T>(queryKey: readonly [string]) {
  return queryOptions({ queryKey, queryFn: ({ signal }) => fetchApi<Items<T>>(`/api/${queryKey[0]}`, { signal }) });
}

export const membersQuery = () => listQuery<MemberView>(settingsKeys.members);
export const invitationsQuery = () => listQuery<InvitationView>(settingsKeys.invitations);
export const apiKeysQuery = () => listQuery<ApiKeyView>(settingsKeys.apiKeys);
export const notificationRulesQuery = () => listQuery<NotificationRuleView>(settingsKeys.notificationRules);
export const sessionsQuery = () => listQuery<SessionView>(settingsKeys.sessions);

/** One page of the trail, newest first; `before` is the seq of the last entry seen. */
export function fetchAudit(filters: AuditFilters, before: string | null, signal: AbortSignal) {
  const query = auditQuery(filters);
  if (before) query.set("before", before);
  return fetchApi<AuditPage>(`/api/audit?${query}`, { signal });
}

/** Days of this browser's calendar as the instants they begin and end. */
export function auditQuery({ actor, action, subject, from, to }: AuditFilters): URLSearchParams {
  const dayAfter = (day: string) => {
    const next = new Date(`${day}T00:00`);
    next.setDate(next.getDate() + 1);
    return next.toISOString();
  };
  const wanted = {
    actor,
    action,
    subject: subject.trim(),
    from: from && new Date(`${from}T00:00`).toISOString(),
    to: to && dayAfter(to),
  };
  return new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ""));
}

export const changeRole = (userId: string, role: MemberRole) =>
  fetchApi<void>(`/api/members/${userId}`, { method: "PATCH", body: { role } });
export const removeMember = (userId: string) => fetchApi<void>(`/api/members/${userId}`, { method: "DELETE" });
export const invite = (input: { email: string; role: string }) =>
  fetchApi<InvitationView>("/api/invitations", { method: "POST", body: input });
export const revokeInvitation = (id: string) => fetchApi<void>(`/api/invitations/${id}`, { method: "DELETE" });
export const createApiKey = (input: { name: string; role: string }) =>
  fetchApi<{ id: string; key: string }>("/api/api-keys", { method: "POST", body: input });
export const revokeApiKey = (id: string) => fetchApi<void>(`/api/api-keys/${id}`, { method: "DELETE" });
export const revokeSession = (id: string) => fetchApi<void>(`/api/sessions/${id}`, { method: "DELETE" });
export const changePassword = (input: { current: string; next: string }) =>
  fetchApi<void>("/api/me/password", { method: "POST", body: input });
export const changeOrganisation = (change: {
  name?: string;
  timeZone?: string;
  undoSeconds?: number;
  fileNameTemplate?: string | null;
}) => fetchApi<unknown>("/api/organisation", { method: "PATCH", body: change });
export const saveNotificationRule = ({ id, ...body }: NotificationRuleBody & { id?: string }) =>
  fetchApi<NotificationRuleView>(`/api/notification-rules${id ? `/${id}` : ""}`, { method: id ? "PUT" : "POST", body });
export const removeNotificationRule = (id: string) =>
  fetchApi<void>(`/api/notification-rules/${id}`, { method: "DELETE" });
export const addReason = (body: { group: ReasonGroup; label: string }) =>
  fetchApi<ReasonView>("/api/reasons", { method: "POST", body });
export const changeReason = ({ code, ...body }: { code: string; label?: string | null; off?: boolean }) =>
  fetchApi<ReasonView>(`/api/reasons/${code}`, { method: "PATCH", body });
