/** On which part of a triangle a point lies: a corner, an edge (named by its corners), or inside. */
export const PART = { a: 0, b: 1, c: 2, ab: 3, bc: 4, ca: 5, face: 6 } as const;

/** The point of a triangle that is closest to another one. Reused: a query makes no garbage. */
export class ClosestOnTriangle {
  x = 0;
  y = 0;
  z = 0;
  squared = 0;
  part: number = PART.face;

  /**
   * Finds it by the regions around the triangle (Ericson, Real-Time Collision Detection, §5.1.5), in double precision.
   * @param corners x y z of a, b, c from `at` on
   * @param limit squared: what is not nearer leaves everything as it is
   * @returns whether it is nearer
   */
  find(px: number, py: number, pz: number, corners: Float32Array, at: number, limit: number): boolean {
    const ax = corners[at]!;
    const ay = corners[at + 1]!;
    const az = corners[at + 2]!;
    const ux = corners[at + 3]! - ax;
    const uy = corners[at + 4]! - ay;
    const uz = corners[at + 5]! - az;
    const vx = corners[at + 6]! - ax;
    const vy = corners[at + 7]! - ay;
    const vz = corners[at + 8]! - az;
    const apx = px - ax;
    const apy = py - ay;
    const apz = pz - az;
    const d1 = ux * apx + uy * apy + uz * apz;
    const d2 = vx * apx + vy * apy + vz * apz;
    const uu = ux * ux + uy * uy + uz * uz;
    const uv = ux * vx + uy * vy + uz * vz;
    const vv = vx * vx + vy * vy + vz * vz;
    const d3 = d1 - uu;
    const d4 = d2 - uv;
    const d5 = d1 - uv;
    const d6 = d2 - vv;
    const ofA = d3 * d6 - d5 * d4;
    const ofB = d5 * d2 - d1 * d6;
    const ofC = d1 * d4 - d3 * d2;
    let s = 0;
    let t = 0;
    let part = 0;
    if (d1 <= 0 && d2 <= 0) part = PART.a;
    else if (d3 >= 0 && d4 <= d3) {
      part = PART.b;
      s = 1;
    } else if (d6 >= 0 && d5 <= d6) {
      part = PART.c;
      t = 1;
    } else if (ofC <= 0 && d1 >= 0 && d3 <= 0) {
      part = PART.ab;
      s = d1 / (d1 - d3);
    } else if (ofB <= 0 && d2 >= 0 && d6 <= 0) {
      part = PART.ca;
      t = d2 / (d2 - d6);
    } else if (ofA <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
      part = PART.bc;
      t = (d4 - d3) / (d4 - d3 + d5 - d6);
      s = 1 - t;
    } else {
      part = PART.face;
      const sum = ofA + ofB + ofC;
      s = ofB / sum;
      t = ofC / sum;
    }
    const x = ax + s * ux + t * vx;
    const y = ay + s * uy + t * vy;
    const z = az + s * uz + t * vz;
    const squared = (px - x) * (px - x) + (py - y) * (py - y) + (pz - z) * (pz - z);
    // A triangle without area may give no number, which is not nearer either.
    if (!(squared < limit)) return false;
    this.x = x;
    this.y = y;
    this.z = z;
    this.squared = squared;
    this.part = part;
    return true;
  }
}
