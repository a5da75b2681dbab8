/** What the service says of its own interface: `GET /openapi.json` for programs, `GET /api` for people. */

import type { Hono } from 'hono'
import { ApiPage } from '#templates/api.tsx'
import type { AnswerKept } from './answer-kept.ts'
import { describeApi } from './api/document.ts'
import { pageOf } from './api/page.ts'
import { table } from './api/table.ts'
import { createByteCache } from './byte-cache.ts'
import { quickHash } from './conditional.ts'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'

/** Both texts, for some origins. */
const MAX_BYTES = 4 * 1_048_576
/** Another version of the program may say something else. */
const REVALIDATE = 'no-cache'

interface Texts {
  json: Uint8Array<ArrayBuffer>
  html: Uint8Array<ArrayBuffer>
  hash: string
}

export function addOpenApiRoutes(app: Hono<AppEnv>, deps: AppDeps, answerKept: AnswerKept): void {
  /** By origin: the commands name it. Made when somebody first asks. */
  const kept = createByteCache<Texts>(MAX_BYTES)

  async function textsFor(origin: string): Promise<Texts> {
    const known = kept.read(origin)
    if (known !== undefined) return known
    const document = describeApi(table, origin)
    const json = `${JSON.stringify(document, null, 2)}\n`
    const html = String(await ApiPage({ ...pageOf(document), asset: deps.assets.version }))
    const encoder = new TextEncoder()
    const texts = { json: encoder.encode(json), html: encoder.encode(html), hash: quickHash(json + html) }
    kept.keep(origin, texts, texts.json.length + texts.html.length)
    return texts
  }

  async function answer(c: AppContext, form: 'json' | 'html', type: string): Promise<Response> {
    const { hash, ...texts } = await textsFor(originOf(c, deps))
    const read = async () => texts[form]
    const kept = { etag: `"${hash}-${form}"`, type, cacheControl: REVALIDATE, read, isThere: async () => true }
    return (await answerKept(c, kept)) ?? c.notFound()
  }

  app.get('/openapi.json', (c) => answer(c, 'json', 'application/json'))
  app.get('/api', (c) => answer(c, 'html', 'text/html; charset=UTF-8'))
}
