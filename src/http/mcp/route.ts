/**
 * `POST /mcp`: the Model Context Protocol over streamable HTTP, stateless. The application itself answers the requests of the
 * tools, with the credentials and the address of the caller, so they are refused and limited like any others.
 */

import type { Hono } from 'hono'
import { isJson, mediaTypeOf } from '#http/content-negotiation.ts'
import type { AppContext, AppEnv } from '#http/deps.ts'
import { innerService } from '#http/inner-requests.ts'
import { excessOf } from '#http/json-limits.ts'
import { Refusal } from '#http/problem.ts'
import { MCP_PATH } from '#http/protected-resource.ts'
import { readText } from '#http/request-body.ts'
import { countedStream } from '#http/sent-bytes.ts'
import type { Service } from './service.ts'

/** Maximum number of messages in a batch. The protocol has dropped batches, and older clients send few messages in one. */
const MAX_MESSAGES = 5
/** Limits on the JSON of a message; deeper than for submissions, because messages nest deeper. */
const SHAPE = { depth: 16, items: 20, members: 256, tokens: 20_000 }

type Handle = (request: Request, service: Service) => Promise<Response>

/** Loaded with the first request. */
let loading: Promise<Handle> | undefined

async function load(): Promise<Handle> {
  return (await import('./handler.ts')).handle
}

export function addMcpRoute(app: Hono<AppEnv>): void {
  app.post(MCP_PATH, async (c) => {
    c.var.limits.search(c)
    if (!isJson(mediaTypeOf(c))) throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Expected application/json.')
    const { url } = c.req
    const { headers, signal } = c.req.raw
    const request = new Request(url, { method: 'POST', headers, signal, body: await readMessages(c) })
    loading ??= load()
    const handle = await loading
    const response = await handle(request, innerService(app, c, signal))
    return response.body === null ? response : new Response(countedStream(c, response.body), response)
  })
}

/** The body as text; invalid JSON is left for the protocol to refuse. */
async function readMessages(c: AppContext): Promise<string> {
  const text = await readText(c)
  const excess = excessOf(text, SHAPE)
  if (excess !== undefined) throw new Refusal('BAD_BODY', `Expected a message of the protocol, found ${excess}.`)
  const count = countMessages(text)
  if (count > MAX_MESSAGES) {
    throw new Refusal('BAD_BODY', `Expected at most ${MAX_MESSAGES} messages at once, found ${count}.`)
  }
  // The first one was counted before the body was read.
  c.var.limits.searched(c, count - 1)
  return text
}

function countMessages(text: string): number {
  try {
    const messages: unknown = JSON.parse(text)
    return Array.isArray(messages) ? messages.length : 1
  } catch {
    return 1
  }
}
