import { type Command, oneOf, textOf } from "./command.ts";

export const bootstrap: Command = {
  name: "bootstrap",
  summary: "makes an organisation with its first admin and an API key",
  options: {
    org: { takes: "name of the organisation", required: true },
    kind: { takes: "lab or clinic", required: true },
    email: { takes: "the admin's e-mail", required: true },
    password: { takes: "the admin's password", required: true },
    name: { takes: "the admin's name" },
    "time-zone": { takes: "for example Europe/Berlin" },
  },
  run: async (values) => {
    const { bootstrapOrganisation } = await import("#lib/access/bootstrap-organisation.ts");
    return bootstrapOrganisation({
      organisation: textOf(values, "org"),
      kind: oneOf(values, "kind", ["lab", "clinic"]),
      email: textOf(values, "email"),
      password: textOf(values, "password"),
      ...(values.name ? { name: textOf(values, "name") } : {}),
      ...(values["time-zone"] ? { timeZone: textOf(values, "time-zone") } : {}),
    });
  },
  describe: ({ organisationId, userId, apiKey }) => [
    `Organisation  ${organisationId}`,
    `Admin         ${userId}`,
    `API key       ${apiKey}`,
    "The key is shown this once.",
  ],
};
