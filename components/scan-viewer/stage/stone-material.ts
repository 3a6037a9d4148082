import { Color, DoubleSide, FrontSide, ShaderMaterial, Vector4 } from "three";
import { DIVERGING, PALETTE } from "#components/scan-viewer/maps/palette.ts";
import type { MapScale } from "#components/scan-viewer/maps/use-maps.ts";
import type { Jaw } from "#lib/orders/order-schema.ts";

/** Plaster shades: a warm one for the upper jaw, a cooler one for the lower, apart from both for the rest. */
const STONE: Record<Jaw, string> = { upper: "#e6d8bd", lower: "#d6d5cb", bite: "#a9bac6", other: "#c9b3a0" };

export function stoneColour(jaw: Jaw | null): Color {
  return new Color(STONE[jaw ?? "other"]);
}

export interface StoneLook {
  colour: Color;
  scannerColours: boolean;
  /** 0.1 … 1 */
  opacity: number;
  /** Seen through, with its outline left. */
  ghost: boolean;
  /** Coloured by a map: the value of each vertex is the attribute `mapped`. */
  map: MapScale["kind"] | null;
  /** What lies in front of a plane is not drawn. */
  cut: boolean;
}

/**
 * Matte stone under a three-point light that goes with the camera, with fissures and edges drawn by the crease value
 * of each vertex. One cheap pass without textures, because many of these screens have no graphics card worth the name.
 * The geometry brings `position` (grid steps) and `surface` (normal x y z, crease).
 */
export function createStoneMaterial({ colour, scannerColours, opacity, ghost, map, cut }: StoneLook): ShaderMaterial {
  const solid = opacity >= 1 && !ghost;
  const defines = {
    ...(scannerColours && !map ? { SCANNER_COLOURS: "" } : {}),
    ...(ghost ? { GHOST: "" } : {}),
    ...(map ? { MAP: "", [map.toUpperCase()]: "" } : {}),
    ...(cut ? { CUT: "" } : {}),
  };
  return new ShaderMaterial({
    name: "stone",
    defines,
    uniforms: {
      stone: { value: colour },
      opacity: { value: opacity },
      rangeMm: { value: 1 },
      plane: { value: new Vector4() },
      palette: { value: (map === "deviation" ? DIVERGING : PALETTE).map((stop) => new Color(stop)) },
    },
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    side: ghost ? FrontSide : DoubleSide,
    transparent: !solid,
    depthWrite: !ghost,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
  });
}

/** Fills the depth buffer only: drawn before a see-through surface so that just its nearest layer shows. */
export function createDepthMaterial(): ShaderMaterial {
  return new ShaderMaterial({
    name: "depth",
    vertexShader: "void main() { gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }",
    fragmentShader: "void main() {}",
    side: DoubleSide,
    transparent: true,
    colorWrite: false,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
  });
}

export function createEdgeMaterial(): ShaderMaterial {
  return new ShaderMaterial({
    name: "edges",
    vertexShader: "void main() { gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }",
    fragmentShader: "void main() { gl_FragColor = vec4(0.03, 0.04, 0.05, 0.55); }",
    transparent: true,
    depthWrite: false,
  });
}

const VERTEX = /* glsl */ `
attribute vec4 surface;
varying vec3 vNormal;
varying float vCrease;
#ifdef SCANNER_COLOURS
attribute vec4 tint;
varying vec3 vTint;
#endif
#ifdef MAP
attribute float mapped;
varying float vMapped;
#endif
#ifdef CUT
uniform vec4 plane;
varying float vInFront;
#endif

void main() {
  // Normals are in mm and scans are never turned, so the grid's uneven steps must not bend them.
  vNormal = mat3(viewMatrix) * surface.xyz;
  vCrease = surface.w;
  #ifdef SCANNER_COLOURS
  vTint = tint.rgb;
  #endif
  #ifdef MAP
  vMapped = mapped;
  #endif
  #ifdef CUT
  // The plane is in grid steps like the vertices: an opened mouth does not move what it cuts.
  vInFront = dot(plane.xyz, position.xyz) + plane.w;
  #endif
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}
`;

