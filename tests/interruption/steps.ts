/** Requests that the emulator sees, by method and path. */
export interface RequestPattern {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: RegExp;
}

/** A point at which a run is interrupted: while a request of the provider is under way. */
export interface Step {
  name: string;
  /** The request: the first such one, or the first one after the request of `after`. */
  at: RequestPattern;
  /** A request before it, and how long the service works on what that began until the interruption, in milliseconds. */
  after?: { request: RequestPattern; workedForInMs: number };
  /** Whether the service acts upon the request before it all ends. @default false */
  isActedUpon?: true;
  /** Whether the engine is creating then; by default it is in a create and a recovery. */
  isCreating?: boolean;
  /** Whether the vault has no roles until it all ends. @default false */
  isWithoutRoles?: true;
}

/**
 * What is interrupted. A recovery is the create of an instance that the vault holds as soft-deleted; a replacement deletes the
 * instance of one vault and then makes that of another.
 */
export const operationNames = ["create", "update", "delete", "recovery", "replacement"] as const;
export type OperationName = (typeof operationNames)[number];

const instance = /\/backupInstances\/[^/]+$/;
const token: RequestPattern = { method: "POST", path: /\/token$/ };
const listing: RequestPattern = { method: "GET", path: /\/backupInstances$/ };
const vault: RequestPattern = { method: "GET", path: /\/backupVaults\/[^/]+$/ };
const validation: RequestPattern = { method: "POST", path: /\/validateForBackup$/ };
const changeValidation: RequestPattern = { method: "POST", path: /\/validateForModifyBackup$/ };
const put: RequestPattern = { method: "PUT", path: instance };
const deletion: RequestPattern = { method: "DELETE", path: instance };
const deletedListing: RequestPattern = { method: "GET", path: /\/deletedBackupInstances$/ };
const deletedLook: RequestPattern = { method: "GET", path: /\/deletedBackupInstances\/[^/]+$/ };
const undeletion: RequestPattern = { method: "POST", path: /\/undelete$/ };
const resumption: RequestPattern = { method: "POST", path: /\/resumeProtection$/ };
const look: RequestPattern = { method: "GET", path: instance };
const poll: RequestPattern = { method: "GET", path: /\/operation(Status|Results)\// };

/** Times at the pace of these tests, a thousandth of the service's own (emulator/pace.ts). */
const notAtAll = 0;
const untilValidated = 20;
/** The operation of a PUT takes 1 ms, and protection is configured 30 ms later, or updated 5 ms later. */
const untilAccepted = 2;
const untilDeleted = 20;
const untilResumed = 50;

const signingIn: Step = { name: "signing in", at: token };
const lookingAtTheVault: Step = { name: "looking at the vault's instances", at: listing };
const putting: readonly Step[] = [
  { name: "PUT sent, not received", at: put },
  { name: "PUT accepted, not answered", at: put, isActedUpon: true },
  waitingFor("the PUT", put),
  { name: "waiting for protection", at: look, after: { request: put, workedForInMs: untilAccepted } },
];

function waitingFor(what: string, request: RequestPattern): Step {
  return { name: `waiting for ${what}`, at: poll, after: { request, workedForInMs: notAtAll } };
}

/** Every request of each operation, before and after the service acts where that makes a difference. */
export const steps: Readonly<Record<OperationName, readonly Step[]>> = {
  create: [
    signingIn,
    lookingAtTheVault,
    { name: "asking for the vault's region", at: vault },
    { name: "validating", at: validation },
    waitingFor("the validation", validation),
    {
      name: "waiting for roles",
      at: validation,
      after: { request: poll, workedForInMs: untilValidated },
      isWithoutRoles: true,
    },
    ...putting,
  ],
  update: [
    signingIn,
    lookingAtTheVault,
    { name: "validating the change", at: changeValidation },
    waitingFor("the validation", changeValidation),
    ...putting,
  ],
  delete: [
    signingIn,
    lookingAtTheVault,
    { name: "DELETE sent, not received", at: deletion },
    { name: "DELETE accepted, not answered", at: deletion, isActedUpon: true },
    waitingFor("the deletion", deletion),
    {
      name: "asking until when it can be had back",
      at: deletedLook,
      after: { request: deletion, workedForInMs: untilDeleted },
    },
  ],
  replacement: [
    { name: "DELETE accepted, not answered", at: deletion, isActedUpon: true },
    waitingFor("the deletion", deletion),
    { name: "between deletion and creation", at: validation, isCreating: true },
    { name: "PUT accepted, not answered", at: put, isActedUpon: true, isCreating: true },
  ],
  recovery: [
    { name: "looking for the deleted instance", at: deletedListing },
    { name: "undelete sent, not received", at: undeletion },
    { name: "undelete accepted, not answered", at: undeletion, isActedUpon: true },
    { name: "resume sent, not received", at: resumption },
    { name: "resume accepted, not answered", at: resumption, isActedUpon: true },
    waitingFor("the resumption", resumption),
    {
      name: "waiting for protection",
      at: look,
      after: { request: resumption, workedForInMs: untilResumed },
    },
  ],
};
