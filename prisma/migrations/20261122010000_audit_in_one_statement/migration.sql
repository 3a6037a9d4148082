-- One entry of the audit trail with one statement, instead of four from the client while everybody else waits for the chain's head.
-- The text that is hashed comes in two halves: the entry's number, which only the head knows, belongs between them
-- (lib/audit/append-audit.ts). Runs with the caller's own rights: row-level security holds here as anywhere.

CREATE FUNCTION "append_audit"(
  "organisation" uuid, "happened_at" timestamptz, "actor" uuid, "what" text, "type" text, "subject" text, "details" jsonb,
  "before_number" text, "after_number" text
) RETURNS void LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
  "head" record;
  "link" bytea;
BEGIN
  LOOP
    SELECT h."seq" + 1 AS "seq", h."hash" INTO "head" FROM "audit_heads" AS h
    WHERE h."organisation_id" = "organisation" FOR UPDATE;
    EXIT WHEN FOUND;
    INSERT INTO "audit_heads" ("organisation_id", "seq", "hash")
    VALUES ("organisation", 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING;
  END LOOP;
  "link" := sha256("head"."hash" || convert_to("before_number" || "head"."seq" || "after_number", 'UTF8'));
  INSERT INTO "audit_entries" ("organisation_id", "seq", "at", "actor_id", "action", "subject_type", "subject_id", "facts",
    "previous_hash", "hash")
  VALUES ("organisation", "head"."seq", "happened_at", "actor", "what", "type", "subject", "details", "head"."hash", "link");
  UPDATE "audit_heads" SET "seq" = "head"."seq", "hash" = "link" WHERE "organisation_id" = "organisation";
END $$;
