import { memory } from "../host/operation";
import { hasChanged, isOther, isOtherResource } from "./changes";
import type { PrerequisiteInputs, PrerequisiteOutputs } from "./inputs";
import { kinds } from "./kinds";
import { look } from "./look";
import { isOtherRegion } from "./region";

interface DiffResult {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

export async function diff(
  id: string,
  olds: PrerequisiteOutputs,
  news: PrerequisiteInputs,
): Promise<DiffResult> {
  if (news.failure !== undefined) {
    memory.keptResources.keep(id);
    return { changes: true, replaces: [], deleteBeforeReplace: true };
  }
  const { isImmutable } = kinds[news.sort];
  const replaces = [
    ...(isOtherResource(olds, news) ? ["resourceId"] : []),
    ...(isOtherRegion(olds.location, news.location) ? ["location"] : []),
    ...(isImmutable && isOther(olds.properties, news.properties) ? ["properties"] : []),
  ];
  // A new resource under the same id can be made only when the old one is gone.
  const deleteBeforeReplace = !replaces.includes("resourceId");
  if (replaces.length > 0) {
    return { changes: true, replaces, deleteBeforeReplace };
  }
  memory.keptResources.keep(id);
  const changes = olds.failure !== undefined || hasChanged(olds, news) || (await hasDrifted(id, olds, news));
  return { changes, replaces, deleteBeforeReplace };
}

/** Whether an update has something to mend. What Azure has more than is declared is left, and said. */
async function hasDrifted(id: string, olds: PrerequisiteOutputs, news: PrerequisiteInputs): Promise<boolean> {
  const found = await look(olds, news);
  if (found === undefined) {
    return olds.drift !== undefined;
  }
  const { what } = kinds[news.sort];
  if (found.isLacking) {
    const drift =
      found.live === undefined
        ? `the ${what} is gone: this update creates it again`
        : `the ${what} was changed outside of this stack: this update changes it back`;
    await memory.rows.say(id, drift, "warning");
    return true;
  }
  for (const { property, reason } of found.problems) {
    await memory.rows.say(id, `${property}: ${reason}`, "warning");
  }
  return false;
}
