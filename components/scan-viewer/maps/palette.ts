/**
 * Viridis (van der Walt and Smith 2015): even steps of lightness, told apart with every kind of colour vision. From deep to
 * far; the same stops are in the shader.
 */
export const PALETTE = ["#440154", "#3b528b", "#21918c", "#5ec962", "#fde725"] as const;

/**
 * From missing to standing out, nothing in the middle: blue and orange are told apart with every kind of colour vision, and both
 * ends are darker than the middle.
 */
export const DIVERGING = ["#1d4f91", "#7fb2e0", "#f1eee4", "#efa25a", "#a63a0c"] as const;

/** The legend's bar, from the left end of the palette to the right. */
export const paletteGradient = `linear-gradient(to right, ${PALETTE.join(", ")})`;

export const divergingGradient = `linear-gradient(to right, ${DIVERGING.join(", ")})`;
