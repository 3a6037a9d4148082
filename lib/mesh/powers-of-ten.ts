/**
 * 10^0 … 10^22, the powers of ten that a double holds exactly: a whole number below 2^53 multiplied or divided by one of them is
 * rounded once, like the engine's own reading.
 */
export const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
