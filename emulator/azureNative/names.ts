import { randomBytes, randomUUID } from "node:crypto";
import type { ResourceType } from "./resourceTypes";
import { createBeforeDeleteFlag } from "./shape";
import type { Properties } from "./values";

/**
 * The inputs with a name, as azure-native gives it: the one given, else the one the resource has, else a new one.
 * azure-native cleans no name: a logical name with a dash makes a storage account that the service refuses.
 */
export function withName(
  type: ResourceType,
  logicalName: string,
  oldInputs: Properties,
  inputs: Properties,
): Properties {
  if (inputs[type.nameProperty] !== undefined) {
    return inputs;
  }
  const oldName = oldInputs[type.nameProperty];
  const name = oldName ?? newName(type, logicalName);
  const chosenAtRandom = oldName ? oldInputs[createBeforeDeleteFlag] === true : type.autoNaming !== "copy";
  return {
    ...inputs,
    [type.nameProperty]: name,
    ...(chosenAtRandom ? { [createBeforeDeleteFlag]: true } : {}),
  };
}

function newName(type: ResourceType, logicalName: string): string {
  switch (type.autoNaming) {
    case "random":
      return `${logicalName}${randomBytes(4).toString("hex")}`;
    case "copy":
      return logicalName;
    case "uuid":
      return randomUUID();
  }
}
