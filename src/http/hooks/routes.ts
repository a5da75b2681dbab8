/**
 * `POST /hooks`: a forge reports a push. Headers, limits and signature are checked before the payload is parsed. A followed
 * repository is checked soon by asking its host for changes, so nothing in the payload is trusted, and no URL in it is fetched.
 */

import type { Hono } from 'hono'
import { isInScope } from '#base/hook-secrets.ts'
import { parseRepository, type Repository, type RepositoryPolicy } from '#base/repository.ts'
import { formOf, isForm, isJson, mediaTypeOf } from '#http/content-negotiation.ts'
import type { AppContext, AppDeps, AppEnv } from '#http/deps.ts'
import { jsonText } from '#http/job-lines.ts'
import { Refusal } from '#http/problem.ts'
import { HOOKS_PATH, readBytes } from '#http/request-body.ts'
import { type HookAnswer, type IgnoredReason, REASONS } from './answer.ts'
import { type HookSource, sourceOf } from './forges.ts'
import { readNews } from './read-payload.ts'

export function addHookRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  const { follows, hooks } = deps

  app.post(HOOKS_PATH, async (c) => {
    if (follows === undefined || hooks === undefined) {
      throw new Refusal('HOOKS_OFF', 'This service accepts no webhooks.', 'The operator can set DOCSPOOL_HOOK_SECRETS.')
    }
    const source = sourceOf((name) => c.req.header(name))
    if (source === undefined) {
      throw new Refusal(
        'BAD_BODY',
        'The request is not a webhook of a known forge.',
        'See docs/hooks.md for each forge.',
      )
    }
    checkForm(c)
    const length = c.req.header('content-length')
    const chargeAsVerified = c.var.limits.hook(c, length === undefined ? undefined : Number(length))
    const bytes = await readBytes(c)
    const body = decoded(bytes)
    const scopes = source.proof === undefined ? [] : await hooks.verify(source.proof, body)
    if (scopes.length === 0) {
      throw new Refusal(
        'HOOK_REFUSED',
        'The signature or secret of the webhook is missing, wrong, or older than five minutes.',
        'Set the same secret at the forge and in DOCSPOOL_HOOK_SECRETS.',
      )
    }
    chargeAsVerified()
    const news = readNews(source, payloadOf(c, body), hostsOf(scopes))
    if (news === undefined) throw new Refusal('BAD_BODY', 'The payload does not match its event.')
    if (!('addresses' in news)) return ignored(c, news.is)
    const named = news.addresses.flatMap((address) => repositoriesAt(address, deps.policy))
    const allowed = named.filter((repository) => scopes.some((scope) => isInScope(scope, repository)))
    if (named.length > 0 && allowed.length === 0) {
      throw new Refusal('HOOK_OUT_OF_SCOPE', 'The secret of this webhook is not valid for this repository.')
    }
    if (news.is !== 'push') return ignored(c, news.is)
    const delivery = await deliveryOf(source, bytes)
    const outcomes = new Map<string, Awaited<ReturnType<typeof follows.requestLook>>>()
    // A payload may name a repository more than once, and the repository may be followed over multiple protocols.
    for (const url of new Set(allowed.map((repository) => repository.url)))
      outcomes.set(url, await follows.requestLook(url, delivery))
    const [requested] = [...outcomes].find(([, outcome]) => outcome === 'requested') ?? []
    if (requested !== undefined) return accepted(c, requested)
    return ignored(c, [...outcomes.values()].includes('repeated') ? 'repeated' : 'not_followed')
  })
}

/** @throws {Refusal} `UNSUPPORTED_MEDIA_TYPE`: compressed, or not JSON or a form in UTF-8. */
function checkForm(c: AppContext): void {
  const type = mediaTypeOf(c)
  const charset = /;\s*charset\s*=\s*"?([\w-]{1,40})/i.exec(c.req.header('content-type')?.slice(0, 500) ?? '')?.[1]
  const isPlain = /^(?:identity)?$/i.test(c.req.header('content-encoding') ?? '')
  const isUtf8 = charset === undefined || /^(?:utf-?8|us-ascii)$/i.test(charset)
  const isKnown = isJson(type) || (isForm(type) && !type.startsWith('multipart'))
  if (isPlain && isUtf8 && isKnown) return
  throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Expected JSON or a form in UTF-8, without compression.')
}

/** Decodes the bytes without changing the text, because it is signed: a byte order mark is kept. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Refusal('BAD_BODY', 'The body is not valid UTF-8.')
  }
}

/** The parsed JSON of the body or of the form field `payload`, otherwise the form fields. */
function payloadOf(c: AppContext, body: string): unknown {
  if (!isForm(mediaTypeOf(c))) return parseJson(body)
  const form = new URLSearchParams(body)
  const payload = form.get('payload')
  return payload === null ? Object.fromEntries(form) : parseJson(payload)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('BAD_BODY', 'The payload is not JSON.')
  }
}

const hostsOf = (scopes: readonly string[]): string[] => [...new Set(scopes.map((scope) => scope.replace(/\/.*/s, '')))]

/** The repository at an address, once for each protocol over which it may be followed; empty if none is allowed. */
function repositoriesAt(address: string, policy: RepositoryPolicy): Repository[] {
  const rest = address.replace(/^[a-z]{2,10}:\/\/(?:[^/@]*@)?/i, '')
  return [`https://${rest}`, `http://${rest}`, `ssh://git@${rest}`].flatMap((text) => {
    try {
      return [parseRepository(text, policy)]
    } catch {
      return []
    }
  })
}

/**
 * Identifies a delivery: by its id if that is signed, otherwise by a hash of its bytes. Whoever replays a delivery could change
 * an unsigned id, and forges send the same bytes when they deliver again.
 */
async function deliveryOf({ forge, proof }: HookSource, bytes: Uint8Array): Promise<string> {
  if (proof?.is === 'standard') return `${forge} ${proof.headers['webhook-id']}`
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
  return `${forge} ${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

function accepted(c: AppContext, repoUrl: string): Response {
  return respond(c, 202, {
    outcome: 'accepted',
    reason: null,
    detail: 'The repository will be checked in a moment, and documented if it has changed.',
    repo_url: repoUrl,
  })
}

const ignored = (c: AppContext, reason: IgnoredReason): Response =>
  respond(c, 200, { outcome: 'ignored', reason, detail: REASONS[reason], repo_url: null })

function respond(c: AppContext, status: 200 | 202, answer: HookAnswer): Response {
  c.header('Cache-Control', 'no-store')
  if (formOf(c) === 'text') return c.text(`${answer.outcome}  ${answer.detail}\n`, status)
  return c.body(jsonText(answer), status, { 'Content-Type': 'application/json' })
}
