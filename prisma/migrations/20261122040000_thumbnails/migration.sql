-- A small picture of each case for the inbox: the object that holds it, and a digest of the previews that it shows.
ALTER TABLE "orders" ADD COLUMN "thumbnail_sha256" TEXT,
ADD COLUMN "thumbnail_of" TEXT;

-- Orders with scans and without a picture yet: the minute's tick asks for them. Empty most of the time.
CREATE INDEX "orders_without_thumbnail_idx" ON "orders"("id") WHERE "thumbnail_of" IS NULL AND "scans_ready" > 0;
