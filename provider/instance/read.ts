import { isSameResourceId, parseResourceId } from "../azure/resourceId";
import { ReadLag, readAfterWrite } from "../azure/http/readLag";
import { TracedError } from "../azure/http/tracing";
import { datasourceOf, userAssignedIdentityOf, vaultIdOf } from "../dataProtection/backupInstance";
import { isSameSelection, selectionOf } from "../dataProtection/containers";
import type { Datasource } from "../dataProtection/datasource";
import { kindOf } from "../dataProtection/datasourceKinds";
import { explainFailure } from "../explain/explainFailure";
import type { Seen } from "../dataProtection/seen";
import type { WireBackupInstance } from "../dataProtection/wire";
import type { CheckedInputs, InstanceOutputs } from "./inputs";
import { outputsOf } from "./outputs";
import { isLeftBehind, wasNotCreated } from "./notCreated";
import type { Session } from "../host/session";
import { readDeadline } from "../host/session";

/** What `read` returns to the engine; without an id the instance is gone. */
export interface ReadResult {
  id?: string;
  props?: InstanceOutputs;
  inputs?: CheckedInputs;
}

/** Reads the instance as the service holds it, in the spelling of the state wherever both mean the same. */
export async function read(
  session: Session,
  id: string,
  state: Partial<InstanceOutputs>,
): Promise<ReadResult> {
  try {
    if (wasNotCreated(state) && !(await isLeftBehind(session, id, state, readDeadline(session)))) {
      return {};
    }
    const instance = await find(session, id);
    return instance === undefined ? {} : resultOf(id, instance, state);
  } catch (error) {
    const context = { ...state, vaultId: vaultIdOf(id) };
    throw new Error(explainFailure(`reading backup instance ${id}`, error, context), { cause: error });
  }
}

/** A write of an operation before this one may be fresh yet, so that the instance is not given up after one look. */
async function find(session: Session, id: string): Promise<Seen<WireBackupInstance> | undefined> {
  const { live, service } = session;
  const { clock } = service.client;
  const deadline = readDeadline(session);
  const lag = new ReadLag(clock, undefined, secondLooks);
  const look = async (): Promise<Seen<WireBackupInstance> | undefined> => live.find(id, deadline);
  return readAfterWrite(look, (found) => found !== undefined, { clock, deadline }, lag);
}

/** At a second and at three. */
const secondLooks = 2;

function resultOf(
  id: string,
  instance: Seen<WireBackupInstance>,
  state: Partial<InstanceOutputs>,
): ReadResult {
  const inputs = inputsOf(id, instance, state);
  const { protectionState: _state, provisioningState: _provisioning, ...kept } = { ...state, ...inputs };
  const { isUnfinished, failure: _failure, ...declared } = kept;
  return { id, inputs: declared, props: outputsOf(declared, instance, { isUnfinished }) };
}

function inputsOf(
  id: string,
  instance: Seen<WireBackupInstance>,
  state: Partial<InstanceOutputs>,
): CheckedInputs {
  const { name, properties } = instance;
  const datasource = datasourceOf(instance);
  const identityId = userAssignedIdentityOf(properties);
  if (datasource === undefined) {
    throw new TracedError(
      `reading backup instance ${id}: it protects a ${properties.dataSourceInfo.datasourceType}, a kind of datasource that ` +
        "this package does not know; remove it from the stack with `pulumi state delete`",
      instance.correlationId,
    );
  }
  return {
    vaultId: sameOr(state.vaultId, vaultIdOf(id)),
    policyId: sameOr(state.policyId, properties.policyInfo.policyId),
    datasource: state.datasource === undefined ? datasource : mergeDatasource(state.datasource, datasource),
    name: sameOr(state.name, name),
    friendlyName:
      properties.friendlyName ??
      state.friendlyName ??
      parseResourceId(kindOf(datasource).resourceId(datasource))?.name ??
      name,
    userAssignedIdentityId: identityId && sameOr(state.userAssignedIdentityId, identityId),
    backupInstanceId: sameOr(state.backupInstanceId, id),
  };
}

/** The service spells ids in its own way in places (`/resourcegroups/`, seen in the soft-delete recording). */
function sameOr(kept: string | undefined, actual: string): string {
  return kept !== undefined && isSameResourceId(kept, actual) ? kept : actual;
}

function mergeDatasource(kept: Datasource, actual: Datasource): Datasource {
  if (kept.kind !== actual.kind) {
    return actual;
  }
  const keptProperties = { ...kept } as Record<string, unknown>;
  const actualProperties = { ...actual } as Record<string, unknown>;
  const ids = Object.keys(kindOf(actual).resourceIdTypes).map((property) => [
    property,
    sameOr(keptProperties[property] as string | undefined, String(actualProperties[property])),
  ]);
  const isSame = isSameSelection(selectionOf(kept), selectionOf(actual));
  const { containers, autoProtection } = selectionOf(isSame ? kept : actual) ?? {};
  return { ...kept, ...Object.fromEntries(ids), containers, autoProtection } as Datasource;
}
