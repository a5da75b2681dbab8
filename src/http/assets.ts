/** Style sheets, scripts and the icon. URLs with the right `?v=` are cached forever. */

import type { Hono } from 'hono'
import type { SendCompressed } from './compressed-responses.ts'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'

const FOR_EVER = 'public, max-age=31536000, immutable'
const REVALIDATE = 'no-cache'
const ICON = 'favicon.svg'

export function addAssetRoutes(app: Hono<AppEnv>, deps: AppDeps, sendCompressed: SendCompressed): void {
  app.get('/assets/:name', (c) => answerAsset(c, deps, sendCompressed, c.req.param('name')))
  app.get('/favicon.ico', (c) => answerAsset(c, deps, sendCompressed, ICON))
}

async function answerAsset(
  c: AppContext,
  deps: AppDeps,
  sendCompressed: SendCompressed,
  name: string,
): Promise<Response> {
  const asset = deps.assets.read(name)
  if (asset === undefined) return c.notFound()
  const { body, type, hash, csp, inFrame } = asset
  if (csp !== undefined) {
    c.header('Content-Security-Policy', csp.replaceAll('{origin}', originOf(c, deps)))
    // Framing is controlled by `frame-ancestors` of the policy.
    c.header('X-Frame-Options', 'SAMEORIGIN')
  }
  if (inFrame === true) c.header('Cross-Origin-Resource-Policy', 'cross-origin')
  const cacheControl = c.req.query('v') === hash ? FOR_EVER : REVALIDATE
  const kept = { etag: `"${hash}"`, type, cacheControl, read: async () => body, isThere: async () => true }
  return (await sendCompressed(c, kept)) ?? c.notFound()
}
