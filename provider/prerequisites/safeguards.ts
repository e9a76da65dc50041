import { asArray, asRecord, text } from "../azure/json";
import { isSameResourceId } from "../azure/resourceId";
import { canonical } from "./overlay";
import type { WireResource } from "./wireResource";

type Properties = WireResource["properties"];

/** A setting that keeps backups, or what protects them, from being lost. */
export interface Safeguard<Value = unknown> {
  /** By what people declare it. */
  property: string;
  /** Where it stands in the properties of the resource. */
  path: readonly string[];
  valueIn: (properties: Properties) => Value;
  /** Whether one value keeps less than another; of values without an order, whether they are other ones. */
  isWeaker: (one: Value, other: Value) => boolean;
  /** Whether Azure refuses to go from one value to another, for ever. */
  isFinal?: (from: Value, to: Value) => boolean;
  /** Whether Azure refuses another value as soon as the vault holds a backup. Such a setting has no default afterwards. */
  isFinalInUse?: boolean;
  /** What to declare to have a value, as a program spells it. */
  declare: (value: Value) => string;
}

/** A setting with values from the weakest to the strongest. */
function onScale(
  property: string,
  path: string[],
  {
    scale,
    unset,
    ...more
  }: { scale: string[]; unset: string } & Partial<Safeguard<string>> & Pick<Safeguard<string>, "declare">,
): Safeguard<string> {
  const rank = (value: string): number =>
    scale.findIndex((known) => known.toLowerCase() === value.toLowerCase());
  return {
    property,
    path,
    valueIn: (properties) => text(valueAt(properties, path)) ?? unset,
    isWeaker: (one, other) =>
      rank(one) === -1 || rank(other) === -1 ? !isSameText(one, other) : rank(one) < rank(other),
    ...more,
  };
}

const softDeletePath = ["securitySettings", "softDeleteSettings"];
const forGood = 'acknowledge: "this cannot be undone"';

/**
 * What keeps the backups of a vault from being lost. Where two settings are declared by one property, the later one is what
 * people are told.
 */
export const vaultSafeguards = [
  {
    property: "softDelete",
    path: [...softDeletePath, "retentionDurationInDays"],
    valueIn: (properties): SoftDelete => {
      const settings = asRecord(valueAt(properties, softDeletePath));
      const state = text(settings.state) ?? "Off";
      const { retentionDurationInDays: days } = settings;
      return { state, days: isSameText(state, "Off") ? 0 : typeof days === "number" ? days : 14 };
    },
    isWeaker: (one, other) => one.days < other.days,
    declare: ({ state, days }) => softDeleteText(state, days),
  } satisfies Safeguard<SoftDelete>,
  onScale("softDelete", [...softDeletePath, "state"], {
    scale: ["Off", "On", "AlwaysOn"],
    unset: "Off",
    isFinal: (from, to) => isSameText(from, "AlwaysOn") && !isSameText(to, "AlwaysOn"),
    declare: (state) => softDeleteText(state),
  }),
  onScale("immutability.state", ["securitySettings", "immutabilitySettings", "state"], {
    scale: ["Disabled", "Unlocked", "Locked"],
    unset: "Disabled",
    isFinal: (from, to) => isSameText(from, "Locked") && !isSameText(to, "Locked"),
    declare: (state) =>
      isSameText(state, "Locked")
        ? `immutability: { state: "locked", ${forGood} }`
        : `immutability: { state: "${state.toLowerCase()}" }`,
  }),
  onScale("crossRegionRestore", ["featureSettings", "crossRegionRestoreSettings", "state"], {
    scale: ["Disabled", "Enabled"],
    unset: "Disabled",
    isFinal: (from, to) => isSameText(from, "Enabled") && !isSameText(to, "Enabled"),
    declare: (state) => `crossRegionRestore: ${isSameText(state, "Enabled")}`,
  }),
  onScale(
    "alertsForFailedJobs",
    ["monitoringSettings", "azureMonitorAlertSettings", "alertsForAllJobFailures"],
    {
      scale: ["Disabled", "Enabled"],
      unset: "Enabled",
      declare: (state) => `alertsForFailedJobs: ${isSameText(state, "Enabled")}`,
    },
  ),
  onScale("redundancy", ["storageSettings"], {
    scale: ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"],
    unset: "GeoRedundant",
    valueIn: (properties) => redundancyIn(properties) ?? "GeoRedundant",
    isFinalInUse: true,
    declare: (redundancy) => `redundancy: "${redundancy}"`,
  }),
  {
    property: "encryption",
    path: ["securitySettings", "encryptionSettings"],
    valueIn: encryptionIn,
    isWeaker: (one, other) =>
      one?.keyUri !== other?.keyUri || !isSameResourceId(one?.identityId ?? "", other?.identityId ?? ""),
    isFinal: (from, to) =>
      from !== undefined && (to === undefined || from.infrastructure !== to.infrastructure),
    declare: (encryption) =>
      `encryption: ${encryption === undefined ? "undefined" : encryptionText(encryption)}`,
  } satisfies Safeguard<Encryption | undefined>,
] as Safeguard[];

