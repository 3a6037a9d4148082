-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "organisations" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'Europe/Berlin',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "tooth_notation" TEXT NOT NULL DEFAULT 'fdi',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "members" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "organisation_id" UUID,
    "user_agent" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "invited_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_tokens" (
    "hash" BYTEA NOT NULL,
    "purpose" TEXT NOT NULL,
    "user_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_tokens_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "oauth_states" (
    "state_hash" BYTEA NOT NULL,
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "principal" TEXT NOT NULL,
    "vendor" TEXT NOT NULL,
    "connection_id" UUID,
    "redirect_uri" TEXT NOT NULL,
    "verifier_sealed" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "oauth_states_pkey" PRIMARY KEY ("state_hash")
);

-- CreateTable
CREATE TABLE "connections" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "vendor" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "account_key" TEXT NOT NULL,
    "group_key" TEXT,
    "group_name" TEXT,
    "side" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT 'default',
    "state" TEXT NOT NULL DEFAULT 'connected',
    "problem" TEXT,
    "problem_at" TIMESTAMPTZ(3),
    "credentials_sealed" BYTEA,
    "credential_epoch" BIGINT NOT NULL DEFAULT 0,
    "granted_scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "missing_scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "access_expires_at" TIMESTAMPTZ(3),
    "refresh_expires_at" TIMESTAMPTZ(3),
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "failed_logins" INTEGER NOT NULL DEFAULT 0,
    "last_login_try_at" TIMESTAMPTZ(3),
    "cursor" TIMESTAMPTZ(3),
    "sync_requested_at" TIMESTAMPTZ(3),
    "sync_started_at" TIMESTAMPTZ(3),
    "sync_seen" INTEGER NOT NULL DEFAULT 0,
    "sync_total" INTEGER,
    "last_sync_at" TIMESTAMPTZ(3),
    "orders_upstream" INTEGER,
    "unmapped_keys" JSONB NOT NULL DEFAULT '{}',
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vendor_groups" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "vendor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contact_sealed" BYTEA,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "vendor_groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "vendor" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "case_key" TEXT,
    "portal_case_key" TEXT,
    "status" TEXT NOT NULL,
    "vendor_status" TEXT NOT NULL,
    "completeness" TEXT NOT NULL DEFAULT 'unknown',
    "info_request" TEXT NOT NULL DEFAULT 'none',
    "side" TEXT NOT NULL,
    "clinic_id" UUID,
    "lab_id" UUID,
    "patient_sealed" BYTEA NOT NULL,
    "raw_sealed" BYTEA NOT NULL,
    "search_tokens" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
    "form" TEXT NOT NULL DEFAULT 'other',
    "restorations" JSONB NOT NULL DEFAULT '[]',
    "bridges" JSONB NOT NULL DEFAULT '[]',
    "bite_groups" JSONB NOT NULL DEFAULT '[]',
    "delivery" JSONB NOT NULL DEFAULT '[]',
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "due_on" DATE,
    "vendor_updated_at" TIMESTAMPTZ(3),
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,
    "synced_at" TIMESTAMPTZ(3) NOT NULL,
    "detail_fetched_at" TIMESTAMPTZ(3),
    "dates_corrected" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "scans_count" INTEGER NOT NULL DEFAULT 0,
    "scans_ready" INTEGER NOT NULL DEFAULT 0,
    "scans_failed" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_files" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name_sealed" BYTEA NOT NULL,
    "kind" TEXT NOT NULL,
    "vendor_file_type" TEXT NOT NULL DEFAULT '',
    "jaw" TEXT,
    "bite_group" TEXT,
    "bytes" BIGINT,
    "state" TEXT NOT NULL DEFAULT 'listed',
    "problem" TEXT,
    "original_sha256" TEXT,
    "removed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_files_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scans" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "problem" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "format" TEXT,
    "sha256" TEXT,
    "bytes" BIGINT,
    "vendor_md5" TEXT,
    "name_sealed" BYTEA,
    "vertices" INTEGER,
    "triangles" INTEGER,
    "bounds_min" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
    "bounds_max" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
    "max_error_um" DOUBLE PRECISION,
    "has_colour" BOOLEAN NOT NULL DEFAULT false,
    "dropped" INTEGER NOT NULL DEFAULT 0,
    "low_sha256" TEXT,
    "low_bytes" INTEGER,
    "low_triangles" INTEGER,
    "low_error_um" DOUBLE PRECISION,
    "full_sha256" TEXT,
    "full_bytes" INTEGER,
    "full_triangles" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decisions" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'requested',
    "recorded_only" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "note_sealed" BYTEA,
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "idempotency_key" TEXT,
    "body_hash" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sent_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "conflict" JSONB,
    "problem" TEXT,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_events" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "actor_id" UUID,
    "facts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "order_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "organisation_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("organisation_id","seq")
);

-- CreateTable
CREATE TABLE "audit_heads" (
    "organisation_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("organisation_id")
);

