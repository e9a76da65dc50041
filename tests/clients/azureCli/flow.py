"""The life of a disk's backup with the stock Azure CLI, without its extension: one JSON line a step, on standard output."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

LOCATION = "westeurope"
GROUP = "azurecli"
API_VERSION = "2024-04-01"
SUBSCRIPTION_ID = os.environ["ARM_SUBSCRIPTION_ID"]
ENDPOINT = os.environ["ARM_RESOURCE_MANAGER_ENDPOINT"]
GROUP_ID = f"/subscriptions/{SUBSCRIPTION_ID}/resourceGroups/{GROUP}"
VAULT_ID = f"{GROUP_ID}/providers/Microsoft.DataProtection/backupVaults/vault"
INSTANCE_ID = f"{VAULT_ID}/backupInstances/data-1"
DELETED_ID = f"{VAULT_ID}/deletedBackupInstances/data-1"
DISK_TYPE = "Microsoft.Compute/disks"
DISK_ID = f"{GROUP_ID}/providers/{DISK_TYPE}/data"
DISK_BACKUP_READER = "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24"
DISK_SNAPSHOT_CONTRIBUTOR = "7efff54f-a5b4-42b5-a1c5-5411624893ce"
TRIES = 20
AZ = os.path.join(os.path.dirname(sys.executable), "az")


class Refused(Exception):
    """What the CLI was told, by the service's code."""


def tell(step, outcome):
    print(json.dumps({"step": step, "outcome": str(outcome)}), flush=True)


