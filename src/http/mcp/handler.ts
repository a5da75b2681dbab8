/** Serves one HTTP request of the protocol. Loads the protocol's library. */

import { createMcpHandler } from '@modelcontextprotocol/server'
import { createServer } from './server.ts'
import type { Service } from './service.ts'

export function handle(request: Request, service: Service): Promise<Response> {
  // Sets do not change, so there is nothing to subscribe to.
  const options = { maxSubscriptions: 0, keepAliveMs: 0 }
  return createMcpHandler(() => createServer(service), options).fetch(request)
}
