import type { Account, Group } from "./vendor-records.ts";

/** Group UUIDs are Base64 of NAME_epochMillis, as the guide's own two decode; so `=`, `+` and `/` occur. */
function groupUuid(name: string, createdAt: number): string {
  return Buffer.from(`${name.toUpperCase().replaceAll(" ", "_")}_${createdAt}`).toString("base64");
}

type GroupSeed = Omit<Group, "uuid" | "createdAt" | "updatedAt" | "contact" | "address"> & {
  uuid?: string;
  createdAt: number;
  updatedAt: number;
  contact: [userName: string, cellPhone: string, officePhone: string];
  address: [state: string, city: string, postal: string, detail1: string, detail2: string];
};

const GROUPS: GroupSeed[] = [
  {
    uuid: "T05FTEFCXzE1NDgzODA1Nzk0MzY=",
    name: "OneLab",
    type: "LAB",
    description: "Full-service digital dental laboratory",
    timeZone: "Asia/Seoul",
    contact: ["Peter Parker", "", "2193-9600"],
    address: ["Seoul", "Seongbuk-gu", "02855", "Medit Company, 19 Inchon-ro 22-gil", ""],
    homePage: "https://onelab.example",
    createdAt: 1_548_380_579_436,
    updatedAt: 1_561_374_325_000,
  },
  {
    name: "NordLab",
    type: "LAB",
    description: "Zahntechnik aus Hamburg",
    timeZone: "Europe/Berlin",
    contact: ["Frauke Petersen", "", "+49 40 5550 1180"],
    address: ["Hamburg", "Hamburg", "20457", "Am Sandtorkai 40", "2. OG"],
    homePage: "https://nordlab.example",
    createdAt: 1_566_201_118_220,
    updatedAt: 1_690_000_412_000,
  },
  {
    uuid: "RC5EQVZJU18xNTQ4Mzc5OTMzODc0",
    name: "D.Davis",
    type: "CLINIC",
    description: "",
    timeZone: "Asia/Seoul",
    contact: ["D.Davis", "", "2193-9600"],
    address: ["Seoul", "Seongbuk-gu", "02855", "Medit Company, 19 Inchon-ro 22-gil", ""],
    homePage: "https://www.medit.com",
    createdAt: 1_548_379_933_874,
    updatedAt: 1_590_717_550_000,
  },
  {
    name: "Zahnarztpraxis Dr. Lindner",
    type: "CLINIC",
    description: "Praxis für Implantologie",
    timeZone: "Europe/Berlin",
    contact: ["Dr. Anke Lindner", "+49 170 5550199", "+49 30 555 0142"],
    address: ["Berlin", "Berlin", "10115", "Chausseestraße 84", "3. OG links"],
    homePage: "https://lindner.example",
    createdAt: 1_601_990_412_871,
    updatedAt: 1_702_113_332_000,
  },
  {
    name: "Harbor Dental Studio",
    type: "CLINIC",
    description: "Cosmetic and restorative dentistry",
    timeZone: "America/New_York",
    contact: ["Maya O’Connell", "+1 617 555 0114", "+1 617 555 0110"],
    address: ["MA", "Boston", "02110", "212 Atlantic Ave", "Suite 5"],
    homePage: "https://harbordental.example",
    createdAt: 1_588_170_901_004,
    updatedAt: 1_719_921_121_000,
  },
  {
    // Its former name gives an identifier with "/" and "=", which must be percent-encoded in a path.
    uuid: groupUuid("A¿SONREÍR?", 1_613_000_717_345),
    name: "Clínica Sonrisa Marbella",
    type: "CLINIC",
    description: "",
    timeZone: "Europe/Madrid",
    contact: ["Lucía Fernández", "+34 600 555 012", "+34 952 555 017"],
    address: ["Málaga", "Marbella", "29601", "Av. Ricardo Soriano 12", ""],
    homePage: "",
    createdAt: 1_613_000_717_345,
    updatedAt: 1_713_345_890_000,
  },
  {
    name: "Kealoha Family Dentistry",
    type: "CLINIC",
    description: "Family practice",
    timeZone: "Pacific/Honolulu",
    contact: ["Dr. Noelani Kealoha", "", "+1 808 555 0163"],
    address: ["HI", "Honolulu", "96813", "1001 Bishop St", ""],
    homePage: "https://kealoha.example",
    createdAt: 1_630_457_000_511,
    updatedAt: 1_722_800_450_000,
  },
];

const ACCOUNTS: [email: string, name: string, group: string | null][] = [
  ["lab@onelab.example", "Peter Parker", "OneLab"],
  ["second@onelab.example", "Min-seo Kang", "OneLab"],
  ["lab@nordlab.example", "Frauke Petersen", "NordLab"],
  ["clinic@davis.example", "D.Davis", "D.Davis"],
  ["clinic@lindner.example", "Dr. Anke Lindner", "Zahnarztpraxis Dr. Lindner"],
  ["clinic@harbor.example", "Maya O’Connell", "Harbor Dental Studio"],
  ["clinic@sonrisa.example", "Lucía Fernández", "Clínica Sonrisa Marbella"],
  ["clinic@kealoha.example", "Dr. Noelani Kealoha", "Kealoha Family Dentistry"],
  ["solo@freelance.example", "Sam Freelance", null],
];

export function seedGroups(): Map<string, Group> {
  const groups = GROUPS.map((seed): Group => {
    const [userName, cellPhone, officePhone] = seed.contact;
    const [state, city, postal, detail1, detail2] = seed.address;
    return {
      ...seed,
      uuid: seed.uuid ?? groupUuid(seed.name, seed.createdAt),
      contact: { userName, cellPhone, officePhone },
      address: { state, city, postal, detail1, detail2 },
    };
  });
  return new Map(groups.map((group) => [group.uuid, group]));
}

export function seedAccounts(groups: Map<string, Group>): Map<string, Account> {
  const accounts = ACCOUNTS.map(([email, name, groupName]): Account => {
    const group = groupName === null ? undefined : groupNamed(groups, groupName);
    const createdAt = group?.createdAt ?? 1_640_000_000_000;
    return { email, name, groupUuid: group?.uuid ?? null, createdAt, updatedAt: createdAt + 92_511_410_000 };
  });
  return new Map(accounts.map((account) => [account.email, account]));
}

/** Throws when the name is not one of the seeded organisations. */
export function groupNamed(groups: Map<string, Group>, name: string): Group {
  for (const group of groups.values()) if (group.name === name) return group;
  throw new Error(`The sandbox has no organisation called "${name}"`);
}
