/** A problem the person at the keyboard can mend: printed as it is, without a stack. */
export class StartProblem extends Error {
  override name = "StartProblem";
}
