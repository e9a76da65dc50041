import { instanceIdOf, instanceNameOf } from "../../provider/instance/instanceName";
import { otherTenantId, otherTenantSubscriptionId } from "../../emulator";
import type { EmulatorControl, Exchange } from "../../emulator";
import type { AxiosInstance } from "axios";
import type { Estate } from "../wire/estate";
import { signIn } from "../wire/signIn";
import type { Stage } from "../wire/stage";

const apiVersion = "2025-07-01";
const home = "westeurope";

/** At the pace of these tests a role counts after twenty milliseconds; the clock is put forward by more. */
const rolePropagationInMs = 50;

const guardsOfOtherTenant = `/subscriptions/${otherTenantSubscriptionId}/resourceGroups/guards`;

/** How the place of a scenario differs from a plain one. */
export interface SiteOptions {
  softDelete?: "Off" | "On";
  immutability?: "Unlocked" | "Locked";
  hasIdentity?: boolean;
  /** Region of disk and account; the vault is in westeurope. */
  region?: string;
  accountKind?: { kind: string; isHnsEnabled?: boolean };
  /** Whether the vault's identity has the roles that it needs. */
  isGranted?: boolean;
  /** Where the guard lives that {@link Site.guard} makes. */
  isGuardInOtherTenant?: boolean;
}

/** What a vault shows of itself. */
export interface SeenVault {
  properties: Record<string, unknown>;
  tags?: Record<string, string>;
}

/** The place of one scenario, shared with no other: a vault with policies, a disk, and an account with two containers. */
export class Site {
  readonly vaultId: string;
  readonly otherVaultId: string;
  readonly diskId: string;
  readonly accountId: string;
  readonly snapshotsId: string;
  readonly instanceId: string;
  readonly guardId: string;
  readonly #hooks: { path: RegExp; act: () => void }[] = [];

  private constructor(
    private readonly stage: Pick<Stage, "emulator" | "estate">,
    private readonly http: AxiosInstance,
    readonly name: string,
    readonly options: SiteOptions,
  ) {
    const { groupId, snapshotResourceGroupId } = stage.estate;
    this.vaultId = `${groupId}/providers/Microsoft.DataProtection/backupVaults/vault-${name}`;
    this.otherVaultId = `${this.vaultId}-other`;
    this.diskId = `${groupId}/providers/Microsoft.Compute/disks/disk-${name}`;
    this.accountId = `${groupId}/providers/Microsoft.Storage/storageAccounts/account${name}`;
    this.snapshotsId = snapshotResourceGroupId;
    this.instanceId = instanceIdOf(this.vaultId, instanceNameOf(this.diskId));
    const guardGroupId = options.isGuardInOtherTenant ? guardsOfOtherTenant : groupId;
    this.guardId = `${guardGroupId}/providers/Microsoft.DataProtection/resourceGuards/guard-${name}`;
  }

  /** Builds the place; nothing is protected yet. */
  static async build(
    stage: Pick<Stage, "emulator" | "estate">,
    name: string,
    options: SiteOptions = {},
  ): Promise<Site> {
    const site = new Site(stage, await signIn(stage.emulator), name, options);
    await site.estate.putDisk(site.diskId, options.region);
    await site.#putAccount();
    await stage.estate.copyVault(site.vaultId);
    const principalId = await site.putVault(options);
    if (options.isGranted !== false && principalId !== undefined) {
      await site.#grant(principalId);
    }
    return site;
  }

  get control(): EmulatorControl {
    return this.stage.emulator.control;
  }

  get estate(): Estate {
    return this.stage.estate;
  }

  /** Id of the instance of the account. */
  get blobInstanceId(): string {
    return instanceIdOf(this.vaultId, instanceNameOf(this.accountId));
  }

  /** What a program declares that protects the disk. */
  diskBackup(changes: object = {}): object {
    const datasource = this.diskIn(this.snapshotsId);
    return { vaultId: this.vaultId, policyId: this.policyId("disk"), datasource, ...changes };
  }

  /** A disk as a datasource, with its snapshots in a resource group. */
  diskIn(snapshotResourceGroupId: string, diskId = this.diskId): object {
    return { kind: "disk", diskId, snapshotResourceGroupId, location: this.options.region ?? home };
  }

