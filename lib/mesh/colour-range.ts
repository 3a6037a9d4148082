/** Values above this are no fractions: a file whose brightest value lies between 1 and 2 has fractions that were rounded upwards. */
const BRIGHTEST_FRACTION = 2;

/**
 * What colour values are multiplied with to reach 0-255: programs write fractions or bytes into the same places.
 * @param brightest the largest value of the file
 */
export function colourScale(brightest: number): number {
  return brightest > BRIGHTEST_FRACTION ? 1 : 255;
}

/** A colour value as a byte; what is not a number is 255, as if it were not there. */
export function toColourByte(value: number): number {
  return Number.isNaN(value) ? 255 : Math.max(0, Math.min(255, Math.round(value)));
}
