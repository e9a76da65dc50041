import type {
  CheckResult,
  CreateResult,
  DiffResult,
  ReadResult,
  UpdateResult,
} from "@pulumi/pulumi/provider";
import { difference } from "./difference";
import { carryDrift } from "./drift";
import { withName } from "./names";
import { PartialFailure } from "./partialFailure";
import type { ResourceManager } from "./resourceManager";
import { pathParametersOf, resourceTypeOf } from "./resourceTypes";
import type { ResourceType } from "./resourceTypes";
import type { Settings } from "./settings";
import { bodyOf, outputsOf, resourceIdOf } from "./shape";
import { containsUnknown, isObject, keepSecrets, revealAll, unknownValue } from "./values";
import type { Properties } from "./values";

/**
 * azure-native's life cycle of a resource, on Resource Manager.
 *
 * The inputs are kept among the outputs under `__inputs`, as azure-native did up to version 2: the Node server that
 * plugins are built on hands a `diff` the old outputs only.
 */
export class Resources {
  constructor(
    private readonly settings: Settings,
    private readonly resourceManager: ResourceManager,
  ) {}

  async check(urn: string, oldInputs: Properties, newInputs: Properties): Promise<CheckResult> {
    const type = resourceTypeOf(tokenOf(urn));
    const named = withName(type, logicalNameOf(urn), oldInputs, newInputs);
    const inputs = await this.withLocation(type, revealAll(oldInputs), named);
    const required = [...pathParametersOf(type), ...(type.located ? ["location"] : [])];
    const failures = required
      .filter((property) => inputs[property] === undefined)
      .map((property) => ({ property, reason: `missing required property '${property}'` }));
    return { inputs, failures };
  }

  diff(urn: string, state: Properties, newInputs: Properties): DiffResult {
    return difference(resourceTypeOf(tokenOf(urn)), revealAll(inputsIn(state)), revealAll(newInputs));
  }

  async create(urn: string, inputs: Properties): Promise<CreateResult> {
    const type = resourceTypeOf(tokenOf(urn));
    const id = this.idOf(type, inputs);
    if (await this.resourceManager.get(id, type.apiVersion)) {
      throw new Error(`cannot create already existing resource '${id}'`);
    }
    return this.put(type, id, inputs);
  }

  async update(urn: string, id: string, inputs: Properties): Promise<UpdateResult> {
    const updated: { outs: Properties } = await this.put(resourceTypeOf(tokenOf(urn)), id, inputs);
    return { outs: updated.outs };
  }

  async read(urn: string, id: string, state: Properties): Promise<ReadResult> {
    const type = resourceTypeOf(tokenOf(urn));
    const found = await this.resourceManager.get(id, type.apiVersion);
    if (!found) {
      return { id: "", props: {} };
    }
    const outputs = outputsOf(type, found);
    const inputs = keepSecrets(
      carryDrift(revealAll(inputsIn(state)), revealAll(state), outputs),
      inputsIn(state),
    );
    return { id, props: stateOf(outputs, inputs), inputs };
  }

  async delete(urn: string, id: string): Promise<void> {
    await this.resourceManager.delete(id, resourceTypeOf(tokenOf(urn)).apiVersion);
  }

  /** The outputs of the resource that an invoke's arguments name, with its `id`. */
  async lookUp(type: ResourceType, args: Properties): Promise<Properties> {
    const id = this.idOf(type, args);
    const found = await this.resourceManager.get(id, type.apiVersion);
    if (!found) {
      throw new Error(`looking up ${id}: there is no such resource`);
    }
    return { id, ...outputsOf(type, found) };
  }

  private async put(
    type: ResourceType,
    id: string,
    inputs: Properties,
  ): Promise<CreateResult & { outs: Properties }> {
    const body = bodyOf(type, revealAll(inputs));
    let accepted = false;
    try {
      const answer = await this.resourceManager.put(id, type.apiVersion, body, () => (accepted = true));
      const outs = stateOf(outputsOf(type, answer), inputs);
      return { id: typeof answer.id === "string" ? answer.id : id, outs };
    } catch (error) {
      throw accepted ? new PartialFailure(error, id, stateOf({}, inputs)) : error;
    }
  }

  private idOf(type: ResourceType, inputs: Properties): string {
    return resourceIdOf(type, revealAll(inputs), this.settings.subscriptionId);
  }

  /** azure-native's order: what the resource has, the stack's location, that of its resource group. */
  private async withLocation(
    type: ResourceType,
    oldInputs: Properties,
    inputs: Properties,
  ): Promise<Properties> {
    if (!type.located || inputs.location !== undefined) {
      return inputs;
    }
    const location =
      oldInputs.location ??
      this.settings.location ??
      (await this.groupLocation(type, inputs.resourceGroupName));
    return location === undefined ? inputs : { ...inputs, location };
  }

  private async groupLocation(type: ResourceType, resourceGroupName: unknown): Promise<unknown> {
    const group = resourceTypeOf("azure-native:resources:ResourceGroup");
    if (resourceGroupName === undefined || type === group) {
      return undefined;
    }
    if (containsUnknown(resourceGroupName)) {
      return unknownValue;
    }
    const id = this.idOf(group, { resourceGroupName });
    return (await this.resourceManager.get(id, group.apiVersion))?.location;
  }
}

function stateOf(outputs: Properties, inputs: Properties): Properties {
  return { ...keepSecrets(outputs, inputs), __inputs: inputs };
}

function inputsIn(state: Properties): Properties {
  return isObject(state.__inputs) ? state.__inputs : {};
}

/** `urn:pulumi:<stack>::<project>::<parent type>$<type>::<name>`; a name may contain "::" too. */
function tokenOf(urn: string): string {
  return urn.split("::")[2]?.split("$").pop() ?? "";
}

function logicalNameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
