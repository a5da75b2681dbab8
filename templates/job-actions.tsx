/** Actions of a job, as forms, so that they work without JavaScript. */

import { secretOfJob } from '#base/private-jobs.ts'
import { similarNamesIn } from '#base/similar-names.ts'
import type { JobView } from '#queue/contract.ts'
import { jobHref } from './addresses.ts'
import { isUnfinished } from './format.ts'

export function JobActions({ job }: { job: JobView }) {
  // A form cannot send the git token that another run needs; a command can.
  const isPrivate = secretOfJob(job.job_id) !== undefined
  if (isUnfinished(job)) {
    return (
      <div class="actions">
        <Action job={job} verb="cancel" label="Cancel" />
        {job.status === 'processing' && !job.follow_up && !isPrivate && (
          <RunAgain job={job} label="Run again after this" />
        )}
      </div>
    )
  }
  return (
    <div class="actions">
      {!isPrivate && (
        <Action
          job={job}
          verb="retry"
          label={job.status === 'completed' ? 'Document again' : 'Try again'}
          kind={job.status === 'completed' || job.error_code === 'NO_SUCH_COMMIT' ? 'plain' : 'main'}
        />
      )}
      <details class="confirm">
        <summary class="button">Delete…</summary>
        <div class="confirm-box">
          <p>Delete this job? Its documentation will no longer be available.</p>
          <Action job={job} verb="delete" label="Delete it" kind="danger" />
        </div>
      </details>
    </div>
  )
}

interface ActionProps {
  job: JobView
  verb: 'cancel' | 'retry' | 'delete'
  label: string
  kind?: 'plain' | 'main' | 'danger'
}

function Action({ job, verb, label, kind = 'plain' }: ActionProps) {
  return (
    <form method="post" action={`${jobHref(job.job_id)}/${verb}`}>
      <button class={kind === 'plain' ? 'button' : `button button-${kind}`} type="submit">
        {label}
      </button>
    </form>
  )
}

/** Submits the repository again with `force`. */
function RunAgain({ job, label }: { job: JobView; label: string }) {
  return (
    <form method="post" action="/">
      <SameFields job={job} />
      <input type="hidden" name="commit_id" value={job.commit_id ?? ''} />
      <input type="hidden" name="force" value="true" />
      <button class="button" type="submit">
        {label}
      </button>
    </form>
  )
}

/** Submits the repository with another branch, tag or commit; the most similar names are offered. */
export function OtherCommit({ job }: { job: JobView }) {
  if (secretOfJob(job.job_id) !== undefined) return null
  const names = similarNamesIn(job.hint ?? '')
  return (
    <form class="other-commit" method="post" action="/">
      <SameFields job={job} />
      <label for="CommitId">Commit, branch or tag</label>
      <input
        id="CommitId"
        name="commit_id"
        type="text"
        list="Names"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        placeholder="newest"
        value={names[0] ?? ''}
      />
      <datalist id="Names">
        {names.map((name) => (
          <option value={name} />
        ))}
      </datalist>
      <button class="button button-main" type="submit">
        Document it
      </button>
    </form>
  )
}

/** The repository and the options of a job, to submit it again. */
function SameFields({ job }: { job: JobView }) {
  return (
    <>
      <input type="hidden" name="repo_url" value={job.repo_url} />
      {Object.entries(job.options).map(([name, value]) => (
        <input type="hidden" name={name} value={String(value)} />
      ))}
    </>
  )
}