  /** What a program declares that protects the account: vaulted if it names containers, operational if not. */
  blobBackup(containers?: string[], changes: object = {}): object {
    const policyId = this.policyId(containers === undefined ? "blob-operational" : "blob-vaulted");
    const datasource = {
      kind: "blob",
      storageAccountId: this.accountId,
      containers,
      location: this.options.region ?? home,
    };
    return { vaultId: this.vaultId, policyId, datasource, ...changes };
  }

  policyId(
    name: "disk" | "disk-four-hourly" | "blob-operational" | "blob-vaulted" | "blob-shorter" | "none",
  ): string {
    return `${this.vaultId}/backupPolicies/${name}`;
  }

  /** Writes a vault again, with other settings. Returns the principal id of its identity, if it has one. */
  async putVault(
    { softDelete = "Off", immutability, hasIdentity = true }: SiteOptions,
    vaultId = this.vaultId,
  ): Promise<string | undefined> {
    const vault = await this.put(vaultId, {
      location: home,
      identity: { type: hasIdentity ? "SystemAssigned" : "None" },
      properties: {
        storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
        securitySettings: {
          softDeleteSettings: { state: softDelete, retentionDurationInDays: 14 },
          ...(immutability === undefined ? {} : { immutabilitySettings: { state: immutability } }),
        },
      },
    });
    return (vault as { identity?: { principalId?: string } }).identity?.principalId;
  }

  /** Gives the vault's identity its roles, which count at once. */
  async grant(): Promise<void> {
    await this.#grant((await this.putVault(this.options)) ?? "");
  }

  /** Another vault, granted too, that could protect the same disk. */
  async putOtherVault(): Promise<void> {
    await this.estate.copyVault(this.otherVaultId);
    await this.#grant((await this.putVault({}, this.otherVaultId)) ?? "");
  }

  /** A second disk beside the first, granted too. Returns its id. */
  async putOtherDisk(): Promise<string> {
    const diskId = `${this.diskId}-other`;
    await this.estate.putDisk(diskId, this.options.region);
    await this.estate.grantOn(diskId, "diskReader", (await this.putVault(this.options)) ?? "");
    this.control.advance(rolePropagationInMs);
    return diskId;
  }

  /**
   * Puts a Resource Guard in front of the vault.
   *
   * @param exclusions - The operations that it does not watch over.
   */
  async guard(exclusions: string[] = []): Promise<void> {
    const tenantId = this.options.isGuardInOtherTenant ? otherTenantId : undefined;
    const owner = await signIn(this.stage.emulator, tenantId);
    const auxiliary = String(owner.defaults.headers.common.Authorization);
    const params = { "api-version": apiVersion };
    if (tenantId !== undefined) {
      await owner.put(guardsOfOtherTenant, { location: home }, { params: { "api-version": "2024-03-01" } });
    }
    const properties = { vaultCriticalOperationExclusionList: exclusions };
    await owner.put(this.guardId, { location: home, properties }, { params });
    await this.http.put(
      `${this.vaultId}/backupResourceGuardProxies/DppResourceGuardProxy`,
      { properties: { resourceGuardResourceId: this.guardId } },
      { params, headers: { "x-ms-authorization-auxiliary": auxiliary } },
    );
  }

  /** Has the guard let the instance of the disk be deleted, as an interrupted run would have left it. */
  async unlockDeletion(): Promise<void> {
    await this.http.post(
      `${this.vaultId}/backupResourceGuardProxies/DppResourceGuardProxy/unlockDelete`,
      {
        resourceGuardOperationRequests: [`${this.guardId}/deleteBackupInstanceRequests/default`],
        resourceToBeDeleted: this.instanceId,
      },
      { params: { "api-version": apiVersion } },
    );
  }

  /** A policy like the vaulted one, but for the time that it keeps backups. */
  async putShorterPolicy(): Promise<void> {
    const { data } = await this.http.get<{ properties: object }>(this.policyId("blob-vaulted"), {
      params: { "api-version": apiVersion },
    });
    const properties = JSON.parse(JSON.stringify(data.properties).replace("P7D", "P3D")) as object;
    await this.put(this.policyId("blob-shorter"), { properties });
  }

