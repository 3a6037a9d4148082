/** Accounts, portal types and configured portals of the sandbox's Cadmus. */

export const CADMUS_ACCOUNTS: Record<string, { organizationId: number }> = {
  "cadmus@onelab.example": { organizationId: 3 },
  "cadmus@nordlab.example": { organizationId: 4 },
};

export interface IosPortal {
  id: number;
  name: string;
  className: string;
  url: string;
  /** Spelled as Cadmus spells it; its format is not documented, so several occur. */
  axisMaping: unknown;
  quantizationBits: number | null;
}

export const IOS_PORTALS: IosPortal[] = [
  {
    id: 1,
    name: "Medit Link",
    className: "MeditLinkPortal",
    url: "https://www.meditlink.com",
    axisMaping: "x,y,z",
    quantizationBits: 14,
  },
  {
    id: 2,
    name: "3Shape Communicate",
    className: "ThreeShapePortal",
    url: "https://portal.3shapecommunicate.com",
    axisMaping: "x,-z,y",
    quantizationBits: 11,
  },
  {
    id: 3,
    name: "DS Core",
    className: "DsCorePortal",
    url: "https://www.dscore.com",
    axisMaping: { x: "x", y: "z", z: "-y" },
    quantizationBits: 16,
  },
  {
    id: 4,
    name: "iTero MyAligntech",
    className: "IteroPortal",
    url: "https://my.itero.com",
    axisMaping: "",
    quantizationBits: 12,
  },
  {
    id: 5,
    name: "Shining 3D Dental Cloud",
    className: "ShiningPortal",
    url: "https://dental.shining3d.com",
    axisMaping: null,
    quantizationBits: null,
  },
];

export interface ConfiguredPortal {
  id: number;
  organizationId: number;
  portalId: number;
  displayName: string;
  username: string;
}

export const CONFIGURED_PORTALS: ConfiguredPortal[] = [
  { id: 7, organizationId: 3, portalId: 1, displayName: "OneLab Medit", username: "lab@onelab.example" },
  { id: 8, organizationId: 3, portalId: 2, displayName: "OneLab 3Shape", username: "onelab-3s" },
  { id: 9, organizationId: 3, portalId: 3, displayName: "DS Core (Busan)", username: "orders@onelab.example" },
  { id: 10, organizationId: 3, portalId: 4, displayName: "iTero", username: "onelab" },
  { id: 11, organizationId: 4, portalId: 5, displayName: "NordLab Shining", username: "nord@nordlab.example" },
];
