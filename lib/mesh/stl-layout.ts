/** Text of any kind (80 bytes), then the number of triangles. */
export const STL_HEADER_BYTES = 84;
/** Normal (three floats), three corners (nine floats), two bytes that some programs use for colours. */
export const STL_TRIANGLE_BYTES = 50;
