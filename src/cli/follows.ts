/** `docspool follows`: lists, adds and removes followed repositories at a running server. `docspool follow` waits for one job. */

import { z } from 'zod'
import { FollowView } from '#queue/follows/follow-record.ts'
import { resolveSource } from './repository-argument.ts'
import { call, type Service } from './service-client.ts'
import { say, sayJson } from './terminal.ts'

export interface FollowsCommand {
  service: Service
  json: boolean
}

/** Which refs are kept. Omitted fields use the defaults of the server and the repository's docspool.json. */
export interface FollowBody {
  branches?: string[] | undefined
  tags?: string[] | undefined
  keep?: number | undefined
  every?: string | undefined
}

const List = z.object({ follows: z.array(FollowView) })
const pathOf = (source: string): string => `/api/follows/${encodeURIComponent(resolveSource(source).url)}`

export async function listFollows({ service, json }: FollowsCommand): Promise<void> {
  const { follows } = await call(service, List, '/api/follows')
  if (json) return sayJson(follows)
  if (follows.length === 0) return say('No repository is followed.')
  for (const follow of follows) say(lineOf(follow))
}

/** @throws {ReportedError} The server refuses. */
export async function addFollow({ service, json }: FollowsCommand, source: string, body: FollowBody): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'PUT', headers, body: JSON.stringify(body) }
  const follow = await call(service, FollowView, pathOf(source), init)
  if (json) sayJson([follow])
  else say(lineOf(follow))
}

/** @throws {ReportedError} The repository is not followed. */
export async function removeFollow({ service }: FollowsCommand, source: string): Promise<void> {
  await call(service, z.undefined(), pathOf(source), { method: 'DELETE' })
  say(`${resolveSource(source).url} is no longer followed; its documents stay until they expire.`)
}

function lineOf({ repo_url, every, branches, tags, refs, looked_at, error }: FollowView): string {
  const wished = [...(branches ?? []), ...(tags ?? [])].join(', ')
  const state = error === null ? (looked_at === null ? 'not yet looked at' : `looked at ${looked_at}`) : error.message
  return [
    repo_url,
    `every ${every}`,
    `default branch${wished === '' ? '' : `, ${wished}`}`,
    `${refs.length} versions`,
    state,
  ].join('  ')
}
