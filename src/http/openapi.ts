/**
 * The description of the API: `GET /openapi.json` for programs, `GET /api` for people. Rendered once for each origin, which
 * appears in the example commands.
 */

import type { Hono } from 'hono'
import { ApiPage } from '#templates/api.tsx'
import { pageOf } from './api/api-page.ts'
import { describeApi } from './api/openapi-document.ts'
import { table } from './api/operations-table.ts'
import { createByteCache } from './byte-cache.ts'
import type { SendCompressed } from './compressed-responses.ts'
import { etagOf } from './conditional.ts'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'

/** Size of the cache of both documents, which limits the number of origins in it. */
const MAX_BYTES = 4 * 1_048_576
/** Short, because another version may describe another API. */
const REVALIDATE = 'no-cache'

/** Placeholders for the origin. Shells need quotes around URLs with brackets only. */
const NAMED = 'http://origin.invalid'
const BRACKETED = 'http://[origin.invalid]'
const PLAIN = /^https?:\/\/[\w.-]+(?::\d+)?$/
const IPV6 = /^https?:\/\/\[[0-9a-f:.]+\](?::\d+)?$/
/** The origin in the documents if the requested one matches neither pattern. */
const ANY = 'http://localhost'

interface Texts {
  json: string
  html: string
}

interface Answers {
  json: Uint8Array<ArrayBuffer>
  html: Uint8Array<ArrayBuffer>
  /** The common part of both ETags, with quotes. */
  etag: string
}

export function addOpenApiRoutes(app: Hono<AppEnv>, deps: AppDeps, sendCompressed: SendCompressed): void {
  const texts = new Map<string, Promise<Texts>>()
  const kept = createByteCache<Answers>(MAX_BYTES, ({ json, html }) => json.length + html.length)

  async function make(placeholder: string): Promise<Texts> {
    const document = describeApi(table, placeholder)
    const html = String(await ApiPage({ ...pageOf(document), asset: deps.assets.version }))
    return { json: `${JSON.stringify(document, null, 2)}\n`, html }
  }

  async function answersFor(requested: string): Promise<Answers> {
    const origin = PLAIN.test(requested) || IPV6.test(requested) ? requested : ANY
    const known = kept.get(origin)
    if (known !== undefined) return known
    const placeholder = IPV6.test(origin) ? BRACKETED : NAMED
    const making = texts.get(placeholder) ?? make(placeholder)
    texts.set(placeholder, making)
    const { json, html } = await making
    const named = (text: string): Uint8Array<ArrayBuffer> =>
      new TextEncoder().encode(text.replaceAll(placeholder, () => origin))
    const answers = { json: named(json), html: named(html), etag: await etagOf(`${origin}\n${json}${html}`) }
    kept.set(origin, answers)
    return answers
  }

  async function answer(c: AppContext, form: 'json' | 'html', type: string): Promise<Response> {
    const { etag, ...bodies } = await answersFor(originOf(c, deps))
    const read = async () => bodies[form]
    const tag = `${etag.slice(0, -1)}-${form}"`
    const body = { etag: tag, type, cacheControl: REVALIDATE, read, isThere: async () => true }
    return (await sendCompressed(c, body)) ?? c.notFound()
  }

  app.get('/openapi.json', (c) => answer(c, 'json', 'application/json'))
  app.get('/api', (c) => answer(c, 'html', 'text/html; charset=UTF-8'))
}
