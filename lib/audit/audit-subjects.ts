/** What entries of the trail are about. Each needs a word under `auditSubjects` in every language: without one, the audit section does not compile. */
export const AUDIT_SUBJECTS = [
  "api_key",
  "connection",
  "finding",
  "invitation",
  "notification_rule",
  "order",
  "organisation",
  "scan",
  "session",
  "user",
] as const;
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number];
