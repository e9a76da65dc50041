/** What a management lock forbids: deletions, or every change. */
export type LockLevel = "CanNotDelete" | "ReadOnly";
