"""The life of a disk's backup with Microsoft's SDK for Python: one JSON line a step, on standard output."""

import json
import os
import ssl
import time
import urllib.request
import uuid

from azure.core.exceptions import HttpResponseError
from azure.identity import ClientSecretCredential
from azure.mgmt.dataprotection import DataProtectionMgmtClient, models

LOCATION = "westeurope"
GROUP = "python"
VAULT = "vault"
INSTANCE = "data-1"
SUBSCRIPTION_ID = os.environ["ARM_SUBSCRIPTION_ID"]
ENDPOINT = os.environ["ARM_RESOURCE_MANAGER_ENDPOINT"]
SCOPE = os.environ["ARM_RESOURCE_MANAGER_AUDIENCE"] + "/.default"
GROUP_ID = f"/subscriptions/{SUBSCRIPTION_ID}/resourceGroups/{GROUP}"
VAULT_ID = f"{GROUP_ID}/providers/Microsoft.DataProtection/backupVaults/{VAULT}"
DISK_ID = f"{GROUP_ID}/providers/Microsoft.Compute/disks/data"
DISK_TYPE = "Microsoft.Compute/disks"
ROLE_GUIDS = ["3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", "7efff54f-a5b4-42b5-a1c5-5411624893ce"]
TRIES = 200
SECONDS_BETWEEN_TRIES = 0.05


def tell(step, outcome):
    print(json.dumps({"step": step, "outcome": str(text_of(outcome))}), flush=True)


def text_of(value):
    """The service's own spelling: the SDK makes enumerations of the states that it knows."""
    return getattr(value, "value", value)


def code_of(error):
    return error.error.code if error.error else str(error.status_code)


class Administrator:
    """Makes what is not Azure Backup's by plain requests."""

    def __init__(self, credential):
        self.credential = credential
        self.context = ssl.create_default_context(cafile=os.environ["REQUESTS_CA_BUNDLE"])

    def put(self, resource_id, api_version, body):
        request = urllib.request.Request(
            f"{ENDPOINT}{resource_id}?api-version={api_version}",
            method="PUT",
            data=json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self.credential.get_token(SCOPE).token}",
                "Content-Type": "application/json",
            },
        )
        urllib.request.urlopen(request, context=self.context).close()

    def make_disk(self):
        self.put(GROUP_ID, "2024-03-01", {"location": LOCATION})
        properties = {"diskSizeGB": 4, "creationData": {"createOption": "Empty"}}
        self.put(DISK_ID, "2024-03-02", {"location": LOCATION, "properties": properties})

    def assign_roles(self, principal_id):
        for guid in ROLE_GUIDS:
            definition = f"/subscriptions/{SUBSCRIPTION_ID}/providers/Microsoft.Authorization/roleDefinitions/{guid}"
            self.put(
                f"{GROUP_ID}/providers/Microsoft.Authorization/roleAssignments/{uuid.uuid4()}",
                "2022-04-01",
                {
                    "properties": {
                        "roleDefinitionId": definition,
                        "principalId": principal_id,
                        "principalType": "ServicePrincipal",
                    }
                },
            )


def make_vault(client):
    vault = client.backup_vaults.begin_create_or_update(
        GROUP,
        VAULT,
        models.BackupVaultResource(
            location=LOCATION,
            identity=models.DppIdentityDetails(type="SystemAssigned"),
            properties=models.BackupVault(
                storage_settings=[models.StorageSetting(datastore_type="VaultStore", type="LocallyRedundant")]
            ),
        ),
    ).result()
    tell("vault", vault.properties.provisioning_state)
    return vault.identity.principal_id


def make_policy(client, name):
    operational = models.DataStoreInfoBase(data_store_type="OperationalStore", object_type="DataStoreInfoBase")
    retention = models.AzureRetentionRule(
        name="Default",
        is_default=True,
        lifecycles=[
            models.SourceLifeCycle(
                delete_after=models.AbsoluteDeleteOption(duration="P7D"), source_data_store=operational
            )
        ],
    )
    properties = models.BackupPolicy(datasource_types=[DISK_TYPE], policy_rules=[retention])
    resource = models.BaseBackupPolicyResource(properties=properties)
    return client.backup_policies.create_or_update(GROUP, VAULT, name, resource)


