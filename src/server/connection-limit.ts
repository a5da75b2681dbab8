/** Limits open connections, in total and per client, so that the process keeps file descriptors for its work. */

import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { rateLimitKey } from '#http/caller-address.ts'
import { ConcurrencyLimit, type ConcurrencyLimits } from '#http/limits/concurrency-limit.ts'
import { createTrust, parseAddress } from '#http/trusted-proxies.ts'

const MAX_CONNECTIONS = 8_192
/** The usual soft limit, where the system does not report it. */
const USUAL_FILES = 1_024

/** Connection limits: half of the file descriptors in total, half of that for one client. */
export function connectionLimits(openFiles: number = readOpenFilesLimit()): ConcurrencyLimits {
  const max = Math.max(2, Math.min(MAX_CONNECTIONS, Math.floor(openFiles / 2)))
  return { max, maxPerClient: Math.floor(max / 2) }
}

/** Close connections beyond the limits as soon as they are accepted. Those of trusted proxies count in total only. */
export function limitConnections(
  server: Server,
  trustedProxies: readonly string[],
  limits: ConcurrencyLimits = connectionLimits(),
): void {
  const open = new ConcurrencyLimit(limits)
  const isTrusted = createTrust(trustedProxies)
  server.on('connection', (socket) => {
    const address = parseAddress(socket.remoteAddress ?? '')
    const release = open.take(address === undefined || isTrusted(address) ? undefined : rateLimitKey(address))
    if (release === undefined) socket.destroy()
    else socket.once('close', release)
  })
}

function readOpenFilesLimit(): number {
  try {
    const found = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return found === undefined ? MAX_CONNECTIONS * 2 : Number(found)
  } catch {
    return USUAL_FILES
  }
}
