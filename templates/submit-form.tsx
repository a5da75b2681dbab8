/** The submission form, with the allowed sources and examples. */

import { type AllowedSources, examplesOf, exampleUrl, sourcesText } from './allowed-repositories.ts'
import { MoreOptions, type TypedOptions } from './more-options.tsx'
import { Refused } from './parts.tsx'

/** The content of the form. */
export interface TypedFields extends TypedOptions {
  repoUrl: string
  commitId: string
}

export interface SubmitFormProps extends TypedFields {
  /** Why the submission was refused. */
  error: { detail: string; hint: string | null; code?: string } | null
  allowed: AllowedSources
  /** Models that a job may choose, the default first; empty without a model. */
  models?: readonly string[]
}

export function SubmitForm({ repoUrl, commitId, error, allowed, models = [], ...options }: SubmitFormProps) {
  const isRefused = error !== null
  return (
    <form class="card submit" method="post" action="/">
      {isRefused && <Refused error={error} />}
      <div class="field field-wide">
        <label for="RepoUrl">Repository</label>
        <input
          id="RepoUrl"
          name="repo_url"
          type="text"
          inputmode="url"
          autocomplete="url"
          autocapitalize="off"
          spellcheck={false}
          required
          placeholder={exampleUrl(allowed)}
          value={repoUrl}
          autofocus={isRefused}
          aria-invalid={isRefused ? 'true' : undefined}
          aria-describedby={isRefused ? 'Refused' : 'Allowed'}
        />
      </div>
      <div class="field">
        <label for="CommitId">
          Commit, branch or tag <span class="quiet">(optional)</span>
        </label>
        <input
          id="CommitId"
          name="commit_id"
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder="newest"
          value={commitId}
        />
      </div>
      <button class="button button-main" type="submit">
        Document it
      </button>
      {error?.code === 'COOLDOWN' && (
        <button class="button" type="submit" name="force" value="true">
          Try now
        </button>
      )}
      <MoreOptions {...options} models={models} />
      <p class="submit-help quiet" id="Allowed">
        {`Allowed: ${sourcesText(allowed)}.`}
        <Examples allowed={allowed} />
      </p>
    </form>
  )
}

/** Links, so that they also work without JavaScript. */
function Examples({ allowed }: { allowed: AllowedSources }) {
  const examples = examplesOf(allowed)
  if (examples.length === 0) return null
  return (
    <span>
      {' '}
      Try{' '}
      {examples.map(({ name, url }, index) => (
        <>
          {index > 0 && ', '}
          <a href={`/?repo_url=${encodeURIComponent(url)}#RepoUrl`}>{name}</a>
        </>
      ))}
      .
    </span>
  )
}
