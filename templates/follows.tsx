/** The list of followed repositories, and the form to follow one. */

import type { FollowView } from '#queue/follows/follow-view.ts'
import { FOLLOWS_HREF, jobHref } from './addresses.ts'
import { type AllowedSources, exampleUrl } from './allowed-repositories.ts'
import { counted, shortCommit } from './format.ts'
import { Layout, MAIN, type PageProps } from './layout.tsx'
import { Refused, RepositoryLink, Time } from './parts.tsx'

export interface FollowsPageProps extends PageProps {
  /** All of them, or a part. */
  follows: FollowView[]
  isPart: boolean
  /** The part after the shown one; `null` if there is none. */
  next: string | null
  /** The values typed into the form. */
  typed: { repoUrl: string; branches: string; tags: string; every: string }
  /** Why the form was refused. */
  error: { detail: string; hint: string | null } | null
  /** The URL for webhooks; `null` if they are refused. */
  hooks: string | null
  allowed: AllowedSources
}

const SENTENCE = 'Repositories that are documented again whenever they change.'

export function FollowsPage({ follows, isPart, next, typed, error, hooks, allowed, asset, access }: FollowsPageProps) {
  return (
    <Layout title="Followed repositories · docspool" description={SENTENCE} asset={asset} access={access} kind="plain">
      <main id={MAIN} tabindex={-1}>
        <h1>Followed repositories</h1>
        <p class="lead">{SENTENCE}</p>
        <FollowForm typed={typed} error={error} allowed={allowed} />
        <p class="quiet">
          {hooks === null
            ? 'Each repository is checked at its interval. The operator can allow webhooks with DOCSPOOL_HOOK_SECRETS.'
            : `Each repository is checked at its interval, and after a webhook to ${hooks}.`}
        </p>
        <h2 id="Followed">
          {follows.length === 0 ? 'No repositories yet' : counted(follows.length, 'repository', 'repositories')}
          {isPart && ' on this page'}
        </h2>
        {follows.map((follow) => (
          <Followed follow={follow} />
        ))}
        {next !== null && (
          <p>
            <a href={`${FOLLOWS_HREF}?after=${next}`} rel="next">
              More repositories
            </a>
          </p>
        )}
      </main>
    </Layout>
  )
}

function FollowForm({ typed, error, allowed }: Pick<FollowsPageProps, 'typed' | 'error' | 'allowed'>) {
  return (
    <form class="card submit" method="post" action={FOLLOWS_HREF}>
      {error !== null && <Refused error={error} />}
      <Field id="RepoUrl" name="repo_url" label="Repository" placeholder={exampleUrl(allowed)} value={typed.repoUrl} />
      <Field id="Branches" name="branches" label="Branches (optional)" placeholder="release/*" value={typed.branches} />
      <Field id="Tags" name="tags" label="Tags (optional)" placeholder="v*, semver:>=2" value={typed.tags} />
      <Field id="Every" name="every" label="Check every (15m to 30d)" placeholder="6h" value={typed.every} />
      <button class="button button-main" type="submit">
        Follow it
      </button>
    </form>
  )
}

function Field(props: { id: string; name: string; label: string; placeholder: string; value: string }) {
  const { id, name, label, placeholder, value } = props
  return (
    <div class="field field-wide">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="text"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        required={name === 'repo_url'}
        placeholder={placeholder}
        value={value}
      />
    </div>
  )
}

function Followed({ follow }: { follow: FollowView }) {
  const { repo_url, every, looked_at, next_look_at, told_at, error, refs } = follow
  const failed = refs.filter(({ failure }) => failure !== null).length
  return (
    <section class="followed">
      <h3>
        <RepositoryLink repoUrl={repo_url} withHost />
      </h3>
      <p>{wishText(follow)}</p>
      <p class="quiet">
        {`Every ${every}; last checked `}
        {looked_at === null ? 'never' : <Time iso={looked_at} />}
        {next_look_at !== null && (
          <>
            , next check <Time iso={next_look_at} isNext />
          </>
        )}
        {told_at !== null && (
          <>
            , last webhook <Time iso={told_at} />
          </>
        )}
        .
      </p>
      {error !== null && <p class="job-why">{`The last check failed: ${error.message}`}</p>}
      {refs.length > 0 && (
        <details open={failed > 0}>
          <summary>{`${counted(refs.length, 'version')}${failed === 0 ? '' : `, ${failed} failed`}`}</summary>
          <ul>
            {refs.map(({ ref, commit, job_id, failure }) => (
              <li>
                <a href={jobHref(job_id)}>{refName(ref)}</a> <code class="commit">{shortCommit(commit)}</code>
                {failure !== null && <FailureNote failure={failure} />}
              </li>
            ))}
          </ul>
        </details>
      )}
      <form method="post" action={`${FOLLOWS_HREF}/remove`}>
        <input type="hidden" name="repo_url" value={repo_url} />
        <button class="button" type="submit" aria-label={`Stop following ${repo_url}`}>
          Stop following
        </button>
      </form>
    </section>
  )
}

function FailureNote({ failure }: { failure: NonNullable<FollowView['refs'][number]['failure']> }) {
  return (
    <p class="job-why">
      {`Failed: ${failure.message}`}
      {failure.retry_at !== null && (
        <>
          {' '}
          Next try <Time iso={failure.retry_at} isNext />.
        </>
      )}
    </p>
  )
}

/** `The default branch; tags v*; the newest 20 of each.` */
function wishText({ branches, tags, keep }: FollowView): string {
  const partOf = (kind: string, patterns: string[] | null): string[] => {
    if (patterns === null) return [`${kind} listed in its docspool.json`]
    return patterns.length === 0 ? [] : [`${kind} ${patterns.join(', ')}`]
  }
  const isOpen = branches === null && tags === null
  const parts = [
    'The default branch',
    ...(isOpen ? partOf('branches and tags', null) : [...partOf('branches', branches), ...partOf('tags', tags)]),
  ]
  return `${parts.join('; ')}; the newest ${keep ?? 20} of each.`
}

const refName = (ref: string): string =>
  ref === 'HEAD' ? 'default branch' : ref.replace(/^refs\/heads\//, 'branch ').replace(/^refs\/tags\//, '')
