-- What is late or due soon of one clinic is counted from the index too, and a clinic's orders still are.
DROP INDEX "orders_shown_by_clinic";
CREATE INDEX "orders_shown_by_clinic" ON "orders" ("organisation_id", "clinic_id", "status") INCLUDE ("due_on") WHERE "twin_of" IS NULL;
