/** Small pieces that several pages show. */

import type { JobView } from '#queue/contract.ts'
import { webHref } from './addresses.ts'
import { formatTime, repositoryName, stateOf } from './format.ts'

/** A command for a terminal; JavaScript adds the button that copies it. */
export function Command({ line }: { line: string }) {
  return (
    <pre class="command" data-copy>
      <code>{line}</code>
    </pre>
  )
}

export function StateBadge({ job }: { job: JobView }) {
  const state = stateOf(job)
  return <span class={`badge badge-${state}`}>{state}</span>
}

/** The absolute time; JavaScript shows how long ago it was. */
export function Time({ iso }: { iso: string }) {
  return (
    <time datetime={iso} data-ago>
      {formatTime(iso)}
    </time>
  )
}

/** The repository's name, linked where a browser can follow. */
export function RepositoryLink({ repoUrl, withHost = false }: { repoUrl: string; withHost?: boolean }) {
  const href = webHref(repoUrl)
  const name = withHost ? (href?.replace(/^https?:\/\//, '') ?? repositoryName(repoUrl)) : repositoryName(repoUrl)
  return href === null ? (
    <span>{name}</span>
  ) : (
    <a href={href} rel="noopener noreferrer">
      {name}
    </a>
  )
}
