import { StartProblem } from "../start-problem.ts";
import { type Command, oneOf, textOf } from "./command.ts";
import { findOrganisation } from "./find-organisation.ts";

export const addApiKey: Command = {
  name: "api-key add",
  summary: "makes an API key for a member of an organisation",
  options: {
    org: { takes: "id or name of the organisation", required: true },
    email: { takes: "e-mail of the member it acts for", required: true },
    role: { takes: "admin, technician, staff or viewer", required: true },
    label: { takes: "what the key is for" },
  },
  run: async (values) => {
    const [{ createApiKey }, { ROLES }, { normaliseEmail }, { database }] = await Promise.all([
      import("#lib/access/create-api-key.ts"),
      import("#lib/access/principal.ts"),
      import("#lib/access/normalise-email.ts"),
      import("#lib/database/database.ts"),
    ]);
    const role = oneOf(values, "role", ROLES);
    const organisation = await findOrganisation(textOf(values, "org"));
    const email = normaliseEmail(textOf(values, "email"));
    const member = await database().member.findFirst({ where: { organisationId: organisation.id, user: { email } } });
    if (!member) throw new StartProblem(`${email} is not a member of ${organisation.name}.`);
    const { id, key } = await createApiKey({
      organisationId: organisation.id,
      userId: member.userId,
      role,
      name: textOf(values, "label") || "command line",
    });
    return { organisationId: organisation.id, apiKeyId: id, apiKey: key };
  },
  describe: ({ apiKey }) => [`API key  ${apiKey}`, "The key is shown this once."],
};
