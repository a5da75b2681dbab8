/** Followed repositories as data (`/api/follows`) and as a page with a form (`/follows`). */

import type { Hono } from 'hono'
import type { z } from 'zod'
import { plainLine } from '#base/control-characters.ts'
import { parseEvery } from '#base/followed-refs.ts'
import { isFullUrl } from '#base/full-url.ts'
import { parseRepository, type Repository } from '#base/repository.ts'
import type { FollowView } from '#queue/follows/follow-view.ts'
import type { FollowPage } from '#queue/follows/followed-repositories.ts'
import { FollowsPage } from '#templates/follows.tsx'
import { pageAccess } from './access.ts'
import { formOf, isForm, isJson, mediaTypeOf } from './content-negotiation.ts'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'
import { type FollowList, FollowsParameters, FormFollow, JsonFollow, PageFollow, PageRemoval } from './follow-fields.ts'
import { jsonText } from './job-lines.ts'
import { allowedSources } from './job-search.ts'
import { Refusal, toProblem } from './problem.ts'
import { readQuery } from './query-parameters.ts'
import { type Fields, readForm, readJson } from './request-body.ts'
import { sendBody } from './sent-bytes.ts'
import { checkFolder } from './submission.ts'
import { parseAddress } from './trusted-proxies.ts'

const DEFAULT_EVERY = '6h'
const JSON_TYPE = 'application/json'
const TEXT_TYPE = 'text/plain; charset=UTF-8'

const KNOWN_PARAMETERS = 'after (from a list)'
/** A follow has up to some hundred refs. */
const PAGE_SIZE = 100

type Follows = NonNullable<AppDeps['follows']>
type Wanted = z.output<typeof JsonFollow> | z.output<typeof FormFollow>

export function addFollowRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  const { follows } = deps
  if (follows === undefined) return
  const one = '/api/follows/:repository{.+}'

  app.get('/api/follows', async (c) => {
    const page = await readPage(c, follows)
    c.header('Cache-Control', 'no-store')
    const next = page.next === null ? null : `/api/follows?after=${page.next}`
    if (next !== null) c.header('Link', `<${next}>; rel="next"`)
    if (formOf(c) === 'text') {
      const lines = page.follows.map((follow) => `${followLine(follow)}\n`).join('')
      return sendBody(c, lines, 200, { 'Content-Type': TEXT_TYPE })
    }
    const body = jsonText({ follows: page.follows, next } satisfies z.infer<typeof FollowList>)
    return sendBody(c, body, 200, { 'Content-Type': JSON_TYPE })
  })

  app.get(one, async (c) => answer(c, (await follows.read(repositoryIn(c, deps).url)) ?? noSuchFollow(), 200))

  app.put(one, async (c) => {
    refuseStrangers(c, deps)
    c.var.limits.submission(c)
    const repository = repositoryIn(c, deps)
    const { follow, isNew } = await put(follows, deps, repository, await readWanted(c))
    return answer(c, follow, isNew ? 201 : 200)
  })

  app.delete(one, async (c) => {
    refuseStrangers(c, deps)
    if (!(await remove(follows, deps, addressIn(c)))) noSuchFollow()
    return c.body(null, 204)
  })

  app.get('/follows', async (c) => showPage(c, deps, await readPage(c, follows)))

  app.post('/follows', async (c) => {
    let typed: Fields = {}
    try {
      refuseStrangers(c, deps)
      c.var.limits.submission(c)
      typed = await readFields(c)
      const { repo_url: url, ...wanted } = parsed(PageFollow, typed)
      await put(follows, deps, parseRepository(url, deps.policy), wanted)
      return c.redirect('/follows', 303)
    } catch (error) {
      // A list costs as much as a search, so callers who may not follow, or have no searches left, get only the error.
      const isStranger = error instanceof Refusal && error.code === 'FOLLOWING_NEEDS_TOKEN'
      if (formOf(c) !== 'html' || isStranger || !c.var.limits.maySearch(c)) throw error
      return await showPage(c, deps, await inTurn(c, () => follows.page(null, PAGE_SIZE)), error, typed)
    }
  })

  app.post('/follows/remove', async (c) => {
    refuseStrangers(c, deps)
    const { repo_url: url } = parsed(PageRemoval, await readFields(c))
    await remove(follows, deps, url)
    return c.redirect('/follows', 303)
  })
}

/**
 * A follow creates jobs for as long as it exists, so callers without the service token may not change it, except callers on the
 * service's own machine while neither a proxy nor a public URL gives others access.
 *
 * @throws {Refusal} `FOLLOWING_NEEDS_TOKEN`
 */
function refuseStrangers(c: AppContext, deps: AppDeps): void {
  if (c.var.isKnown === true || isOnOwnMachine(c, deps)) return
  throw new Refusal(
    'FOLLOWING_NEEDS_TOKEN',
    'Others can reach this service, so following a repository needs its token.',
    'The operator sets DOCSPOOL_TOKEN; send it as `Authorization: Bearer …`.',
  )
}

/** Sent by a proxy on this machine, whose requests come from anywhere, even if the settings do not name it. */
const FORWARDED_BY_PROXIES = ['Forwarded', 'X-Forwarded-For', 'X-Real-IP', 'Via']