/** The guard that watches over a vault. */
export const bindingSafeguards = [
  {
    property: "resourceGuardId",
    path: ["resourceGuardResourceId"],
    valueIn: (properties) => text(properties?.resourceGuardResourceId),
    isWeaker: (one, other) => other !== undefined && !isSameResourceId(one ?? "", other),
    declare: (id) => `resourceGuardId: "${id}"`,
  } satisfies Safeguard<string | undefined>,
] as Safeguard[];

/** For how long a policy has backups kept. */
export const policySafeguards = [
  {
    property: "keep",
    path: ["policyRules"],
    valueIn: retentionsIn,
    isWeaker: (one, other) =>
      Object.entries(other).some(([lifecycle, duration]) => daysOf(one[lifecycle]) < daysOf(duration)),
    declare: (retentions) => `a policy that keeps backups for ${Object.values(retentions).join(", ")}`,
  } satisfies Safeguard<Record<string, string>>,
] as Safeguard[];

interface SoftDelete {
  state: string;
  /** For how long deleted backups can be had back: 0 where they cannot. */
  days: number;
}

function softDeleteText(state: string, days?: number): string {
  const known: Record<string, string> = { off: '"off"', on: '"on"', alwayson: `"alwaysOn", ${forGood}` };
  const retention = days === undefined || days === 0 ? "" : `, retentionInDays: ${days}`;
  return `softDelete: { state: ${known[state.toLowerCase()] ?? `"${state}"`}${retention} }`;
}

interface Encryption {
  keyUri: string;
  identityId: string | undefined;
  infrastructure: string;
}

function encryptionIn(properties: Properties): Encryption | undefined {
  const settings = asRecord(valueAt(properties, ["securitySettings", "encryptionSettings"]));
  const keyUri = text(asRecord(settings.keyVaultProperties).keyUri);
  return keyUri === undefined
    ? undefined
    : {
        keyUri,
        identityId: text(asRecord(settings.kekIdentity).identityId),
        infrastructure: text(settings.infrastructureEncryption) ?? "Disabled",
      };
}

function encryptionText({ keyUri, identityId, infrastructure }: Encryption): string {
  const identity = identityId === undefined ? "" : `, userAssignedIdentityId: "${identityId}"`;
  const twice = isSameText(infrastructure, "Enabled") ? ", infrastructureEncryption: true" : "";
  return `{ keyUri: "${keyUri}"${identity}${twice} }`;
}

function redundancyIn(properties: Properties): string | undefined {
  const ofVaultStore = asArray(properties?.storageSettings)
    .map(asRecord)
    .find(({ datastoreType }) => isSameText(text(datastoreType) ?? "", "VaultStore"));
  return text(ofVaultStore?.type);
}

/** The durations of a policy, by rule and store. */
function retentionsIn(properties: Properties): Record<string, string> {
  const lifecycles = asArray(properties?.policyRules)
    .map(asRecord)
    .flatMap(({ name, lifecycles: ofRule }) =>
      asArray(ofRule)
        .map(asRecord)
        .map(({ deleteAfter, sourceDataStore }) => [
          canonical([name, asRecord(sourceDataStore).dataStoreType]).toLowerCase(),
          text(asRecord(deleteAfter).duration) ?? "",
        ]),
    );
  return Object.fromEntries(lifecycles) as Record<string, string>;
}

const daysPerUnit: Record<string, number> = { D: 1, W: 7, M: 30, Y: 365 };

/** `P7D`, `P12M`: policies know whole units only. */
function daysOf(duration: string | undefined): number {
  const [, count, unit] = /^P(\d+)([DWMY])$/.exec(duration ?? "") ?? [];
  return Number(count ?? 0) * (daysPerUnit[unit ?? ""] ?? 0);
}

/** The value at a path of a document. */
export function valueAt(document: unknown, path: readonly string[]): unknown {
  return path.reduce((part, key) => asRecord(part)[key], document);
}

/** A document that says one value. */
export function only(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, key) => ({ [key]: inner }), value);
}

function isSameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
