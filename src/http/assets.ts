/** Style sheets, scripts and the icon. A URL with the right `?v=` never changes its answer. */

import type { Hono } from 'hono'
import { tagged } from './conditional.ts'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'
import { Refusal } from './problem.ts'

const FOR_EVER = 'public, max-age=31536000, immutable'
const REVALIDATE = 'no-cache'
const ICON = 'favicon.svg'

export function addAssetRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.get('/assets/:name', (c) => answerAsset(c, deps, c.req.param('name')))
  app.get('/favicon.ico', (c) => answerAsset(c, deps, ICON))
}

function answerAsset(c: AppContext, deps: AppDeps, name: string): Response {
  const asset = deps.assets.read(name)
  if (asset === undefined) throw new Refusal('NOT_FOUND', 'There is nothing at this address.')
  const { body, type, hash, csp, inFrame } = asset
  if (csp !== undefined) {
    c.header('Content-Security-Policy', csp.replaceAll('{origin}', originOf(c, deps)))
    // The policy's own `frame-ancestors` says who may frame it.
    c.header('X-Frame-Options', 'SAMEORIGIN')
  }
  if (inFrame === true) c.header('Cross-Origin-Resource-Policy', 'cross-origin')
  return tagged(c, `"${hash}"`, body, type, c.req.query('v') === hash ? FOR_EVER : REVALIDATE)
}
