import { StartProblem } from "../start-problem.ts";

/** An organisation by its id or its exact name. @throws {StartProblem} when there is none or more than one */
export async function findOrganisation(idOrName: string): Promise<{ id: string; name: string }> {
  const { database } = await import("#lib/database/database.ts");
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(idOrName);
  const found = await database().organisation.findMany({
    where: isId ? { id: idOrName } : { name: idOrName },
    select: { id: true, name: true },
  });
  const [only] = found;
  if (only && found.length === 1) return only;
  if (found.length > 1)
    throw new StartProblem(
      `${found.length} organisations are named "${idOrName}". Give one of these ids: ${found.map(({ id }) => id).join(", ")}`,
    );
  throw new StartProblem(`There is no organisation "${idOrName}".`);
}
