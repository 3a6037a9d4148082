-- When an order's files were taken away first stands with the order since 20261124001100. The version before that writes the history
-- alone; while both run, and after it was taken back to, the order learns it from there.
CREATE FUNCTION "order_downloaded"() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  UPDATE "orders" SET "downloaded_at" = NEW."at"
    WHERE "id" = NEW."order_id" AND "organisation_id" = NEW."organisation_id" AND "downloaded_at" IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "order_downloaded" AFTER INSERT ON "order_events"
  FOR EACH ROW WHEN (NEW."kind" = 'downloaded') EXECUTE FUNCTION "order_downloaded"();

UPDATE "orders" SET "downloaded_at" = "first"."at"
  FROM (SELECT "order_id", min("at") AS "at" FROM "order_events" WHERE "kind" = 'downloaded' GROUP BY "order_id") AS "first"
  WHERE "first"."order_id" = "orders"."id" AND "orders"."downloaded_at" IS NULL;
