/** What the Pulumi host loads by the constant text in state: the life of a backup instance. */
export * from "./instance/verbs";
/** What protection rests on has a life of its own: vaults, policies, groups, role assignments. */
export * as foundation from "./prerequisites/verbs";
