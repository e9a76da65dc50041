import type * as dataprotection from "@pulumi/azure-native/dataprotection";
import type { Policy } from "../../../components";
import { blobPolicies, blobPolicy, dataLakePolicy, diskPolicies, diskPolicy } from "../../../components";

const operationalStore = '{"dataStoreType":"OperationalStore","objectType":"DataStoreInfoBase"}';
const vaultStore = '{"dataStoreType":"VaultStore","objectType":"DataStoreInfoBase"}';
const defaultTag = '{"tagInfo":{"tagName":"Default","id":"Default_"},"taggingPriority":99,"isDefault":true}';

const deleteAfter = (duration: string): string =>
  `"deleteAfter":{"objectType":"AbsoluteDeleteOption","duration":"${duration}"}`;

const plainRetention = (store: string, duration: string, name: string, isDefault: boolean): string =>
  `{"lifecycles":[{${deleteAfter(duration)},"sourceDataStore":${store}}],"isDefault":${isDefault},"name":"${name}","objectType":"AzureRetentionRule"}`;

const blobRetention = (store: string, duration: string, name: string): string =>
  `{"lifecycles":[{${deleteAfter(duration)},"targetDataStoreCopySettings":[],"sourceDataStore":${store}}],"isDefault":true,"name":"${name}","objectType":"AzureRetentionRule"}`;

const backup = (type: string, schedule: string, tags: string, store: string, name: string): string =>
  `{"backupParameters":{"backupType":"${type}","objectType":"AzureBackupParams"},"trigger":{"schedule":${schedule},"taggingCriteria":[${tags}],"objectType":"ScheduleBasedTriggerContext"},"dataStore":${store},"name":"${name}","objectType":"AzureBackupRule"}`;

const dailyBackupOfBlobs = backup(
  "Discrete",
  '{"repeatingTimeIntervals":["R/2023-06-28T07:30:00+00:00/P1D"],"timeZone":"UTC"}',
  defaultTag,
  vaultStore,
  "BackupDaily",
);

const document = (rules: string[], datasourceType: string): string =>
  `{"policyRules":[${rules.join()}],"datasourceTypes":["${datasourceType}"],"objectType":"BackupPolicy"}`;

/**
 * What the service answered to the templates of `az dataprotection backup-policy get-default-policy-template` (recordings of
 * the Azure CLI's tests backup_policy_create_and_delete and backup_policy_manual, 2025-11, api-version 2025-07-01), and
 * the documents of Microsoft's REST articles, as text: the order of the properties counts.
 */
const templates: [name: string, policy: Policy, expected: string][] = [
  [
    "AzureDisk",
    diskPolicy({ every: "4 hours", keep: "7 days" }),
    document(
      [
        backup(
          "Incremental",
          '{"repeatingTimeIntervals":["R/2020-04-05T13:00:00+00:00/PT4H"]}',
          defaultTag,
          operationalStore,
          "BackupHourly",
        ),
        plainRetention(operationalStore, "P7D", "Default", true),
      ],
      "Microsoft.Compute/disks",
    ),
  ],
  [
    "AzureDisk with a rule for the first backup of a day",
    diskPolicy({ every: "6 hours", at: "05:30", keep: "P7D", daily: "P12D" }),
    document(
      [
        backup(
          "Incremental",
          '{"repeatingTimeIntervals":["R/2020-04-05T05:30:00+00:00/PT6H"]}',
          `${defaultTag},{"tagInfo":{"tagName":"Daily","id":"Daily_"},"taggingPriority":25,"isDefault":false,"criteria":[{"absoluteCriteria":["FirstOfDay"],"objectType":"ScheduleBasedBackupCriteria"}]}`,
          operationalStore,
          "BackupHourly",
        ),
        plainRetention(operationalStore, "P7D", "Default", true),
        plainRetention(operationalStore, "P12D", "Daily", false),
      ],
      "Microsoft.Compute/disks",
    ),
  ],
  [
    "AzureBlob",
    blobPolicy({ vaulted: { every: "1 day", keep: "7 days" } }),
    document(
      [blobRetention(vaultStore, "P7D", "Default"), dailyBackupOfBlobs],
      "Microsoft.Storage/storageAccounts/blobServices",
    ),
  ],
  [
    "AzureBlob with operational backup, whose rule Microsoft's tools name Default_OperationalStore since 2026-05",
    blobPolicy({ operational: { keep: "30 days" }, vaulted: { every: "1 day", keep: "7 days" } }),
    document(
      [
        blobRetention(operationalStore, "P30D", "Default_OperationalStore"),
        blobRetention(vaultStore, "P7D", "Default"),
        dailyBackupOfBlobs,
      ],
      "Microsoft.Storage/storageAccounts/blobServices",
    ),
  ],
  [
    "operational backup of blobs, from the REST article, under the name that Microsoft's tools require since 2026-05",
    blobPolicy({ operational: { keep: "30 days" } }),
    document(
      [plainRetention(operationalStore, "P30D", "Default_OperationalStore", true)],
      "Microsoft.Storage/storageAccounts/blobServices",
    ),
  ],
  [
    "AzureDataLakeStorage",
    dataLakePolicy({ every: "1 week", keep: "7 days" }),
    document(
      [
        backup(
          "Discrete",
          '{"repeatingTimeIntervals":["R/2023-03-26T13:00:00+00:00/P1W"],"timeZone":"UTC"}',
          defaultTag,
          vaultStore,
          "BackupWeekly",
        ),
        plainRetention(vaultStore, "P7D", "Default", true),
      ],
      "Microsoft.Storage/storageAccounts/adlsBlobServices",
    ),
  ],
];

describe("policies", () => {
  it.each(templates)("are the service's documents, byte for byte: %s", (_name, policy, expected) => {
    expect(JSON.stringify(policy.properties)).toBe(expected);
  });

  it("are what azure-native takes as the properties of a BackupPolicy", () => {
    const args: dataprotection.BackupPolicyArgs = {
      resourceGroupName: "estate",
      vaultName: "vault",
      properties: diskPolicies.everyFourHours.properties,
    };
    expect(args.properties).toBe(diskPolicies.everyFourHours.properties);
  });

  it("say for what and where they are", () => {
    const shape = ({ kind, dataStores }: Policy): unknown => [kind, dataStores];
    expect(shape(diskPolicies.daily)).toEqual(["disk", ["OperationalStore"]]);
    expect(shape(blobPolicies.operational)).toEqual(["blob", ["OperationalStore"]]);
    expect(shape(blobPolicies.vaulted)).toEqual(["blob", ["VaultStore"]]);
    expect(shape(blobPolicies.operationalAndVaulted)).toEqual(["blob", ["OperationalStore", "VaultStore"]]);
    expect(shape(dataLakePolicy({ every: "1 day", keep: "7 days" }))).toEqual(["dataLake", ["VaultStore"]]);
  });

  it("of one kind are not taken for another, as far as the compiler knows", () => {
    const takesDiskPolicy = (policy: Policy<"disk">): string => policy.kind;
    expect(takesDiskPolicy(diskPolicies.daily)).toBe("disk");
    // @ts-expect-error A blob policy is no disk policy.
    expect(takesDiskPolicy(blobPolicies.vaulted)).toBe("blob");
    // @ts-expect-error Five hours is no interval.
    expect(() => diskPolicy({ every: "5 hours", keep: "7 days" })).toThrow();
    // @ts-expect-error A retention has a unit.
    expect(() => diskPolicy({ every: "4 hours", keep: "7" })).toThrow();
  });
});
