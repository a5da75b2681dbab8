/** A stand-in for a language model: a server on loopback that speaks OpenAI's Chat Completions. */

import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { createRandom } from '../../chaos/random.ts'
import { readPrompt } from './prompt.ts'
import { type ChatRequest, inputTokensOf, tokensOf, usageOf } from './protocol.ts'
import { busy, malformed, noModel, notFound, type Refusal, unauthorised } from './refusals.ts'
import { replyTo, settle } from './reply.ts'
import { createCue, type Script } from './script.ts'
import { type Counters, hashOf, noCounts, type Seen } from './seen.ts'
import { sendAnswer, sendJson, sendRefusal } from './send.ts'

export interface ModelServerOptions {
  /** 1 by default. */
  seed?: number
  /** `well-behaved` by default. */
  behaviour?: Script
  /** From the arrival of a request to the first byte of its reply; longer only where the reply takes longer to make. */
  delayMs?: number
  /** Requests at once; one more is answered 429. */
  maxConcurrent?: number
  /** Without it any key will do, and none. */
  key?: string
  /** True by default. */
  reportsUsage?: boolean
  /** Others are answered 404; without it any name will do. */
  models?: readonly string[]
}

export interface ModelServer {
  /** `http://127.0.0.1:…/v1`. */
  url: string
  port: number
  /** In the order of arrival. */
  seen: Seen[]
  counters: Counters
  /** From the next request on; a script starts anew. */
  behave(behaviour: Script): void
  /** Resolves when no request is in flight: then the counters are final. */
  idle(): Promise<void>
  /** Ends what hangs, too. */
  close(): Promise<void>
}

export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const { seed = 1, delayMs = 0, maxConcurrent = Infinity, reportsUsage = true } = options
  const counters = noCounts()
  const seen: Seen[] = []
  const flights = new EventEmitter()
  let inFlight = 0
  let isClosing = false
  let cue = createCue(options.behaviour ?? 'well-behaved')

  /** What speaks against a request before any behaviour is asked. */
  function objection(record: Seen): Refusal | undefined {
    if (options.key !== undefined && record.key !== options.key) return unauthorised
    if (inFlight > maxConcurrent) return busy(1)
    if (options.models?.includes(record.request.model) === false) return noModel(record.request.model)
    return undefined
  }

  async function complete(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = Date.now()
    let record: Seen | undefined
    let isCut = false
    let outputTokens = 0
    counters.requests++
    inFlight++
    counters.peakConcurrent = Math.max(counters.peakConcurrent, inFlight)
    const left = new AbortController()
    response.on('close', () => {
      left.abort()
      const isWhole = response.writableFinished
      if (!isWhole && !isCut && !isClosing) counters.abandoned++
      if (record) {
        Object.assign(record, { endedAt: Date.now(), isWhole })
        if (isWhole && record.status === 200) {
          counters.answered++
          counters.inputTokens += inputTokensOf(record.request)
          counters.outputTokens += outputTokens
        }
      }
      if (--inFlight === 0) flights.emit('idle')
    })

    const request = readRequest(await text(incoming))
    if (request === undefined)
      return sendRefusal(response, malformed('We could not parse the JSON body of your request.'))
    const key = keyOf(incoming)
    record = { request, hash: hashOf(request), startedAt, isWhole: false, ...(key === undefined ? {} : { key }) }
    seen.push(record)
    const refusal = objection(record)
    if (refusal) {
      record.status = refusal.status
      return sendRefusal(response, refusal)
    }

    const random = createRandom(seed).fork(record.hash)
    const behaviour = settle(cue.next(record), random)
    record.behaviour = behaviour
    const earlier = cue.countEarlier(behaviour.name, record.hash)
    const reply = replyTo({ request, prompt: readPrompt(request), key, earlier }, behaviour, random)
    const waitMs = startedAt + delayMs - Date.now()
    if (waitMs > 0) await wait(waitMs, undefined, { signal: left.signal }).catch(() => {})
    if (left.signal.aborted || reply.kind === 'silence') return
    if (reply.kind === 'refusal') {
      record.status = reply.refusal.status
      return sendRefusal(response, reply.refusal)
    }

    const { said, breaksOff, pieceMs } = reply
    const isStream = request.stream === true
    const isReported = reportsUsage && (!isStream || request.stream_options?.include_usage === true)
    outputTokens = tokensOf(said.refusal ?? said.text)
    const usage = 'usage' in said ? said.usage : usageOf(inputTokensOf(request), outputTokens)
    record.status = 200
    isCut = breaksOff === 'connection'
    const seenNow = record
    const onPiece = (piece: string): void => {
      if (/"content":"[^"]/.test(piece)) seenNow.wordsAt ??= performance.timeOrigin + performance.now()
    }
    return sendAnswer(
      response,
      { ...said, usage: isReported ? usage : undefined },
      {
        ...{ id: `chatcmpl-${record.hash}`, model: request.model, isStream, onPiece },
        ...(breaksOff ? { breaksOff } : {}),
        ...(pieceMs === undefined ? {} : { pieceMs }),
      },
    )
  }

  const server = createServer((incoming, response) => {
    const route = `${incoming.method} ${incoming.url?.split('?')[0]}`
    if (route === 'POST /v1/chat/completions')
      complete(incoming, response).catch((error) => breakLoudly(response, error))
    else if (route !== 'GET /v1/models') sendRefusal(response, notFound)
    else if (options.key !== undefined && keyOf(incoming) !== options.key) sendRefusal(response, unauthorised)
    else sendJson(response, modelList(options.models ?? ['stand-in']))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    seen,
    counters,
    behave(behaviour) {
      cue = createCue(behaviour)
    },
    async idle() {
      while (inFlight > 0) await once(flights, 'idle')
    },
    async close() {
      isClosing = true
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** A script that throws is a mistake of the test. Of a client that left while it was read, nothing is to be said. */
function breakLoudly(response: ServerResponse, error: unknown): void {
  if (response.closed || response.headersSent) return void response.destroy()
  const message = `The stand-in itself broke: ${error instanceof Error ? error.stack : error}`
  sendRefusal(response, { status: 501, type: 'stand_in', code: null, message })
}

function keyOf(incoming: IncomingMessage): string | undefined {
  return /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1]
}

function readRequest(body: string): ChatRequest | undefined {
  try {
    const request = JSON.parse(body)
    return typeof request?.model === 'string' && Array.isArray(request.messages) ? request : undefined
  } catch {
    return undefined
  }
}

function modelList(models: readonly string[]) {
  return { object: 'list', data: models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'stand-in' })) }
}
