/** Steps along each axis: 10 bits, so that three axes fit one number. */
const STEPS = 1023;
const DIGIT_BITS = 10;
const DIGITS = 1 << DIGIT_BITS;

/**
 * The triangles in an order in which neighbours in space are neighbours in the list: by their centres along a Z-shaped curve
 * (Morton 1966).
 * @param positions x y z per vertex
 */
export function mortonOrder(positions: Float32Array, indices: Uint32Array): Uint32Array {
  const count = indices.length / 3;
  const { min, scale } = frameOf(positions);
  let codes = new Uint32Array(count);
  for (let triangle = 0; triangle < count; triangle++) {
    let code = 0;
    for (let axis = 0; axis < 3; axis++) {
      const sum =
        positions[indices[triangle * 3]! * 3 + axis]! +
        positions[indices[triangle * 3 + 1]! * 3 + axis]! +
        positions[indices[triangle * 3 + 2]! * 3 + axis]!;
      code |= spread(((sum / 3 - min[axis]!) * scale) | 0) << axis;
    }
    codes[triangle] = code;
  }
  let order = Uint32Array.from({ length: count }, (_, triangle) => triangle);
  for (let shift = 0; shift < 3 * DIGIT_BITS; shift += DIGIT_BITS) {
    [codes, order] = sortByDigit(codes, order, shift);
  }
  return order;
}

function frameOf(positions: Float32Array): { min: number[]; scale: number } {
  const min = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const max = min.map((value) => -value);
  for (let i = 0; i < positions.length; i += 3) {
    for (let axis = 0; axis < 3; axis++) {
      const value = positions[i + axis]!;
      if (value < min[axis]!) min[axis] = value;
      if (value > max[axis]!) max[axis] = value;
    }
  }
  const extent = Math.max(...max.map((value, axis) => value - min[axis]!));
  return { min, scale: extent > 0 ? STEPS / extent : 0 };
}

/** Two empty bits between every two of the ten. */
function spread(value: number): number {
  let bits = value & STEPS;
  bits = (bits | (bits << 16)) & 0x030000ff;
  bits = (bits | (bits << 8)) & 0x0300f00f;
  bits = (bits | (bits << 4)) & 0x030c30c3;
  return (bits | (bits << 2)) & 0x09249249;
}

/** One pass of a radix sort: stable, by one digit. */
function sortByDigit(
  codes: Uint32Array,
  order: Uint32Array,
  shift: number,
): [Uint32Array<ArrayBuffer>, Uint32Array<ArrayBuffer>] {
  const places = new Uint32Array(DIGITS);
  for (const code of codes) places[(code >>> shift) & (DIGITS - 1)]!++;
  let next = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const size = places[digit]!;
    places[digit] = next;
    next += size;
  }
  const sortedCodes = new Uint32Array(codes.length);
  const sortedOrder = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const to = places[(codes[i]! >>> shift) & (DIGITS - 1)]!++;
    sortedCodes[to] = codes[i]!;
    sortedOrder[to] = order[i]!;
  }
  return [sortedCodes, sortedOrder];
}
