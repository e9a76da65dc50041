import { check } from "../../provider/instance/check";
import { ownerOf } from "../../provider/lifecycle/claim";
import { datasourceOf, userAssignedIdentityOf } from "../../provider/dataProtection/backupInstance";
import type { Datasource } from "../../provider/dataProtection/datasource";
import { meaningOf, protectionStateOf } from "../../provider/dataProtection/protectionState";
import type { WireBackupInstance } from "../../provider/dataProtection/wire";
import { driftOf } from "../../provider/instance/drift";
import type { CheckedInputs, DeclaredInputs, InstanceOutputs } from "../../provider/instance/inputs";
import { outputsOf } from "../../provider/instance/outputs";
import { logicalNameOf } from "./resourceNames";

/** An instance that can be imported. */
export interface ImportedInstance {
  /** Name of the resource in the program. */
  logicalName: string;
  /** What the program declares; what follows from the rest is left out of it. */
  declaration: DeclaredInputs;
  /** What the state is to hold: the declaration as `check` completes it, and the states that `read` would find. */
  outputs: InstanceOutputs;
  /** What the next update would change, and who else has the instance; none when nothing speaks against the import. */
  warnings: string[];
}

/** An instance that cannot be imported. */
export interface SkippedInstance {
  instanceName: string;
  reason: string;
}

/** Works out how an instance of the service would be declared, and what the state of that declaration is. */
export function judge(vaultId: string, live: WireBackupInstance): ImportedInstance | SkippedInstance {
  const skipped = (reason: string): SkippedInstance => ({ instanceName: live.name, reason });
  const state = protectionStateOf(live);
  if (meaningOf(state) === "deleted") {
    return skipped(`it is being deleted (${state}); ${howToRecover}`);
  }
  const datasource = datasourceOf(live);
  if (datasource === undefined) {
    const { datasourceType } = live.properties.dataSourceInfo;
    return skipped(`it protects a ${datasourceType}, a kind of datasource that this package does not know`);
  }
  const parameters = unknownParameters(live);
  if (parameters !== undefined) {
    return skipped(`it is backed up by ${parameters}, which this package cannot declare`);
  }
  const declaration = declarationOf(vaultId, live, withoutEmptyValues(datasource));
  const { inputs, failures } = check({ ...declaration });
  if (failures.length > 0) {
    const problems = failures.map(({ property, reason }) => `${property} ${reason}`);
    return skipped(`it could not be declared like that: ${problems.join("; ")}`);
  }
  return {
    logicalName: logicalNameOf(live.name),
    declaration,
    outputs: outputsOf(inputs, live),
    warnings: warningsOf(live, inputs),
  };
}

function warningsOf(live: WireBackupInstance, inputs: CheckedInputs): string[] {
  const drift = driftOf(live, inputs);
  const owner = ownerOf(live);
  return [
    ...(drift ? [`${drift.difference}: the next \`pulumi up\` ${drift.remedy}`] : []),
    ...(owner === undefined ? [] : [ownedBy(owner)]),
  ];
}

function ownedBy(owner: string): string {
  return (
    `it belongs to stack ${owner}; unless that is the stack that you import into, take it out of there first with ` +
    "`pulumi state delete`, since each of two stacks would delete it with its own resource"
  );
}

/** What to do about an instance that the vault holds as a deleted one. */
export const howToRecover =
  "declare a BackupInstance of this name for the datasource, and `pulumi up` has it back with its recovery points";

/** Lists of containers, and automatic protection of all but some. */
const declarableParameters = /^(Adls)?BlobBackupDatasourceParameters(ForAutoProtection)?$/;

/** Parameters that choose what is backed up in another way, such as those that came with later api-versions. */
function unknownParameters({ properties: { policyInfo } }: WireBackupInstance): string | undefined {
  const lists = policyInfo.policyParameters?.backupDatasourceParametersList;
  return lists?.find(({ objectType }) => !declarableParameters.test(objectType))?.objectType;
}

/** Names are declared only where they differ from the default ones: Terraform's provider, for one, gives other friendly names. */
function declarationOf(vaultId: string, live: WireBackupInstance, datasource: Datasource): DeclaredInputs {
  const { friendlyName, policyInfo } = live.properties;
  const userAssignedIdentityId = userAssignedIdentityOf(live.properties);
  const declaration = { vaultId, policyId: policyInfo.policyId, datasource };
  const { inputs: defaults } = check(declaration);
  return {
    ...declaration,
    ...(live.name !== defaults.name && { name: live.name }),
    ...(friendlyName && friendlyName !== defaults.friendlyName && { friendlyName }),
    ...(userAssignedIdentityId !== undefined && { userAssignedIdentityId }),
  };
}

/** The service answers some of what was never set with null, as with `dataSourceSetInfo` in the recordings. */
function withoutEmptyValues(datasource: Datasource): Datasource {
  const entries = Object.entries(datasource).filter(([, value]) => value != null && value !== "");
  return Object.fromEntries(entries) as unknown as Datasource;
}
