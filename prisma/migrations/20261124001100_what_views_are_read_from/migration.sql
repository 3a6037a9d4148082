-- Every list and every count of the inbox is read from an index alone; what is rare has an index of its own, so that a million
-- orders without it cost nothing. Hidden rows are in none of them.
DROP INDEX "orders_assigned";
CREATE INDEX "orders_assigned" ON "orders" ("organisation_id", "assignee_id", "received_at" DESC, "id" DESC) INCLUDE ("status", "due_on")
  WHERE "assignee_id" IS NOT NULL AND "twin_of" IS NULL;
DROP INDEX "orders_changed_after_acceptance";
CREATE INDEX "orders_changed_after_acceptance" ON "orders" ("organisation_id", "received_at" DESC, "id" DESC) INCLUDE ("status", "due_on")
  WHERE "changed_at" IS NOT NULL AND "twin_of" IS NULL;
CREATE INDEX "orders_asked_about" ON "orders" ("organisation_id", "info_request", "received_at" DESC, "id" DESC) INCLUDE ("status", "due_on")
  WHERE "info_request" <> 'none' AND "twin_of" IS NULL;
DROP INDEX "orders_organisation_id_hold_until_idx";
CREATE INDEX "orders_put_aside" ON "orders" ("organisation_id", "hold_until") INCLUDE ("received_at", "id", "due_on")
  WHERE "hold_until" IS NOT NULL AND "twin_of" IS NULL;

-- When an order's files were taken away first: whether they were at all was looked up in every accepted order's history.
ALTER TABLE "orders" ADD COLUMN "downloaded_at" TIMESTAMPTZ(3);
UPDATE "orders" SET "downloaded_at" = "first"."at"
  FROM (SELECT "order_id", min("at") AS "at" FROM "order_events" WHERE "kind" = 'downloaded' GROUP BY "order_id") AS "first"
  WHERE "first"."order_id" = "orders"."id";
CREATE INDEX "orders_not_downloaded" ON "orders" ("organisation_id", "received_at" DESC, "id" DESC) INCLUDE ("due_on")
  WHERE "status" = 'accepted' AND "downloaded_at" IS NULL AND "twin_of" IS NULL;

-- Orders that are hidden behind another row: few, and left out of what is counted by tag without looking at every order.
CREATE INDEX "orders_hidden" ON "orders" ("organisation_id", "id") WHERE "twin_of" IS NOT NULL;

-- The shown orders of the current organisation that hold all of the given search tokens, themselves or in a row that they hide, with
-- everything a list filters and sorts by: found once, never looked up again one by one. Why a function that runs as the tables'
-- owner: 20261121000100. Tokens are keyed per organisation, so that the organisation is only checked, not searched for. No more than
-- "most" are found, for counts that end somewhere.
CREATE FUNCTION "orders_found"("tokens" bigint[], "most" integer DEFAULT NULL)
RETURNS TABLE (
  "id" uuid, "organisation_id" uuid, "connection_id" uuid, "vendor" text, "number" text, "twin_of" uuid, "status" text,
  "completeness" text, "info_request" text, "clinic_id" uuid, "received_at" timestamptz, "due_on" date,
  "vendor_updated_at" timestamptz, "assignee_id" uuid, "changed_at" timestamptz, "hold_until" date, "downloaded_at" timestamptz
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public ROWS 500 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH "hits" AS MATERIALIZED (
      SELECT "o"."id", "o"."organisation_id", "o"."connection_id", "o"."vendor", "o"."number", "o"."twin_of", "o"."status",
        "o"."completeness", "o"."info_request", "o"."clinic_id", "o"."received_at", "o"."due_on", "o"."vendor_updated_at",
        "o"."assignee_id", "o"."changed_at", "o"."hold_until", "o"."downloaded_at"
      FROM "orders" AS "o"
      WHERE "o"."search_tokens" @> "tokens" AND ("o"."organisation_id" = current_organisation()) IS TRUE
      LIMIT "most"
    )
    SELECT * FROM "hits" WHERE "twin_of" IS NULL
    UNION ALL
    SELECT "o"."id", "o"."organisation_id", "o"."connection_id", "o"."vendor", "o"."number", "o"."twin_of", "o"."status",
      "o"."completeness", "o"."info_request", "o"."clinic_id", "o"."received_at", "o"."due_on", "o"."vendor_updated_at",
      "o"."assignee_id", "o"."changed_at", "o"."hold_until", "o"."downloaded_at"
    FROM "orders" AS "o"
    WHERE "o"."id" IN (SELECT "twin_of" FROM "hits" WHERE "twin_of" IS NOT NULL)
      AND "o"."id" NOT IN (SELECT "id" FROM "hits") AND "o"."twin_of" IS NULL;
END $$;
REVOKE ALL ON FUNCTION "orders_found"(bigint[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "orders_found"(bigint[], integer) TO "casebench_tenant";
-- orders_matching stays: while a new version is brought in, the one before it still asks for it.