function isOnOwnMachine(c: AppContext, { peerOf, publicOrigin, trustedProxies = [] }: AppDeps): boolean {
  if (peerOf === undefined) return true
  const isPublic = publicOrigin !== undefined || trustedProxies.length > 0
  const isForwarded = FORWARDED_BY_PROXIES.some((name) => c.req.header(name) !== undefined)
  return !isPublic && !isForwarded && parseAddress(peerOf(c) ?? '')?.range() === 'loopback'
}

async function put(follows: Follows, deps: AppDeps, repository: Repository, wanted: Wanted) {
  if (repository.folder !== null) await checkFolder(repository.folder, deps)
  const { every = DEFAULT_EVERY, ...rest } = wanted
  const wish = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return await follows.put({ repoUrl: repository.url, wish, everyMinutes: parseEvery(every) ?? 0 })
}

/** Removes a follow, even when the settings no longer allow its host or folder; `url` must then be as the list shows it. */
async function remove(follows: Follows, { policy }: AppDeps, url: string): Promise<boolean> {
  let normalised: string
  try {
    normalised = parseRepository(url, policy).url
  } catch (error) {
    if (await follows.remove(url)) return true
    throw error
  }
  return await follows.remove(normalised)
}

function addressIn(c: AppContext): string {
  const text = c.req.param('repository') ?? ''
  return isFullUrl(text) ? text : `https://${text}`
}

const repositoryIn = (c: AppContext, { policy }: AppDeps): Repository => parseRepository(addressIn(c), policy)

/** Without a Content-Type there is no body, which means the defaults. */
async function readWanted(c: AppContext): Promise<Wanted> {
  const mediaType = mediaTypeOf(c)
  if (mediaType === '') return {}
  if (isJson(mediaType)) return parsed(JsonFollow, await readJson(c))
  return parsed(FormFollow, await readFields(c))
}

async function readFields(c: AppContext): Promise<Fields> {
  if (isForm(mediaTypeOf(c))) return await readForm(c)
  throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Expected a form or JSON.', "curl -X PUT -d 'tags=v*' sends a form.")
}

/** @throws {Refusal} `UNKNOWN_FIELD`, `BAD_FIELD` or `BAD_BODY` */
function parsed<T extends z.ZodObject>(schema: T, fields: unknown): z.output<T> {
  const result = schema.safeParse(fields)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const hint = `The fields are: ${Object.keys(schema.shape).join(', ')}.`
  if (issue?.code === 'unrecognized_keys') {
    const unknown = JSON.stringify(issue.keys[0]?.slice(0, 40))
    throw new Refusal('UNKNOWN_FIELD', `There is no field ${unknown}.`, hint)
  }
  if (issue === undefined || issue.path.length === 0) {
    throw new Refusal('BAD_BODY', 'Expected an object.', hint)
  }
  throw new Refusal('BAD_FIELD', `${issue.path.join('.')}: ${issue.message}.`, hint)
}

function noSuchFollow(): never {
  throw new Refusal('NO_SUCH_FOLLOW', 'This repository is not followed.', 'PUT the same address to follow it.')
}

function answer(c: AppContext, follow: FollowView, status: 200 | 201): Response {
  c.header('Cache-Control', 'no-store')
  if (formOf(c) === 'text') return c.text(`${followLine(follow)}\n`, status)
  return c.body(jsonText(follow), status, { 'Content-Type': JSON_TYPE })
}

/** `https://github.com/pallets/flask  every 6h  21 versions  checked 2026-11-28T12:00:00.000Z`. */
function followLine({ repo_url, every, refs, looked_at, error }: FollowView): string {
  const versions = refs.length === 1 ? '1 version' : `${refs.length} versions`
  const state = error === null ? (looked_at === null ? 'not yet checked' : `checked ${looked_at}`) : error.message
  return plainLine([repo_url, `every ${every}`, versions, state].join('  '))
}

/** Limits concurrency, because a page reads many records. */
const inTurn = <T>(c: AppContext, step: () => Promise<T>): Promise<T> =>
  c.var.turns.list(c.var.limits.callerOf(c), step)

/** The requested page, which costs as much as a search. @throws {Refusal} `RATE_LIMITED`, `SERVER_BUSY`, `BAD_FIELD` */
async function readPage(c: AppContext, follows: Follows): Promise<FollowPage> {
  const { after = null } = readQuery(c, FollowsParameters, KNOWN_PARAMETERS)
  c.var.limits.search(c)
  return await inTurn(c, () => follows.page(after, PAGE_SIZE))
}

async function showPage(c: AppContext, deps: AppDeps, shown: FollowPage, error?: unknown, typed: Fields = {}) {
  const problem = error === undefined ? null : toProblem(error, c.var.requestId)
  const read = (name: string): string => (typeof typed[name] === 'string' ? typed[name].slice(0, 2_000) : '')
  c.header('Cache-Control', 'no-store')
  if (problem?.retry_after !== undefined) c.header('Retry-After', String(problem.retry_after))
  const page = FollowsPage({
    ...shown,
    isPart: shown.next !== null || c.req.query('after') !== undefined,
    typed: { repoUrl: read('repo_url'), branches: read('branches'), tags: read('tags'), every: read('every') },
    error: problem,
    hooks: deps.hooks === undefined ? null : `${originOf(c, deps)}/hooks`,
    allowed: allowedSources(deps.policy),
    access: pageAccess(c, deps),
    asset: deps.assets.version,
  })
  return sendBody(c, String(await page), problem?.status ?? 200, { 'Content-Type': 'text/html; charset=UTF-8' })
}
