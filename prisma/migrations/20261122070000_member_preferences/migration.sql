-- How a member likes the portal: columns, density, keys. One row per membership; it goes with the membership.
CREATE TABLE "member_preferences" (
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "preferences" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_preferences_pkey" PRIMARY KEY ("organisation_id", "user_id")
);
ALTER TABLE "member_preferences" ADD CONSTRAINT "member_preferences_organisation_id_user_id_fkey" FOREIGN KEY ("organisation_id", "user_id") REFERENCES "members"("organisation_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "member_preferences" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "member_preferences" TO "casebench_tenant" USING ("organisation_id" = current_organisation()) WITH CHECK ("organisation_id" = current_organisation());
GRANT SELECT, INSERT, UPDATE, DELETE ON "member_preferences" TO "casebench_tenant";