const FRAGMENT = /* glsl */ `
uniform vec3 stone;
uniform float opacity;
varying vec3 vNormal;
varying float vCrease;
#ifdef SCANNER_COLOURS
varying vec3 vTint;
#endif
#ifdef CUT
varying float vInFront;
#endif
#ifdef MAP
varying float vMapped;
uniform float rangeMm;
uniform vec3 palette[5];

vec3 paletteAt(float share) {
  float at = clamp(share, 0.0, 1.0) * 4.0;
  vec3 low = at < 1.0 ? palette[0] : at < 2.0 ? palette[1] : at < 3.0 ? palette[2] : palette[3];
  vec3 high = at < 1.0 ? palette[1] : at < 2.0 ? palette[2] : at < 3.0 ? palette[3] : palette[4];
  return mix(low, high, at - min(floor(at), 3.0));
}
#endif

const vec3 KEY = vec3(-0.44, 0.66, 0.61);
const vec3 FILL = vec3(0.83, 0.06, 0.55);
const vec3 RIM = vec3(0.18, -0.86, 0.48);
const vec3 KEY_HALF = vec3(-0.25, 0.37, 0.90);

float lit(vec3 normal, vec3 light, float wrap) {
  return max(0.0, (dot(normal, light) + wrap) / (1.0 + wrap));
}

void main() {
  #ifdef CUT
  if (vInFront > 0.0) discard;
  #endif
  vec3 normal = normalize(vNormal);
  // Slivers in a fissure may be folded over; where the surface as a whole clearly faces the viewer or away, they do as well.
  float facing = normal.z > (gl_FrontFacing ? -0.5 : 0.05) ? 1.0 : -1.0;
  normal *= facing;
  #ifdef SCANNER_COLOURS
  vec3 base = pow(vTint, vec3(2.2));
  #else
  vec3 base = stone;
  #endif
  #ifdef CONTACTS
  if (vMapped <= rangeMm) base = paletteAt(0.5 + 0.5 * vMapped / rangeMm);
  #endif
  // Far beyond all depths: no value, or the border to where there is none.
  #ifdef UNDERCUT
  if (vMapped < 100.0) base = paletteAt(1.0 - vMapped / rangeMm);
  #endif
  #ifdef THICKNESS
  if (vMapped <= rangeMm) base = paletteAt(vMapped / rangeMm);
  #endif
  #ifdef DEVIATION
  if (vMapped < 2.5) base = paletteAt(0.5 + 0.5 * vMapped / rangeMm);
  #endif

  float key = lit(normal, KEY, 0.2);
  float fill = lit(normal, FILL, 0.35);
  float rim = lit(normal, RIM, 0.15);
  float head = max(0.0, normal.z);
  float sky = 0.5 + 0.5 * normal.y;
  vec3 light = mix(vec3(0.13, 0.12, 0.115), vec3(0.20, 0.21, 0.225), sky)
    + vec3(0.72, 0.70, 0.67) * key * key
    + vec3(0.13, 0.145, 0.17) * fill
    + vec3(0.07, 0.065, 0.06) * rim
    + vec3(0.22) * head;

  float crease = vCrease * facing;
  float hollow = smoothstep(0.03, 0.75, crease);
  float edge = smoothstep(0.06, 0.8, -crease);
  vec3 colour = base * light * (1.0 - 0.58 * hollow) * (1.0 + 0.16 * edge);
  colour += 0.045 * pow(max(0.0, dot(normal, KEY_HALF)), 24.0) * (1.0 - hollow);

  // The inside of the shell is shown as such: darker, without colour.
  if (facing < 0.0) colour = mix(vec3(dot(colour, vec3(0.3, 0.6, 0.1))), colour, 0.35) * 0.5;

  #ifdef GHOST
  float outline = 1.0 - abs(normal.z);
  gl_FragColor = vec4(colour * 1.15, mix(0.15, 0.72, outline * outline));
  #else
  gl_FragColor = vec4(colour, opacity);
  #endif
  #include <colorspace_fragment>
}
`;
