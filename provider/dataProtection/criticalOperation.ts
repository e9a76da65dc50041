import { isNotFound } from "../azure/http/errors";
import type { Refusal } from "./refusals";
import { isRefusal } from "./refusals";
import type { CriticalOperation, GuardApproval } from "./resourceGuard";
import { approvalFor } from "./resourceGuard";
import type { DataProtectionService } from "./service";
import type { VaultSafeguards } from "./vaultSafeguards";
import type { Waiting } from "./waiting";

/** What was refused that may cost backups, and what the vault has against losing them. */
export interface RefusedOperation {
  operations: readonly CriticalOperation[];
  safeguards: VaultSafeguards;
  /** The approval of the guard that was named, if any was. */
  approval?: GuardApproval;
}

/** A refusal of what may cost backups. */
export class SafeguardedError extends Error {
  override readonly name = "SafeguardedError";

  constructor(
    readonly refusal: Refusal,
    readonly refused: RefusedOperation,
  ) {
    super(refusal.message, { cause: refusal });
  }
}

/** Something that may cost backups, and where. */
interface Critical {
  service: DataProtectionService;
  vaultId: string;
  /** What it is, given what the vault has against losing them. */
  operations: (safeguards: VaultSafeguards) => readonly CriticalOperation[];
  /** Whether there is a place for the approval of a guard in what is asked. */
  canNameApprovals: boolean;
}

/** Asks the service for it, with the guard's approval if there is one. */
type Run<Result> = (approval?: GuardApproval) => Promise<Result>;

/**
 * Does what may cost backups. It is asked for as if nothing stood in the way. What a vault answers where
 * something does is on no record, so the vault's settings are read after a refusal, whatever it says. Where a Resource Guard
 * watches over the operation, it is asked for once more, with the guard's approval.
 *
 * @throws {@link SafeguardedError} when it is refused in the end.
 */
export async function runCritical<Result>(
  critical: Critical,
  run: Run<Result>,
  waiting: Waiting,
): Promise<Result> {
  try {
    return await run();
  } catch (refusal) {
    if (!mayBeOfVault(refusal)) {
      throw refusal;
    }
    return runAfter(refusal, critical, run, waiting);
  }
}

async function runAfter<Result>(
  refusal: Refusal,
  { service, vaultId, operations: operationsOf, canNameApprovals }: Critical,
  run: Run<Result>,
  { deadline, showProgress }: Waiting,
): Promise<Result> {
  // What keeps us from reading the settings matters to nobody: the refusal is what people must know.
  const safeguards = await service.findSafeguards(vaultId, deadline).catch(() => undefined);
  if (safeguards === undefined) {
    throw refusal;
  }
  const { guard } = safeguards;
  const operations = operationsOf(safeguards);
  const approval = guard && approvalFor(operations, vaultId, guard);
  if (approval === undefined || !canNameApprovals) {
    throw new SafeguardedError(refusal, { operations, safeguards });
  }
  showProgress(`asking for the approval of Resource Guard ${guard?.id}`);
  try {
    return await run(approval);
  } catch (again) {
    if (isNotFound(again)) {
      // The guard is unbound by now, or the vault is gone: the plain question tells which.
      return run();
    }
    throw isRefusal(again) ? new SafeguardedError(again, { operations, safeguards, approval }) : again;
  }
}

/** Refusals of Resource Manager itself, to which the vault's settings have nothing to add. */
const ownCodes = new Set(["AuthorizationFailed", "ScopeLocked", "RequestDisallowedByPolicy"]);

function mayBeOfVault(error: unknown): error is Refusal {
  return isRefusal(error) && !isNotFound(error) && !ownCodes.has(error.body.code);
}
