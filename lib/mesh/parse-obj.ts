import { finishMesh } from "./finish-mesh.ts";
import { GrowingFloats, GrowingIndices } from "./growing-arrays.ts";
import { narrowPositions, type ParsedMesh } from "./mesh.ts";
import { ObjColours } from "./obj-colours.ts";
import { PolygonsToCut } from "./polygons-to-cut.ts";
import { readPlainPlace } from "./read-plain-place.ts";
import { readPlainTriangle } from "./read-plain-triangle.ts";
import { TextScanner, withoutTextEnd } from "./text-scanner.ts";

const LOWER_F = 0x66;
const LOWER_V = 0x76;
const HASH = 0x23;
const SLASH = 0x2f;
const BLANK = 0x20;
const BACKSLASH = 0x5c;
/** ZBrush writes vertex colours into comments. */
const POLYPAINT = "#mrgb";

/** What one triangle of a scanner's OBJ takes: about a line of vertex, normal and face each for two triangles. */
const TYPICAL_BYTES_PER_TRIANGLE = 60;

/**
 * Reads a Wavefront OBJ: `v x y z [w]`, `v x y z r g b [a]` (0-1 or 0-255), ZBrush's `#MRGB` colours, `f` with `a`, `a/b`,
 * `a//c`, `a/b/c`, relative (negative) numbers, polygons cut into triangles, any line ends. Normals, texture coordinates, groups
 * and materials are skipped.
 * @returns the mesh as the file has it, not welded
 * @throws MeshError naming the line
 */
export function parseObj(bytes: Uint8Array): ParsedMesh {
  return new ObjParser(bytes).parse();
}

class ObjParser {
  private readonly scanner: TextScanner;
  private readonly positions: GrowingFloats;
  private readonly indices: GrowingIndices;
  private readonly colours = new ObjColours();
  private readonly polygons = new PolygonsToCut();
  private readonly place = new Float64Array(3);
  private readonly corners = new Uint32Array(3);
  private tooFewCorners = 0;
  /** The highest vertex number seen in a face and where, because a face may come before its vertices. */
  private highest = -1;
  private highestAt = 0;

  constructor(bytes: Uint8Array) {
    this.scanner = new TextScanner(withoutTextEnd(bytes));
    const triangles = Math.ceil(bytes.length / TYPICAL_BYTES_PER_TRIANGLE);
    this.positions = new GrowingFloats(triangles * 1.6);
    this.indices = new GrowingIndices(triangles * 3);
  }

  parse(): ParsedMesh {
    const { scanner } = this;
    const { bytes } = scanner;
    scanner.skipByteOrderMark();
    while (scanner.skipSpace()) {
      const first = bytes[scanner.at];
      const second = bytes[scanner.at + 1];
      const isBlank = second === 0x20 || second === 0x09;
      if (first === LOWER_V && isBlank) this.readVertex();
      else if (first === LOWER_F && isBlank) this.readFace();
      else if (first === HASH) this.readComment();
      else scanner.skipLine();
    }
    const vertices = this.positions.length / 3;
    if (this.highest >= vertices) {
      throw scanner.error(
        "index_out_of_range",
        `A face names vertex ${this.highest + 1}, but the file has ${vertices}.`,
        this.highestAt,
      );
    }
    const positions = this.positions.view();
    const indices = this.indices.view();
    this.polygons.cut(positions, indices);
    const mesh = {
      positions: narrowPositions(positions),
      indices,
      colours: this.colours.finish(vertices),
    };
    return finishMesh(mesh, this.tooFewCorners, []);
  }

  private readVertex(): void {
    const { scanner, place } = this;
    scanner.at += 1;
    const end = readPlainPlace(scanner.bytes, scanner.at, place);
    if (end > 0) scanner.at = end;
    else for (let axis = 0; axis < 3; axis++) place[axis] = this.readCoordinate();
    this.positions.push3(place[0]!, place[1]!, place[2]!);
    if (this.moreOnLine()) this.readColour();
    scanner.skipLine();
  }

