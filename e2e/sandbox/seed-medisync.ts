import { MEDISYNC_USERS, type Visits } from "./medisync-practice.ts";
import type { OrderRecord } from "./vendor-records.ts";
import type { World } from "./world.ts";

const DAY = 86_400_000;

/** Patients of Dr. Davis who have orders at the lab, in every combination that the clinic meets. */
export function seedMedisync(world: World): void {
  const { medisync } = world;
  medisync.empty();
  const [davis] = MEDISYNC_USERS;
  const group = [...world.groups.values()].find(({ name }) => name === "D.Davis");
  if (!davis || !group) return;
  const orders = world
    .ordersOf(group.uuid)
    .filter((order) => order.buyer === group.uuid && typeof order.desiredDelivery === "number")
    .sort((a, b) => b.createdAt - a.createdAt || b.number - a.number)
    .slice(0, 6);
  for (const [index, order] of orders.entries()) {
    const visits = visitsFor(world, order, index);
    if (visits) medisync.addVisits({ doctor: davis.email, ...visits });
  }
}

/** The first patient comes before the lab is done and has a note with another shade; with the others all is well. */
function visitsFor(world: World, order: OrderRecord, index: number): Omit<Visits, "doctor"> | null {
  const theCase = world.cases.get(order.clinicCase);
  const name = theCase?.patient?.name;
  const item = theCase?.formInformation?.items[0];
  if (!theCase || !name || typeof order.desiredDelivery !== "number") return null;
  const [firstName = "", ...rest] = name.split(" ");
  const due = order.desiredDelivery;
  const isLate = index === 0;
  const shade = !item || item.shade === "NONE_SHADE" ? "A2" : isLate ? otherShade(item.shade) : item.shade;
  const tooth = item?.toothNo ?? 16;
  const on = (days: number) => new Date(due + days * DAY + 9 * 3_600_000).toISOString().slice(0, 10);
  return {
    patient: {
      firstName,
      lastName: rest.join(" "),
      dateOfBirth: `19${50 + (order.number % 45)}-0${1 + (order.number % 9)}-17`,
    },
    note:
      index === 3
        ? null
        : `S: ${firstName} wants the tooth restored before the summer.\nO: Tooth ${tooth} prepared, margins supragingival.\nP: Crown on tooth ${tooth}, shade ${shade}. Scan sent to the lab.`,
    transcription:
      index === 3
        ? null
        : `Tooth ${tooth} is prepared now. We take shade ${shade}, light contacts please. The lab gets the scan today.`,
    recorded: index !== 3,
    consultationOn: new Date(order.createdAt + 9 * 3_600_000).toISOString().slice(0, 10),
    tryInOn: isLate ? on(-2) : null,
    seatingOn: on(isLate ? -1 : 4),
  };
}

function otherShade(shade: string): string {
  return shade.startsWith("A3") ? "B1" : "A3.5";
}
