/** Commands for everything that the page of a job shows and does. */

import { secretOfJob } from '#base/private-jobs.ts'
import { shellWord } from '#base/shell-word.ts'
import type { JobView } from '#queue/contract.ts'
import { curlTo, type PageAccess } from './access.ts'
import { logHref } from './addresses.ts'
import { isUnfinished } from './format.ts'
import { Command } from './parts.tsx'

export interface JobCommandsProps {
  job: JobView
  origin: string
  access: PageAccess | undefined
}

export function JobCommands({ job, origin, access }: JobCommandsProps) {
  const [first, ...rest] = commandsOf(job, origin, access)
  return (
    <section aria-labelledby="Terminal">
      <h2 id="Terminal">From a terminal</h2>
      {first !== undefined && <Row {...first} />}
      <details class="terminal">
        <summary>More commands</summary>
        {rest.map((command) => (
          <Row {...command} />
        ))}
      </details>
    </section>
  )
}

interface CommandOf {
  does: string
  line: string
}

function Row({ does, line }: CommandOf) {
  return (
    <>
      <p class="or">{does}</p>
      <Command line={line} />
    </>
  )
}

/** Commands for the state of the job, most likely first. */
function commandsOf(job: JobView, origin: string, access: PageAccess | undefined): CommandOf[] {
  const [curl, curlToWrite] = [curlTo('read', access), curlTo('write', access)]
  const api = `/api/job/${encodeURIComponent(job.job_id)}`
  const url = (path: string): string => shellWord(origin + path)
  const text = "-H 'Accept: text/plain'"
  const follow = { does: 'Follow its progress', line: `${curl} -N ${text} ${url(`${api}/events`)}` }
  const read = { does: 'The job as JSON', line: `${curl} ${url(api)}` }
  const commit = job.commit_id === null ? '' : ` -d commit_id=${shellWord(job.commit_id)}`
  const options = Object.entries(job.options).map(
    ([name, value]) => ` --data-urlencode ${shellWord(`${name}=${value}`)}`,
  )
  const log = { does: 'Its log as text', line: `${curl} ${url(logHref(job.job_id))}` }
  const token = secretOfJob(job.job_id) === undefined ? '' : ' -H "X-Git-Token: $GIT_TOKEN"'
  const submit = `${curlToWrite}${token} -d repo_url=${shellWord(job.repo_url)}${commit}${options.join('')}`
  const logs = job.epoch === 0 ? [] : [log]
  if (isUnfinished(job)) {
    return [
      follow,
      { does: 'Wait for it to finish, at most a minute', line: `${curl} ${text} ${url(`${api}?wait=60`)}` },
      { does: 'Cancel it', line: `${curlToWrite} -X POST ${text} ${url(`${api}/cancel`)}` },
      { does: 'Run it again after this run', line: `${submit} -d force=true ${url('/')}` },
      read,
      ...logs,
    ]
  }
  const retry = {
    does: job.status === 'completed' ? 'Document it again' : 'Try it again',
    line: `${curlToWrite} -X POST${token} ${text} ${url(`${api}/retry`)}`,
  }
  const docs = encodeURIComponent(job.job_id)
  const documents =
    job.docs_path === null
      ? []
      : [
          { does: 'The documentation as Markdown and data', line: `${curl} -O ${url(`/static-docs/${docs}.zip`)}` },
          {
            does: 'The documentation as a website that opens from a folder',
            line: `${curl} -O ${url(`/static-docs/${docs}.site.zip`)}`,
          },
        ]
  const submitAgain = {
    does: 'Submit the repository again; the existing documentation is used while it is up to date',
    line: `${submit} ${url('/')}`,
  }
  const remove = { does: 'Delete the job', line: `${curlToWrite} -X DELETE ${url(api)}` }
  return job.status === 'completed'
    ? [read, ...documents, retry, submitAgain, ...logs, remove]
    : [retry, read, ...logs, ...documents, remove]
}