  private readCoordinate(): number {
    if (!this.moreOnLine()) {
      throw this.scanner.error("malformed", "A vertex should have three coordinates.");
    }
    return this.scanner.readNumber();
  }

  /** One more value is the rarely used weight; three or four are a colour. */
  private readColour(): void {
    const { scanner } = this;
    const first = scanner.readNumber();
    if (!this.moreOnLine()) return;
    const second = scanner.readNumber();
    if (!this.moreOnLine()) return;
    const third = scanner.readNumber();
    this.colours.note(this.positions.length / 3 - 1, first, second, third);
  }

  private readComment(): void {
    const { scanner } = this;
    if (scanner.startsWithWord(POLYPAINT)) {
      scanner.skipWord();
      if (scanner.skipBlanks()) this.colours.readPolypaint(scanner);
    }
    scanner.skipLine();
  }

  private readFace(): void {
    const { scanner } = this;
    scanner.at += 1;
    if (this.readTriangle()) return;
    let first = 0;
    let previous = 0;
    let corners = 0;
    while (this.moreOnLine()) {
      const vertex = this.readCorner();
      corners++;
      if (corners === 1) first = vertex;
      else if (corners > 2) this.indices.push3(first, previous, vertex);
      previous = vertex;
    }
    if (corners < 3) this.tooFewCorners++;
    this.polygons.note(this.indices, corners);
    scanner.skipLine();
  }

  /** @returns false, and nothing is read, where it is no plain one */
  private readTriangle(): boolean {
    const { scanner, corners } = this;
    const end = readPlainTriangle(scanner.bytes, scanner.at, corners);
    if (end === 0) return false;
    const [a, b, c] = [corners[0]! - 1, corners[1]! - 1, corners[2]! - 1];
    const highest = Math.max(a, b, c);
    if (highest > this.highest) this.noteHighest(highest, scanner.at);
    this.indices.push3(a, b, c);
    scanner.at = end;
    return true;
  }

  /** The vertex (from 0) of `a`, `a/b`, `a//c` or `a/b/c`. */
  private readCorner(): number {
    const { scanner } = this;
    const { bytes } = scanner;
    const start = scanner.at;
    const written = scanner.readInteger();
    const vertex = written > 0 ? written - 1 : this.positions.length / 3 + written;
    if (written === 0 || vertex < 0) {
      throw scanner.error("index_out_of_range", `A face names vertex ${written}, which does not exist.`, start);
    }
    if (vertex > this.highest) this.noteHighest(vertex, start);
    // Kept in a local: there are a million corners in a jaw.
    let { at } = scanner;
    let byte = bytes[at];
    if (byte === SLASH) while (byte! > BLANK && byte !== BACKSLASH) byte = bytes[++at];
    scanner.at = at;
    if (byte !== undefined && byte > BLANK && byte !== BACKSLASH)
      throw scanner.error("malformed", "A face has a corner that is no number.");
    return vertex;
  }

  /** Kept apart from the indices, which could not hold any number. */
  private noteHighest(vertex: number, at: number): void {
    const { scanner } = this;
    if (vertex >= scanner.bytes.length)
      throw scanner.error("index_out_of_range", `A face names vertex ${vertex + 1}, which does not exist.`, at);
    this.highest = vertex;
    this.highestAt = at;
  }

  /** Whether the line goes on: neither ended nor in a comment. A backslash at the end joins it with the next one. */
  private moreOnLine(): boolean {
    const { scanner } = this;
    while (scanner.skipBlanks()) {
      const byte = scanner.bytes[scanner.at];
      if (byte === HASH) return false;
      if (byte !== BACKSLASH) return true;
      scanner.skipLine();
      if (scanner.bytes[scanner.at - 1] === 0x0d && scanner.bytes[scanner.at] === 0x0a) scanner.at++;
    }
    return false;
  }
}
