import { isSameResourceId } from "./azure/resourceId";
import type { InputProblem } from "./dataProtection/datasourceKinds";
import { kindOf } from "./dataProtection/datasourceKinds";
import type { CheckedInputs } from "./inputs";
import { isUnknown } from "./inputs";

/**
 * Refuses another name for the same datasource in the same vault. It would be a replacement: the old instance deleted with
 * its recovery points first, and then, in a vault with soft delete, no new one accepted as long as the old one is held.
 */
export function renamingProblems(olds: Partial<CheckedInputs>, news: CheckedInputs): InputProblem[] {
  const { vaultId, datasource, name } = olds;
  if (vaultId === undefined || datasource === undefined || name === undefined || isUnknown(news)) {
    return [];
  }
  const isSameProtection =
    isSameResourceId(vaultId, news.vaultId) &&
    datasource.kind === news.datasource.kind &&
    isSameResourceId(
      kindOf(datasource).resourceId(datasource),
      kindOf(datasource).resourceId(news.datasource),
    );
  if (!isSameProtection || isSameResourceId(name, news.name)) {
    return [];
  }
  const reason =
    `Azure Backup cannot rename the instance "${name}"; a new one would end the protection and its recovery points first. ` +
    `Keep name: "${name}", or take the resource out of the program for one update to begin anew`;
  return [{ property: "name", reason }];
}
