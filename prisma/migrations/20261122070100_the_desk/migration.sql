-- Who works on an order, and when it changed after it was accepted without anybody having looked since. No index but for the few
-- rows that have one: a million orders without an assignee cost nothing.
ALTER TABLE "orders" ADD COLUMN "assignee_id" UUID, ADD COLUMN "changed_at" TIMESTAMPTZ(3);
CREATE INDEX "orders_assigned" ON "orders" ("organisation_id", "assignee_id", "received_at" DESC, "id" DESC)
  WHERE "assignee_id" IS NOT NULL;
CREATE INDEX "orders_changed_after_acceptance" ON "orders" ("organisation_id", "received_at" DESC, "id" DESC)
  WHERE "changed_at" IS NOT NULL;

-- An organisation's own tags. Their words may say something about a patient: sealed, and told apart by a keyed hash.
CREATE TABLE "tags" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name_sealed" BYTEA NOT NULL,
    "token" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tags_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "tags_organisation_id_token_key" ON "tags"("organisation_id", "token");

CREATE TABLE "order_tags" (
    "organisation_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "tag_id" UUID NOT NULL,

    CONSTRAINT "order_tags_pkey" PRIMARY KEY ("order_id", "tag_id")
);
CREATE INDEX "order_tags_organisation_id_tag_id_order_id_idx" ON "order_tags"("organisation_id", "tag_id", "order_id");
ALTER TABLE "order_tags" ADD CONSTRAINT "order_tags_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "order_tags" ADD CONSTRAINT "order_tags_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Views that members keep: name, filters and columns are sealed together, because a search may be a patient's name.
CREATE TABLE "saved_views" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "content_sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "saved_views_organisation_id_idx" ON "saved_views"("organisation_id");

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tags', 'order_tags', 'saved_views'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY "tenant" ON %I TO "casebench_tenant" USING ("organisation_id" = current_organisation()) WITH CHECK ("organisation_id" = current_organisation())', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO "casebench_tenant"', t);
  END LOOP;
END $$;
