/** Small components of several pages. */

import { splitCode } from '#base/code-spans.ts'
import type { JobView } from '#queue/contract.ts'
import { webHref } from './addresses.ts'
import { formatTime, repositoryName, stateOf } from './format.ts'

/** A command for a terminal; JavaScript adds a copy button. */
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

/**
 * An absolute time, which JavaScript replaces with a relative one.
 *
 * @param isShort - Shows the day alone, about as long as what replaces it, so that lines wrap in the same way.
 */
export function Time({ iso, isShort = false, isNext = false }: { iso: string; isShort?: boolean; isNext?: boolean }) {
  const time = formatTime(iso)
  return (
    <time datetime={iso} title={time} data-ago={isNext ? 'next' : true}>
      {isShort ? time.slice(0, 10) : time}
    </time>
  )
}

/** The name of a repository, linked if a browser can open its URL. */
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

/** Why a form was refused. Fields refer to its id, and scripts do not update a page that has it. */
export function Refused({ error }: { error: { detail: string; hint: string | null } }) {
  return (
    <div class="alert" id="Refused" role="alert">
      <p>{error.detail}</p>
      {error.hint !== null && <p class="quiet">{error.hint}</p>}
    </div>
  )
}

/** Text with code spans. */
export function Coded({ text }: { text: string }) {
  return <>{splitCode(text).map((part) => (part.isCode ? <code>{part.text}</code> : part.text))}</>
}
