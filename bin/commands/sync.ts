import type { Principal } from "#lib/access/principal.ts";
import type { Side } from "#lib/orders/order-schema.ts";
import { StartProblem } from "../start-problem.ts";
import { type Command, textOf } from "./command.ts";
import { findOrganisation } from "./find-organisation.ts";

export const sync: Command = {
  name: "sync",
  summary: "asks the worker to read every vendor account now",
  options: {
    org: { takes: "id or name of one organisation" },
    connection: { takes: "id of one connection" },
  },
  run: async (values) => {
    const [{ database }, { requestSync }] = await Promise.all([
      import("#lib/database/database.ts"),
      import("#lib/connections/request-sync.ts"),
    ]);
    const organisation = values.org ? await findOrganisation(textOf(values, "org")) : undefined;
    const connections = await database().connection.findMany({
      where: {
        state: "connected",
        ...(organisation ? { organisationId: organisation.id } : {}),
        ...(values.connection ? { id: textOf(values, "connection") } : {}),
      },
      select: { id: true, vendor: true, organisation: { select: { id: true, name: true, kind: true } } },
    });
    if (connections.length === 0 && values.connection) throw new StartProblem("There is no such connected account.");
    for (const connection of connections) await requestSync(administratorOf(connection.organisation), connection.id);
    return { asked: connections.map(({ id, vendor, organisation: { name } }) => ({ id, vendor, organisation: name })) };
  },
  describe: ({ asked }) => {
    const connections = asked as { id: string; vendor: string; organisation: string }[];
    if (connections.length === 0) return ["No vendor account is connected yet."];
    return connections.map(({ id, vendor, organisation }) => `Asked for ${organisation}, ${vendor} (${id}).`);
  },
};

/** Whoever may run this command may do all that an organisation may; no member is named, because none acts. */
function administratorOf(organisation: { id: string; name: string; kind: string }): Principal {
  return {
    userId: "00000000-0000-4000-8000-000000000000",
    name: "command line",
    organisationId: organisation.id,
    organisationKind: organisation.kind as Side,
    organisationName: organisation.name,
    role: "admin",
    via: "key:command-line",
    locale: "en",
    toothNotation: "fdi",
  };
}
