import { type Command, oneOf, textOf } from "./command.ts";
import { findOrganisation } from "./find-organisation.ts";

export const addUser: Command = {
  name: "user add",
  summary: "adds a person to an organisation, or changes their role there",
  options: {
    org: { takes: "id or name of the organisation", required: true },
    email: { takes: "the person's e-mail", required: true },
    password: { takes: "their password", required: true },
    role: { takes: "admin, technician, staff or viewer", required: true },
    name: { takes: "the person's name" },
  },
  run: async (values) => {
    const [{ addMember }, { ROLES }] = await Promise.all([
      import("#lib/access/add-member.ts"),
      import("#lib/access/principal.ts"),
    ]);
    const role = oneOf(values, "role", ROLES);
    const organisation = await findOrganisation(textOf(values, "org"));
    const { userId } = await addMember({
      organisationId: organisation.id,
      email: textOf(values, "email"),
      password: textOf(values, "password"),
      role,
      ...(values.name ? { name: textOf(values, "name") } : {}),
    });
    return { organisationId: organisation.id, userId, role };
  },
  describe: ({ organisationId, userId, role }) => [`${userId} is ${role} of organisation ${organisationId}.`],
};
