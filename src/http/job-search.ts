/** What people type to find jobs, and what the queue is asked for it. Pure. */

import { parseRepository, type RepositoryPolicy } from '#base/repository.ts'
import type { ListQuery } from '#queue/contract.ts'
import { type AllowedSources, isFullUrl } from '#templates/sources.ts'

/**
 * A full address finds the jobs of this repository, anything else those whose name has it as a part: `flask`,
 * `pallets/`, `github.com/pallets/flask`, also `@` and the beginning of a pinned commit.
 *
 * @throws {BadRepositoryUrl} A full address that no job can have.
 */
export function searchOf(text: string, policy: RepositoryPolicy): Pick<ListQuery, 'repoUrl' | 'nameHas'> {
  if (isFullUrl(text)) return { repoUrl: parseRepository(text, policy).url }
  const nameHas = partOfName(text)
  return nameHas === '' ? {} : { nameHas }
}

/** As it stands in the ids of jobs (`jobIdOf`). */
export const partOfName = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^(?:www\.)?github\.com\//, '')
    .replace(/\.git$/, '')
    .replace(/\/+/g, '--')
    .replace(/[^a-z0-9._~@-]/g, '_')

/** What a page says of where repositories may come from. Folders of this machine are not named. */
export const allowedSources = (policy: RepositoryPolicy): AllowedSources => ({
  hosts: policy.allowedHosts,
  isPrivateAllowed: policy.allowPrivateNetworks,
  isFolderAllowed: policy.localRepos.length > 0,
})
