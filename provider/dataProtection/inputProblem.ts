/** Something that is wrong with a declaration. */
export interface InputProblem {
  /** The property's path, as in `datasource.containers`. */
  property: string;
  /** Why, and what would be right. */
  reason: string;
}
