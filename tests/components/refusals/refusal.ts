/** Arguments that are refused, as a program in JavaScript may give them. */
export type Refusal = [
  /** Path of the property that is wrong. */
  property: string,
  /** Those that make the difference to arguments with nothing wrong in them. */
  args: object,
  reason: RegExp,
];