def describe_instance(policy_id):
    store = models.AzureOperationalStoreParameters(data_store_type="OperationalStore", resource_group_id=GROUP_ID)
    return models.BackupInstance(
        object_type="BackupInstance",
        friendly_name="data",
        data_source_info=models.Datasource(
            object_type="Datasource",
            datasource_type=DISK_TYPE,
            resource_id=DISK_ID,
            resource_location=LOCATION,
            resource_name="data",
            resource_type=DISK_TYPE,
            resource_uri="",
        ),
        policy_info=models.PolicyInfo(
            policy_id=policy_id,
            policy_parameters=models.PolicyParameters(data_store_parameters_list=[store]),
        ),
    )


def validate(client, instance):
    request = models.ValidateForBackupRequest(backup_instance=instance)
    try:
        client.backup_instances.begin_validate_for_backup(GROUP, VAULT, request).result()
        return "Succeeded"
    except HttpResponseError as error:
        return code_of(error)


def until(expected, look):
    seen = None
    for _ in range(TRIES):
        seen = look()
        if seen == expected:
            break
        time.sleep(SECONDS_BETWEEN_TRIES)
    return seen


def state_of(client):
    return text_of(client.backup_instances.get(GROUP, VAULT, INSTANCE).properties.current_protection_state)


def put(client, policy_id):
    resource = models.BackupInstanceResource(properties=describe_instance(policy_id), tags={"owner": "python"})
    client.backup_instances.begin_create_or_update(GROUP, VAULT, INSTANCE, resource).result()
    return until("ProtectionConfigured", lambda: state_of(client))


def get_code(client):
    try:
        return state_of(client)
    except HttpResponseError as error:
        return code_of(error)


def live(client, administrator):
    administrator.make_disk()
    principal_id = make_vault(client)
    policy = make_policy(client, "daily")
    other = make_policy(client, "weekly")
    tell("policy", policy.name)
    instance = describe_instance(policy.id)
    tell("validate without roles", validate(client, instance))
    administrator.assign_roles(principal_id)
    tell("validate with roles", until("Succeeded", lambda: validate(client, instance)))
    tell("create", put(client, policy.id))
    read = client.backup_instances.get(GROUP, VAULT, INSTANCE)
    tell("read", read.properties.friendly_name)
    tell("list", len(list(client.backup_instances.list(GROUP, VAULT))))
    put(client, other.id)
    updated = client.backup_instances.get(GROUP, VAULT, INSTANCE)
    tell("update", updated.properties.policy_info.policy_id.split("/")[-1])
    client.backup_instances.begin_stop_protection(GROUP, VAULT, INSTANCE).result()
    tell("stop", state_of(client))
    client.backup_instances.begin_resume_protection(GROUP, VAULT, INSTANCE).result()
    tell("resume", state_of(client))
    client.backup_instances.begin_delete(GROUP, VAULT, INSTANCE).result()
    tell("delete", get_code(client))
    deleted = list(client.deleted_backup_instances.list(GROUP, VAULT))
    tell("soft-deleted list", ", ".join(text_of(one.properties.current_protection_state) for one in deleted))
    client.deleted_backup_instances.begin_undelete(GROUP, VAULT, INSTANCE).result()
    tell("undelete", state_of(client))


def main():
    credential = ClientSecretCredential(
        os.environ["ARM_TENANT_ID"],
        os.environ["ARM_CLIENT_ID"],
        os.environ["ARM_CLIENT_SECRET"],
        authority=os.environ["ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST"],
        disable_instance_discovery=True,
    )
    client = DataProtectionMgmtClient(
        credential, SUBSCRIPTION_ID, base_url=ENDPOINT, credential_scopes=[SCOPE]
    )
    live(client, Administrator(credential))


main()
