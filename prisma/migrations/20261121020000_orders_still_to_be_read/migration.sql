-- Orders whose whole record is still to be read, newest first: what a sync asks for again and again while it fetches them.
CREATE INDEX "orders_still_to_be_read" ON "orders" ("connection_id", "received_at" DESC, "id" DESC)
  WHERE "detail_fetched_at" IS NULL OR "detail_fetched_at" < "fetched_at";
