/** `docspool follows`: lists, adds and removes the repositories that a running server follows. */

import { z } from 'zod'
import { FollowWish, parseEvery } from '#base/followed-refs.ts'
import { append } from '#base/long-arrays.ts'
import { HEAD, refNameOf } from '#queue/follows/follow-record.ts'
import { FollowView } from '#queue/follows/follow-view.ts'
import { counted } from '#templates/format.ts'
import { resolveSource, urlOfKnown } from './repository-argument.ts'
import { call, type Service } from './service-client.ts'
import { say, sayJson } from './terminal.ts'

export interface FollowsCommand {
  service: Service
  json: boolean
}

/** Which refs to follow. Omitted fields use the defaults of the server and the repository's docspool.json. */
export interface FollowBody {
  branches?: string[] | undefined
  tags?: string[] | undefined
  keep?: number | undefined
  every?: string | undefined
}

/** Checks the flags. @returns The body, or in `wrong` a message about the first invalid flag. */
export function toFollowBody(flags: Record<string, string | undefined>): FollowBody | { wrong: string } {
  const { branches, tags, keep, every } = flags
  const body = {
    branches: patternsIn(branches),
    tags: patternsIn(tags),
    keep: keep === undefined ? undefined : Number(keep),
  }
  const [issue] = FollowWish.safeParse(body).error?.issues ?? []
  if (issue !== undefined) {
    const [name] = issue.path
    return { wrong: `--${String(name)}: ${issue.message}, found ${JSON.stringify(flags[String(name)])}` }
  }
  if (every !== undefined && parseEvery(every) === undefined) {
    return { wrong: `--every: expected 15m to 30d, found ${JSON.stringify(every)}` }
  }
  return { ...body, every }
}

const patternsIn = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')

const List = z.object({ follows: z.array(FollowView), next: z.string().nullable().default(null) })
const pathOf = (url: string): string => `/api/follows/${encodeURIComponent(url)}`

export async function listFollows({ service, json }: FollowsCommand): Promise<void> {
  const follows: FollowView[] = []
  for (let path: string | null = '/api/follows'; path !== null; ) {
    const page: z.infer<typeof List> = await call(service, List, path)
    append(follows, page.follows)
    path = page.next
  }
  follows.sort((a, b) => (a.repo_url < b.repo_url ? -1 : 1))
  if (json) return sayJson(follows)
  if (follows.length === 0) return say('No repository is followed.')
  for (const follow of follows) say(lineOf(follow))
}

/** @throws {ReportedError} The server refuses. */
export async function addFollow({ service, json }: FollowsCommand, source: string, body: FollowBody): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'PUT', headers, body: JSON.stringify(body) }
  const follow = await call(service, FollowView, pathOf(resolveSource(source).url), init)
  if (json) sayJson([follow])
  else say(lineOf(follow))
}

/** @throws {ReportedError} The repository is not followed. */
export async function removeFollow({ service, json }: FollowsCommand, source: string): Promise<void> {
  const url = urlOfKnown(source)
  await call(service, z.undefined(), pathOf(url), { method: 'DELETE' })
  if (json) sayJson([{ repo_url: url, removed: true }])
  else say(`${url} is no longer followed; its documents stay until they expire.`)
}

function lineOf({ repo_url, every, branches, tags, refs, looked_at, error }: FollowView): string {
  const wished = [...(branches ?? []), ...(tags ?? [])].join(', ')
  const state = error === null ? (looked_at === null ? 'not yet checked' : `checked ${looked_at}`) : error.message
  const line = [
    repo_url,
    `every ${every}`,
    `default branch${wished === '' ? '' : `, ${wished}`}`,
    counted(refs.length, 'version'),
    state,
  ]
  return [line.join('  '), ...refs.flatMap(failureOf)].join('\n')
}

function failureOf({ ref, failure }: FollowView['refs'][number]): string[] {
  if (failure === null) return []
  const name = ref === HEAD ? 'default branch' : refNameOf(ref)
  const retry = failure.retry_at === null ? '' : `; next try at ${failure.retry_at}`
  return [`  ${name} failed at ${failure.failed_at}: ${failure.message} (${failure.code})${retry}`]
}
