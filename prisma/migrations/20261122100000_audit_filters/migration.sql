-- The trail is read by person, by action and by day; each newest first.
CREATE INDEX "audit_entries_organisation_id_actor_id_seq_idx" ON "audit_entries"("organisation_id", "actor_id", "seq");
CREATE INDEX "audit_entries_organisation_id_action_seq_idx" ON "audit_entries"("organisation_id", "action", "seq");
CREATE INDEX "audit_entries_organisation_id_at_idx" ON "audit_entries"("organisation_id", "at");
