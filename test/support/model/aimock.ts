/**
 * aimock in the place of the stand-in: the same small face, somebody else's reading of the protocol.
 *
 * Its fixtures may be functions of the request, so it gives the answers of our `well-behaved` model, streamed or not, and any error
 * by status. It has no fixture for a connection that breaks by prompt, and counts no tokens of its own: those here are ours, of the
 * requests in its journal. Without `record` it makes no request to the outside.
 */

import { LLMock } from '@copilotkit/aimock'
import { createRandom } from '../../chaos/random.ts'
import { readPrompt } from './prompt.ts'
import { type ChatRequest, inputTokensOf, tokensOf, usageOf } from './protocol.ts'
import { replyTo } from './reply.ts'
import { type Counters, hashOf } from './seen.ts'

export interface ModelEndpoint {
  /** Ends with `/v1`. */
  url: string
  counters: Pick<Counters, 'requests' | 'answered' | 'inputTokens' | 'outputTokens'>
  close(): Promise<void>
}

export interface AimockOptions {
  /** 1 by default. */
  seed?: number
  /** Without it any key will do. */
  key?: string
}

export async function startAimock({ seed = 1, key }: AimockOptions = {}): Promise<ModelEndpoint> {
  const outputTokens = new Map<string, number>()
  const mock = new LLMock({
    host: '127.0.0.1',
    port: 0,
    journalMaxEntries: 0,
    logLevel: 'silent',
    ...(key === undefined ? {} : { auth: { apiKeys: [key] } }),
  })
  mock.on({ endpoint: 'chat' }, (given) => {
    const request = given as unknown as ChatRequest
    const hash = hashOf(request)
    const asked = { request, prompt: readPrompt(request), key: undefined, earlier: 0 }
    const reply = replyTo(asked, { name: 'well-behaved' }, createRandom(seed).fork(hash))
    if (reply.kind !== 'answer') throw new Error('A well-behaved model answers.')
    outputTokens.set(hash, tokensOf(reply.said.text))
    return {
      content: reply.said.text,
      finishReason: reply.said.finish,
      usage: usageOf(inputTokensOf(request), tokensOf(reply.said.text)),
    }
  })
  await mock.start()

  return {
    url: `${mock.url}/v1`,
    get counters() {
      const asked = mock.getRequests().filter(({ path }) => path.startsWith('/v1/chat/completions'))
      const answered = asked.filter(({ response }) => response.status === 200 && response.interrupted !== true)
      const requests = answered.map(({ body }) => body as unknown as ChatRequest)
      const sum = (of: (request: ChatRequest) => number) => requests.reduce((all, request) => all + of(request), 0)
      return {
        requests: asked.length,
        answered: answered.length,
        inputTokens: sum(inputTokensOf),
        outputTokens: sum((request) => outputTokens.get(hashOf(request)) ?? 0),
      }
    },
    close: () => mock.stop(),
  }
}
