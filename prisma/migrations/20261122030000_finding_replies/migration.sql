-- What the other side of an order answers to a finding that is shared with it. Sealed like the finding.
CREATE TABLE "finding_replies" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "finding_organisation_id" UUID NOT NULL,
    "text_sealed" BYTEA NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "finding_replies_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "finding_replies_finding_id_idx" ON "finding_replies"("finding_id");
CREATE INDEX "finding_replies_organisation_id_idx" ON "finding_replies"("organisation_id");
ALTER TABLE "finding_replies" ADD CONSTRAINT "finding_replies_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "findings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "finding_replies" ENABLE ROW LEVEL SECURITY;
-- Only a finding that one can see, by the policies of "findings", can be answered, and only under its true owner's name.
CREATE POLICY "tenant" ON "finding_replies" TO "casebench_tenant" USING ("organisation_id" = current_organisation()) WITH CHECK (
  "organisation_id" = current_organisation()
  AND EXISTS (
    SELECT 1 FROM "findings" "f"
    WHERE "f"."id" = "finding_replies"."finding_id" AND "f"."organisation_id" = "finding_replies"."finding_organisation_id"
  )
);
-- Whose finding it is reads the answers to it.
CREATE POLICY "asked" ON "finding_replies" FOR SELECT TO "casebench_tenant" USING ("finding_organisation_id" = current_organisation());
GRANT SELECT, INSERT, UPDATE, DELETE ON "finding_replies" TO "casebench_tenant";
