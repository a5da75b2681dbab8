/** Converts the text of a job search to a query of the queue. Pure. */

import { isFullUrl } from '#base/full-url.ts'
import { parseRepository, type RepositoryPolicy } from '#base/repository.ts'
import { SSH_SHORT } from '#base/repository-hints.ts'
import type { ListQuery } from '#queue/contract.ts'
import type { AllowedSources } from '#templates/allowed-repositories.ts'

/**
 * A URL finds the jobs of this repository; any other text, the jobs whose name contains it: `flask`,
 * `pallets/`, `github.com/pallets/flask`, also `@` and the beginning of a pinned commit.
 *
 * @throws {BadRepositoryUrl} A URL that no job can have.
 */
export function searchOf(text: string, policy: RepositoryPolicy): Pick<ListQuery, 'repoUrl' | 'nameHas'> {
  if (isFullUrl(text)) return { repoUrl: parseRepository(text, policy).url }
  const nameHas = partOfName(text)
  return nameHas === '' ? {} : { nameHas }
}

/** The text in the form of job ids (`jobIdOf`). */
const partOfName = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(SSH_SHORT, '$2/$3')
    .replace(/^(?:www\.)?github\.com\//, '')
    .replace(/\.git$/, '')
    .replace(/\/+/g, '--')
    .replace(/[^a-z0-9._~@-]/g, '_')

/** The allowed sources of repositories, for pages. Local folders are not named. */
export const allowedSources = (policy: RepositoryPolicy): AllowedSources => ({
  hosts: policy.allowedHosts,
  isPrivateAllowed: policy.allowPrivateNetworks,
  isFolderAllowed: policy.localRepos.length > 0,
})
