/** Something that is wrong with a declaration. */
export interface InputProblem {
  /** The property's path, as in `datasource.containers`; empty for what is wrong with the stack's configuration. */
  property: string;
  /** Why, and what would be right. */
  reason: string;
}