def az(*words):
    done = subprocess.run([AZ, *words, "--output", "json"], capture_output=True, text=True)
    if done.returncode != 0:
        codes = re.findall(r"\b(?:UserError|Dpp|BMSUser|Authorization)\w+", done.stderr)
        raise Refused(codes[0] if codes else f"az {' '.join(words)}: {done.stderr.strip()}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def sign_in():
    endpoint, cloud = ENDPOINT, "emulator"
    az(
        "cloud", "register", "--name", cloud, "--profile", "latest",
        "--endpoint-resource-manager", endpoint,
        "--endpoint-management", endpoint,
        "--endpoint-active-directory", endpoint,
        "--endpoint-active-directory-resource-id", endpoint,
        "--endpoint-active-directory-graph-resource-id", f"{endpoint}/",
        "--endpoint-microsoft-graph-resource-id", f"{endpoint}/",
        "--endpoint-gallery", endpoint,
        "--suffix-storage-endpoint", "storage.emulator.test",
    )  # fmt: skip
    az("cloud", "set", "--name", cloud)
    az(
        "login", "--service-principal", "--username", os.environ["ARM_CLIENT_ID"],
        "--password", os.environ["ARM_CLIENT_SECRET"], "--tenant", os.environ["ARM_TENANT_ID"],
    )  # fmt: skip
    az("account", "set", "--subscription", SUBSCRIPTION_ID)


def rest(method, resource_id, body=None):
    words = ["rest", "--method", method, "--url", f"{resource_id}?api-version={API_VERSION}"]
    return az(*words, *(["--body", json.dumps(body)] if body else []))


def act(resource_id, action, body=None):
    words = ["resource", "invoke-action", "--ids", resource_id, "--api-version", API_VERSION, "--action", action]
    return az(*words, *(["--request-body", json.dumps(body)] if body else []))


def make_disk():
    az("group", "create", "--name", GROUP, "--location", LOCATION)
    az("disk", "create", "--resource-group", GROUP, "--name", "data", "--size-gb", "4", "--location", LOCATION)
    assert az("group", "exists", "--name", GROUP) is True
    assert az("disk", "show", "--ids", DISK_ID)["diskSizeGB"] == 4
    assert [disk["name"] for disk in az("disk", "list", "--resource-group", GROUP)] == ["data"]


def make_account():
    name = "azurecliinvoices"
    assert az("storage", "account", "check-name", "--name", name)["nameAvailable"] is True
    words = ["--name", name, "--resource-group", GROUP]
    az("storage", "account", "create", *words, "--location", LOCATION, "--sku", "Standard_LRS")
    assert az("storage", "account", "check-name", "--name", name)["nameAvailable"] is False
    az("storage", "container-rm", "create", "--name", "one", "--storage-account", name, "--resource-group", GROUP)
    assert len(az("resource", "list", "--resource-group", GROUP)) == 2
    az("storage", "account", "delete", *words, "--yes")


def make_vault():
    storage = [{"datastoreType": "VaultStore", "type": "LocallyRedundant"}]
    vault = {
        "location": LOCATION,
        "identity": {"type": "SystemAssigned"},
        "properties": {"storageSettings": storage},
    }
    words = ["--id", VAULT_ID, "--api-version", API_VERSION, "--is-full-object"]
    az("resource", "create", *words, "--properties", json.dumps(vault))
    shown = rest("get", VAULT_ID)
    tell("vault", shown["properties"]["provisioningState"])
    return shown["identity"]["principalId"]


def make_policy(name):
    store = {"dataStoreType": "OperationalStore", "objectType": "DataStoreInfoBase"}
    lifecycle = {
        "deleteAfter": {"objectType": "AbsoluteDeleteOption", "duration": "P7D"},
        "sourceDataStore": store,
    }
    retention = {
        "objectType": "AzureRetentionRule",
        "name": "Default",
        "isDefault": True,
        "lifecycles": [lifecycle],
    }
    properties = {"objectType": "BackupPolicy", "datasourceTypes": [DISK_TYPE], "policyRules": [retention]}
    return rest("put", f"{VAULT_ID}/backupPolicies/{name}", {"properties": properties})


def describe_instance(policy_id):
    store = {
        "objectType": "AzureOperationalStoreParameters",
        "dataStoreType": "OperationalStore",
        "resourceGroupId": GROUP_ID,
    }
    return {
        "objectType": "BackupInstance",
        "friendlyName": "data",
        "dataSourceInfo": {
            "objectType": "Datasource",
            "datasourceType": DISK_TYPE,
            "resourceID": DISK_ID,
            "resourceLocation": LOCATION,
            "resourceName": "data",
            "resourceType": DISK_TYPE,
            "resourceUri": "",
        },
        "policyInfo": {"policyId": policy_id, "policyParameters": {"dataStoreParametersList": [store]}},
    }


def assign_roles(principal_id):
    for role, scope in ((DISK_BACKUP_READER, DISK_ID), (DISK_SNAPSHOT_CONTRIBUTOR, GROUP_ID)):
        az(
            "role", "assignment", "create", "--role", role, "--scope", scope,
            "--assignee-object-id", principal_id, "--assignee-principal-type", "ServicePrincipal",
        )  # fmt: skip


def validate(instance):
    try:
        act(VAULT_ID, "validateForBackup", {"backupInstance": instance})
        return "Succeeded"
    except Refused as refusal:
        return str(refusal)


def until(expected, look):
    seen = None
    for _ in range(TRIES):
        seen = look()
        if seen == expected:
            break
        time.sleep(0.2)
    return seen


def state_of(resource_id=INSTANCE_ID):
    try:
        return rest("get", resource_id)["properties"]["currentProtectionState"]
    except Refused as refusal:
        return str(refusal)


def protect(policy_id):
    rest("put", INSTANCE_ID, {"properties": describe_instance(policy_id), "tags": {"owner": "azurecli"}})
    return until("ProtectionConfigured", state_of)


def live():
    sign_in()
    make_disk()
    make_account()
    principal_id = make_vault()
    policy = make_policy("daily")
    other = make_policy("weekly")
    tell("policy", policy["name"])
    instance = describe_instance(policy["id"])
    tell("validate without roles", validate(instance))
    assign_roles(principal_id)
    tell("validate with roles", until("Succeeded", lambda: validate(instance)))
    tell("create", protect(policy["id"]))
    tell("read", rest("get", INSTANCE_ID)["properties"]["friendlyName"])
    tell("list", len(rest("get", f"{VAULT_ID}/backupInstances")["value"]))
    protect(other["id"])
    tell("update", rest("get", INSTANCE_ID)["properties"]["policyInfo"]["policyId"].split("/")[-1])
    act(INSTANCE_ID, "stopProtection")
    tell("stop", until("ProtectionStopped", state_of))
    act(INSTANCE_ID, "resumeProtection")
    tell("resume", until("ProtectionConfigured", state_of))
    az("resource", "delete", "--ids", INSTANCE_ID, "--api-version", API_VERSION)
    tell("delete", until("UserErrorGenericResourceNotFound", state_of))
    deleted = rest("get", f"{VAULT_ID}/deletedBackupInstances")["value"]
    tell("soft-deleted list", deleted[0]["properties"]["currentProtectionState"])
    rest("post", f"{DELETED_ID}/undelete")
    tell("undelete", state_of())


with tempfile.TemporaryDirectory() as folder:
    os.environ.update(
        AZURE_CONFIG_DIR=folder,
        AZURE_CORE_COLLECT_TELEMETRY="false",
        AZURE_CORE_INSTANCE_DISCOVERY="false",
        AZURE_CORE_NO_COLOR="true",
        AZURE_CORE_ONLY_SHOW_ERRORS="true",
        AZURE_EXTENSION_USE_DYNAMIC_INSTALL="no",
    )
    live()
