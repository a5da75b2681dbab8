/** Detects a service that others can reach and change. */

import type { Config } from '#base/config.ts'
import { isLoopback } from './listen-address.ts'

/** A warning when other machines can reach the service and it has no token; otherwise `null`. */
export function exposureOf({ host, access }: Pick<Config, 'host' | 'access'>): string | null {
  if (isLoopback(host) || access.tokens.length > 0) return null
  return `Anyone who can reach ${host} can submit, cancel and delete. Set DOCSPOOL_TOKEN, or set DOCSPOOL_HOST to 127.0.0.1.`
}