-- CreateTable
CREATE TABLE "order_counts" (
    "id" BIGSERIAL NOT NULL,
    "organisation_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "vendor" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "completeness" TEXT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "order_counts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_tokens" (
    "hash" BYTEA NOT NULL,
    "organisation_id" UUID NOT NULL,
    "vendor" TEXT NOT NULL,
    "order_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_tokens_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "uploads" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "name_sealed" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "md5" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "problem" TEXT,
    "file_key" TEXT,
    "requested_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" TIMESTAMPTZ(3),

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "members_user_id_idx" ON "members"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "members_organisation_id_user_id_key" ON "members"("organisation_id", "user_id");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "api_keys_organisation_id_idx" ON "api_keys"("organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE INDEX "invitations_organisation_id_idx" ON "invitations"("organisation_id");

-- CreateIndex
CREATE INDEX "oauth_states_organisation_id_idx" ON "oauth_states"("organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "connections_organisation_id_vendor_account_key_key" ON "connections"("organisation_id", "vendor", "account_key");

-- CreateIndex
CREATE UNIQUE INDEX "vendor_groups_organisation_id_vendor_key_key" ON "vendor_groups"("organisation_id", "vendor", "key");

-- CreateIndex
CREATE INDEX "orders_organisation_id_received_at_id_idx" ON "orders"("organisation_id", "received_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "orders_organisation_id_status_received_at_id_idx" ON "orders"("organisation_id", "status", "received_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "orders_organisation_id_due_on_id_idx" ON "orders"("organisation_id", "due_on", "id");

-- CreateIndex
CREATE INDEX "orders_organisation_id_status_due_on_id_idx" ON "orders"("organisation_id", "status", "due_on", "id");

-- CreateIndex
CREATE INDEX "orders_organisation_id_clinic_id_received_at_id_idx" ON "orders"("organisation_id", "clinic_id", "received_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "orders_organisation_id_connection_id_received_at_id_idx" ON "orders"("organisation_id", "connection_id", "received_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "orders_organisation_id_vendor_updated_at_id_idx" ON "orders"("organisation_id", "vendor_updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "orders_organisation_id_number_idx" ON "orders"("organisation_id", "number");

-- CreateIndex
CREATE INDEX "orders_search_tokens_idx" ON "orders" USING GIN ("search_tokens");

-- CreateIndex
CREATE UNIQUE INDEX "orders_connection_id_number_key" ON "orders"("connection_id", "number");

-- CreateIndex
CREATE INDEX "order_files_organisation_id_idx" ON "order_files"("organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_files_order_id_key_key" ON "order_files"("order_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "scans_file_id_key" ON "scans"("file_id");

-- CreateIndex
CREATE INDEX "scans_order_id_idx" ON "scans"("order_id");

-- CreateIndex
CREATE INDEX "scans_organisation_id_idx" ON "scans"("organisation_id");

-- CreateIndex
CREATE INDEX "decisions_order_id_requested_at_idx" ON "decisions"("order_id", "requested_at" DESC);

-- CreateIndex
CREATE INDEX "decisions_organisation_id_state_idx" ON "decisions"("organisation_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "decisions_organisation_id_requested_by_idempotency_key_key" ON "decisions"("organisation_id", "requested_by", "idempotency_key");

-- CreateIndex
CREATE INDEX "order_events_order_id_at_idx" ON "order_events"("order_id", "at" DESC);

-- CreateIndex
CREATE INDEX "order_events_organisation_id_idx" ON "order_events"("organisation_id");

-- CreateIndex
CREATE INDEX "audit_entries_organisation_id_subject_type_subject_id_idx" ON "audit_entries"("organisation_id", "subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "order_counts_organisation_id_status_idx" ON "order_counts"("organisation_id", "status");

-- CreateIndex
CREATE INDEX "webhook_tokens_organisation_id_idx" ON "webhook_tokens"("organisation_id");

-- CreateIndex
CREATE INDEX "uploads_order_id_idx" ON "uploads"("order_id");

-- CreateIndex
CREATE INDEX "uploads_organisation_id_idx" ON "uploads"("organisation_id");

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connections" ADD CONSTRAINT "connections_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "vendor_groups"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_lab_id_fkey" FOREIGN KEY ("lab_id") REFERENCES "vendor_groups"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_files" ADD CONSTRAINT "order_files_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scans" ADD CONSTRAINT "scans_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scans" ADD CONSTRAINT "scans_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "order_files"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Constraints Prisma's schema language cannot say -------------------------------------------------------------------

-- At most one open decision per order (design §4, Decisions).
CREATE UNIQUE INDEX "decisions_one_open_per_order" ON "decisions" ("order_id") WHERE "state" IN ('requested', 'sending');

ALTER TABLE "organisations" ADD CONSTRAINT "organisations_kind" CHECK ("kind" IN ('lab', 'clinic'));
ALTER TABLE "members" ADD CONSTRAINT "members_role" CHECK ("role" IN ('admin', 'technician', 'staff', 'viewer'));
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_role" CHECK ("role" IN ('admin', 'technician', 'staff', 'viewer'));
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_kind" CHECK ("kind" IN ('accept', 'reject', 'cancel'));
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_state" CHECK ("state" IN ('requested', 'sending', 'confirmed', 'conflict', 'failed'));

-- Counters: differences per statement, never an update (two syncs never wait for one row) ----------------------------

CREATE FUNCTION "count_orders_inserted"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO "order_counts" ("organisation_id", "connection_id", "vendor", "status", "completeness", "n")
  SELECT "organisation_id", "connection_id", "vendor", "status", "completeness", count(*)::int
  FROM "new_rows" GROUP BY 1, 2, 3, 4, 5;
  RETURN NULL;
END $$;

CREATE FUNCTION "count_orders_deleted"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO "order_counts" ("organisation_id", "connection_id", "vendor", "status", "completeness", "n")
  SELECT "organisation_id", "connection_id", "vendor", "status", "completeness", -count(*)::int
  FROM "old_rows" GROUP BY 1, 2, 3, 4, 5;
  RETURN NULL;
END $$;

CREATE FUNCTION "count_orders_updated"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO "order_counts" ("organisation_id", "connection_id", "vendor", "status", "completeness", "n")
  SELECT "organisation_id", "connection_id", "vendor", "status", "completeness", sum("d")::int
  FROM (
    SELECT "organisation_id", "connection_id", "vendor", "status", "completeness", 1 AS "d" FROM "new_rows"
    UNION ALL
    SELECT "organisation_id", "connection_id", "vendor", "status", "completeness", -1 FROM "old_rows"
  ) AS "differences"
  GROUP BY 1, 2, 3, 4, 5 HAVING sum("d") <> 0;
  RETURN NULL;
END $$;

CREATE TRIGGER "orders_inserted" AFTER INSERT ON "orders" REFERENCING NEW TABLE AS "new_rows"
  FOR EACH STATEMENT EXECUTE FUNCTION "count_orders_inserted"();
CREATE TRIGGER "orders_deleted" AFTER DELETE ON "orders" REFERENCING OLD TABLE AS "old_rows"
  FOR EACH STATEMENT EXECUTE FUNCTION "count_orders_deleted"();
CREATE TRIGGER "orders_updated" AFTER UPDATE ON "orders" REFERENCING OLD TABLE AS "old_rows" NEW TABLE AS "new_rows"
  FOR EACH STATEMENT EXECUTE FUNCTION "count_orders_updated"();

-- Tenancy: row-level security -----------------------------------------------------------------------------------------
-- Services work as the role casebench_tenant with app.organisation_id set for the transaction (lib/database/with-organisation.ts).
-- The login role owns the tables and is used only by the few system paths (sign-in, the worker's schedule, migrations).

DO $$
BEGIN
  CREATE ROLE "casebench_tenant" NOLOGIN NOSUPERUSER NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
  EXECUTE format('GRANT "casebench_tenant" TO %I', current_user);
EXCEPTION WHEN OTHERS THEN
  IF NOT pg_has_role(current_user, 'casebench_tenant', 'MEMBER') THEN RAISE; END IF;
END $$;
GRANT USAGE ON SCHEMA public TO "casebench_tenant";

CREATE FUNCTION "current_organisation"() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('app.organisation_id', true), '')::uuid $$;

DO $$
DECLARE "t" text;
BEGIN
  FOREACH "t" IN ARRAY ARRAY[
    'members', 'api_keys', 'invitations', 'oauth_states', 'connections', 'vendor_groups', 'orders', 'order_files', 'scans',
    'decisions', 'order_events', 'audit_entries', 'audit_heads', 'order_counts', 'webhook_tokens', 'uploads'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', "t");
    EXECUTE format('CREATE POLICY "tenant" ON %I TO "casebench_tenant" USING ("organisation_id" = current_organisation()) WITH CHECK ("organisation_id" = current_organisation())', "t");
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO "casebench_tenant"', "t");
  END LOOP;
END $$;

-- The trail is added to, never changed.
REVOKE UPDATE, DELETE ON "audit_entries" FROM "casebench_tenant";
REVOKE INSERT, UPDATE, DELETE ON "order_counts" FROM "casebench_tenant";

ALTER TABLE "organisations" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "organisations" TO "casebench_tenant" USING ("id" = current_organisation());
GRANT SELECT, UPDATE ("name", "time_zone") ON "organisations" TO "casebench_tenant";

-- People are shown to those who share an organisation with them; passwords never.
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "users" FOR SELECT TO "casebench_tenant"
  USING (EXISTS (SELECT 1 FROM "members" m WHERE m."user_id" = "users"."id" AND m."organisation_id" = current_organisation()));
GRANT SELECT ("id", "email", "name", "locale", "tooth_notation", "created_at", "disabled_at") ON "users" TO "casebench_tenant";
