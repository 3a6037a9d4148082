import { addMember } from "#lib/access/add-member.ts";
import { bootstrapOrganisation } from "#lib/access/bootstrap-organisation.ts";
import type { Principal, Role } from "#lib/access/principal.ts";
import { createConnection } from "#lib/connections/create-connection.ts";
import { finishConnection } from "#lib/connections/finish-connection.ts";
import { startConnection } from "#lib/connections/start-connection.ts";
import { closeDatabase, database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import type { Side } from "#lib/orders/order-schema.ts";
import { consentAtSandbox } from "./consent-at-sandbox.ts";
import { linkDemoAppointment } from "./link-demo-appointment.ts";
import { matchDemoChart } from "./match-demo-chart.ts";

/**
 * Demo organisations, members and connections for the sandbox vendors, made through the services where they are missing; run at
 * every start. OneLab's MeditLink account is left for its admin to connect. The last line says who can sign in.
 */

const PASSWORD = "casebench-demo";
/** The sandbox's accounts all have this one. */
const VENDOR_PASSWORD = "sandbox";

type Person = { who: string; name: string; email: string; role: Role };
type Demo = {
  organisation: string;
  kind: Side;
  timeZone: string;
  people: [Person, ...Person[]];
  meditlink?: string;
  cadmus?: string;
  medisync?: string;
  /** Customer key of the clinic's Open Dental. */
  openDental?: string;
};

const DEMO: Demo[] = [
  {
    organisation: "OneLab",
    kind: "lab",
    timeZone: "Asia/Seoul",
    people: [
      { who: "lab-admin", name: "Ada Winter", email: "admin@onelab.example", role: "admin" },
      { who: "lab-technician", name: "Tomas Reyes", email: "technician@onelab.example", role: "technician" },
      { who: "lab-viewer", name: "Vera Lindqvist", email: "viewer@onelab.example", role: "viewer" },
    ],
    cadmus: "cadmus@onelab.example",
  },
  {
    organisation: "D.Davis",
    kind: "clinic",
    timeZone: "Asia/Seoul",
    people: [
      { who: "clinic-admin", name: "Dana Davis", email: "admin@davis.example", role: "admin" },
      { who: "clinic-staff", name: "Sam Ortega", email: "staff@davis.example", role: "staff" },
    ],
    meditlink: "clinic@davis.example",
    medisync: "medisync@davis.example",
    openDental: "OdCustEntr4Gs9Wd",
  },
  {
    organisation: "Nordlab",
    kind: "lab",
    timeZone: "Europe/Berlin",
    people: [
      { who: "other-lab-admin", name: "Frauke Petersen", email: "admin@nordlab.example", role: "admin" },
      { who: "other-lab-technician", name: "Jonas Brandt", email: "technician@nordlab.example", role: "technician" },
    ],
    meditlink: "lab@nordlab.example",
  },
];

for (const demo of DEMO) await makeOrganisation(demo);
await closeQueue();
await closeDatabase();
const signIns = DEMO.flatMap(({ organisation, people }) =>
  people.map((p) => ({ who: p.who, organisation, role: p.role, email: p.email, password: PASSWORD })),
);
console.log(JSON.stringify({ signIns }));

async function makeOrganisation(demo: Demo): Promise<void> {
  const [first, ...others] = demo.people;
  const admin = await database().user.findUnique({ where: { email: first.email }, include: { members: true } });
  const organisationId = admin?.members[0]?.organisationId ?? (await bootstrap(demo, first));
  const members = await database().member.findMany({ where: { organisationId }, include: { user: true } });
  for (const person of others)
    if (!members.some((m) => m.user.email === person.email))
      await addMember({ organisationId, password: PASSWORD, ...person });
  const { userId } =
    members.find((m) => m.user.email === first.email) ??
    (await database().member.findFirstOrThrow({ where: { organisationId, role: "admin" } }));
  const principal: Principal = {
    userId,
    name: first.name,
    organisationId,
    organisationKind: demo.kind,
    organisationName: demo.organisation,
    role: "admin",
    via: "session:00000000-0000-4000-8000-000000000000",
    locale: "en",
    toothNotation: "fdi",
  };
  const connected = await database().connection.findMany({ where: { organisationId }, select: { vendor: true } });
  const isMissing = (vendor: string) => !connected.some((c) => c.vendor === vendor);
  if (demo.cadmus && isMissing("cadmus"))
    await createConnection(principal, {
      vendor: "cadmus",
      credentials: { email: demo.cadmus, password: VENDOR_PASSWORD },
    });
  if (demo.meditlink && isMissing("meditlink")) await connectByConsent(principal, demo.meditlink);
  if (demo.medisync && isMissing("medisync")) {
    const credentials = { email: demo.medisync, password: VENDOR_PASSWORD };
    await createConnection(principal, { vendor: "medisync", credentials });
    await linkDemoAppointment(principal);
  }
  if (demo.openDental && isMissing("open-dental")) await matchDemoChart(principal, demo.openDental);
}

async function bootstrap(demo: Demo, first: Person): Promise<string> {
  const { organisation, kind, timeZone } = demo;
  const made = await bootstrapOrganisation({
    organisation,
    kind,
    timeZone,
    email: first.email,
    password: PASSWORD,
    name: first.name,
  });
  return made.organisationId;
}

/** The real way, consent page and callback included: nothing is written that a person could not have done. */
async function connectByConsent(principal: Principal, account: string): Promise<void> {
  const authorizeUrl = await startConnection(principal, "meditlink", null);
  const callback = await consentAtSandbox(authorizeUrl, { email: account, password: VENDOR_PASSWORD });
  const landing = await finishConnection(principal, "meditlink", callback.searchParams);
  if (!landing.includes("connected=")) throw new Error(`The demo account ${account} was not connected: ${landing}`);
}
