import { expect, it } from "vitest";
import { dueDayOf } from "#lib/orders/due-day.ts";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import { readLocalTime, writeLocalTime } from "#lib/vendors/open-dental/local-time.ts";

const ZONES = Intl.supportedValuesOf("timeZone");
const START = Date.UTC(2025, 0, 1);
const YEARS_MS = 5 * 365 * 86_400_000;

it.each(faultSeeds())(
  "F31: in any zone at any time a due day is the clinic's and a local time comes back (seed %d)",
  (seed) => {
    const chance = new Chance(seed);
    for (let n = 0; n < 150; n++) {
      const zone = chance.pick(ZONES);
      const at = new Date(START + Math.floor((chance.next() * YEARS_MS) / 1_000) * 1_000);
      const text = writeLocalTime(at, zone);
      const back = readLocalTime(text, zone)!;
      // In the hour that comes twice the first one is meant; everywhere else it is the same instant.
      expect(writeLocalTime(back, zone), `${zone} ${text}`).toBe(text);
      expect(at.getTime() - back.getTime(), `${zone} ${text}`).toBeGreaterThanOrEqual(0);
      expect(at.getTime() - back.getTime(), `${zone} ${text}`).toBeLessThanOrEqual(2 * 3_600_000);
      const day = text.slice(0, 10);
      const midnight = readLocalTime(`${day} 00:00:00`, zone)!;
      if (writeLocalTime(midnight, zone) === `${day} 00:00:00`)
        expect(dueDayOf(midnight, zone).toISOString().slice(0, 10), `${zone} ${day}`).toBe(day);
    }
  },
);
