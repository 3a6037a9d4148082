import type { Command } from "./command.ts";

export const verifyAuditTrail: Command = {
  name: "audit verify",
  summary: "checks that no entry of any audit trail was changed, removed or put in",
  options: {},
  run: async () => {
    const { verifyAudit } = await import("#lib/audit/verify-audit.ts");
    const organisations = await verifyAudit();
    return { ok: organisations.every(({ brokenAt }) => brokenAt === null), organisations };
  },
  describe: ({ organisations }) => {
    const verdicts = organisations as { organisationId: string; entries: number; brokenAt: string | null }[];
    if (verdicts.length === 0) return ["There are no entries yet."];
    return verdicts.map(({ organisationId, entries, brokenAt }) =>
      brokenAt === null
        ? `${organisationId}  ${entries} entries, unbroken`
        : `${organisationId}  BROKEN at entry ${brokenAt}; the ${entries} before it are unbroken`,
    );
  },
};