  /** The body of one of the vault's policies, for another vault. */
  async policyBody(name: Parameters<Site["policyId"]>[0]): Promise<object> {
    const { data } = await this.http.get<{ properties: object }>(this.policyId(name), {
      params: { "api-version": apiVersion },
    });
    return { properties: data.properties };
  }

  async put(id: string, body: object): Promise<unknown> {
    return this.estate.put(id, apiVersion, body);
  }

  /** A resource as the service shows it to somebody else; `undefined` when it is not there. */
  async find(id: string): Promise<unknown> {
    const { data, status } = await this.http.get<unknown>(id, {
      params: { "api-version": apiVersion },
      validateStatus: () => true,
    });
    return status === 200 ? data : undefined;
  }

  /** The protection state of an instance as the service tells it to somebody else; `undefined` when it is not there. */
  async stateOf(instanceId: string): Promise<string | undefined> {
    const { data } = await this.http.get<{ properties?: { currentProtectionState?: string } }>(instanceId, {
      params: { "api-version": apiVersion },
      validateStatus: () => true,
    });
    return data.properties?.currentProtectionState;
  }

  /** The stack that an instance says that it belongs to. */
  async tagOf(instanceId: string): Promise<string | undefined> {
    const { data } = await this.http.get<{ tags?: Record<string, string> }>(instanceId, {
      params: { "api-version": apiVersion },
      validateStatus: () => true,
    });
    return data.tags?.["pulumi-stack"];
  }

  /** The protection state of every instance of both vaults, by its id, as the service tells it to somebody else. */
  async protectionStates(): Promise<Record<string, string>> {
    const listed = await Promise.all(
      [this.vaultId, this.otherVaultId].map(async (vaultId) => {
        const { data } = await this.http.get<{
          value?: { id: string; properties: { currentProtectionState: string } }[];
        }>(`${vaultId}/backupInstances`, {
          params: { "api-version": apiVersion },
          validateStatus: () => true,
        });
        return data.value ?? [];
      }),
    );
    return Object.fromEntries(
      listed.flat().map(({ id, properties }) => [id, properties.currentProtectionState]),
    );
  }

  /** The vault that a resource is or lies in, as the service tells it to somebody else; `undefined` when it is not there. */
  async vaultOf(resourceId: string): Promise<SeenVault | undefined> {
    const vaultId = /^.*\/backupVaults\/[^/]+/.exec(resourceId)?.[0] ?? this.vaultId;
    const { data, status } = await this.http.get<SeenVault>(vaultId, {
      params: { "api-version": apiVersion },
      validateStatus: () => true,
    });
    return status === 200 ? data : undefined;
  }

  /** Does something right after the first exchange of the provider whose path matches. */
  after(path: RegExp, act: () => void): void {
    this.#hooks.push({ path, act });
  }

  /** Tells the place of an exchange of the provider. */
  notice({ url }: Exchange): void {
    const path = url.split("?")[0] ?? "";
    const index = this.#hooks.findIndex(
      (hook) => hook.path.test(path) && path.includes(`/vault-${this.name}/`),
    );
    if (index >= 0) {
      this.#hooks.splice(index, 1)[0]?.act();
    }
  }

  async #putAccount(): Promise<void> {
    const { region: location = home, accountKind: { kind, isHnsEnabled } = { kind: "StorageV2" } } =
      this.options;
    const properties = isHnsEnabled === undefined ? {} : { isHnsEnabled };
    await this.estate.putAccount(this.accountId, ["invoices", "contracts"], { location, kind, properties });
  }

  async #grant(principalId: string): Promise<void> {
    await this.estate.grantOn(this.diskId, "diskReader", principalId);
    await this.estate.grantOn(this.snapshotsId, "snapshotContributor", principalId);
    await this.estate.grantOn(this.estate.groupId, "snapshotContributor", principalId);
    await this.estate.grantOn(this.accountId, "accountContributor", principalId);
    this.control.advance(rolePropagationInMs);
  }
}
