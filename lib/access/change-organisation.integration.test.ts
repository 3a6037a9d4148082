import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { changeOrganisation } from "./organisation.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

it("an admin sets everything the organisation can set, and nobody else's", async () => {
  const admin = await makePrincipal("lab", "admin");
  const other = await makePrincipal("lab", "admin");
  const settings = { name: "Neu", timeZone: "Asia/Seoul", undoSeconds: 20, fileNameTemplate: "{number}" };
  await changeOrganisation(admin, settings);
  const [changed, untouched] = await Promise.all(
    [admin, other].map(({ organisationId }) =>
      database().organisation.findUniqueOrThrow({ where: { id: organisationId } }),
    ),
  );
  expect(changed).toMatchObject(settings);
  expect(untouched).toMatchObject({ name: "A lab", fileNameTemplate: null });
});
