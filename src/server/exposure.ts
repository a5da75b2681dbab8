/** Whether strangers may change what the service has. */

import type { Config } from '#base/config.ts'
import { isLoopback } from './listen-address.ts'

/** A warning where other machines can ask the service and nobody has to show a token; else `null`. */
export function exposureOf({ host, access }: Pick<Config, 'host' | 'access'>): string | null {
  if (isLoopback(host) || access.tokens.length > 0) return null
  return `Whoever reaches ${host} can submit, cancel and delete. Set DOCSPOOL_TOKEN, or DOCSPOOL_HOST to 127.0.0.1.`
}
