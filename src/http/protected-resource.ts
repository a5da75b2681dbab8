/**
 * The metadata of `/mcp` as a protected resource (RFC 9728), which clients of the Model Context Protocol look for when they are
 * refused. The operator hands out tokens, so no authorization server is named.
 */

import type { Hono } from 'hono'
import { z } from 'zod'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'
import { jsonText } from './job-lines.ts'
import { Refusal } from './problem.ts'

export const ProtectedResource = z.object({
  resource: z.url(),
  resource_name: z.string(),
  bearer_methods_supported: z.array(z.literal('header')),
})

export const MCP_PATH = '/mcp'
const WELL_KNOWN = '/.well-known/oauth-protected-resource'

export function addProtectedResourceRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  // Clients look below the path of the resource first (RFC 9728, section 3.1), then at the root.
  app.on('GET', [WELL_KNOWN + MCP_PATH, WELL_KNOWN], (c) => {
    if ((deps.access?.tokens.length ?? 0) === 0) throw new Refusal('NOT_FOUND', 'This service has no token.')
    const metadata: z.infer<typeof ProtectedResource> = {
      resource: originOf(c, deps) + MCP_PATH,
      resource_name: 'docspool',
      bearer_methods_supported: ['header'],
    }
    return c.body(jsonText(metadata), 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  })
}

/** The parameter of `WWW-Authenticate` in a refusal (RFC 9728, section 5.1); empty unless the request was for `MCP_PATH`. */
export const resourceMetadata = (c: AppContext, deps: Pick<AppDeps, 'publicOrigin'>): string =>
  c.req.path === MCP_PATH ? `, resource_metadata="${originOf(c, deps)}${WELL_KNOWN}${MCP_PATH}"` : ''
