/** A client of a server's HTTP interface, for MCP tools and commands. */

import type { Service } from '#http/mcp/service.ts'
import { type Service as Server, ServerUnreachable } from './service-client.ts'

/** Longer than any response of a server takes, including long polls. */
const TIMEOUT_MS = 90_000

/** Requests reject with `ServerUnreachable` when no server answers. */
export function remoteService({ origin, token }: Server): Service {
  return {
    async fetch(path, request = {}) {
      const { signal, ...init } = toInit(request)
      const end = limited(signal ?? undefined)
      try {
        return await fetch(new URL(path, origin), {
          ...init,
          headers: { ...request.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
          signal: end,
        })
      } catch (error) {
        if (signal?.aborted) throw error
        throw new ServerUnreachable(`No docspool answers at ${origin}.`, { cause: error })
      }
    },
  }
}

/** Not `AbortSignal.any` with a timeout, which Node 20 may collect as garbage before it fires. */
function limited(outer: AbortSignal | undefined): AbortSignal {
  const end = new AbortController()
  setTimeout(() => end.abort(), TIMEOUT_MS).unref()
  if (outer?.aborted === true) end.abort(outer.reason)
  outer?.addEventListener('abort', () => end.abort(outer.reason), { once: true })
  return end.signal
}

/** Leave out members that are undefined. */
export function toInit({ method, headers, body, signal }: Parameters<Service['fetch']>[1] & object): RequestInit {
  return {
    ...(method !== undefined && { method }),
    ...(headers !== undefined && { headers }),
    ...(body !== undefined && { body }),
    ...(signal !== undefined && { signal }),
  }
}
