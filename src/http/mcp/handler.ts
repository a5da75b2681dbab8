/** Serves one HTTP request of the protocol. Loads the protocol's library. */

import { createMcpHandler } from '@modelcontextprotocol/server'
import { createServer } from './server.ts'
import type { Service } from './service.ts'

export function handle(request: Request, service: Service): Promise<Response> {
  // The server offers nothing to subscribe to: a subscription is acknowledged, and ends.
  const options = { maxSubscriptions: 1, keepAliveMs: 0 }
  return createMcpHandler(() => createServer(service), options).fetch(request)
}
