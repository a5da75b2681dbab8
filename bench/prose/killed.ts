/** `kill -9` at random moments while a model is asked: what was answered is not asked again. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ENTRY_SCRIPT } from '#base/entry-script.ts'
import { createRandom } from '../../test/chaos/random.ts'
import { startModelServer } from '../../test/support/model/server.ts'
import { openSubject } from './subject.ts'

const DELAY_MS = 150
/** An answer that left the server so shortly before the kill may not have been written down. */
const MARGIN_MS = 50
const SOON_MS = 220

export async function killed(folder: string, kills: number): Promise<string[]> {
  const subject = await openSubject(folder)
  const server = await startModelServer({ delayMs: DELAY_MS })
  const random = createRandom(7)
  const killedAt: number[] = []
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: subject.root,
    XDG_CACHE_HOME: subject.root,
    LLM_BASE_URL: server.url,
    MAIN_MODEL: 'stand-in',
    DOCSPOOL_LLM_CONCURRENCY: '2',
    DOCSPOOL_CONTEXT_TOKENS: '8000',
  }
  const start = () =>
    spawn(process.execPath, [ENTRY_SCRIPT, 'generate', folder, '-o', path.join(subject.root, 'set')], {
      env,
      stdio: 'ignore',
    })
  try {
    for (let kill = 0; kill < kills; kill++) {
      const child = start()
      const before = server.counters.requests
      // Once it asks, at a moment so soon that there is something to ask for all of them.
      while (server.counters.requests === before && child.exitCode === null) await wait(5)
      await wait(random.next() * SOON_MS)
      if (child.exitCode === null) {
        killedAt.push(Date.now())
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
    }
    const last = start()
    const [code] = await once(last, 'exit')
    await server.idle()
    let again = 0
    let within = 0
    const answered = new Set<string>()
    const late = new Set<string>()
    for (const { hash, request, isWhole, startedAt, endedAt = 0 } of server.seen) {
      // With more room for an answer that was cut, it is another question.
      const question = `${hash} ${request.max_tokens ?? request.max_completion_tokens}`
      if (answered.has(question)) again += 1
      if (late.has(question)) within += 1
      // What was on its way when the process died reached nobody.
      if (!isWhole || killedAt.some((at) => at >= startedAt && at <= endedAt)) continue
      if (killedAt.some((at) => at > endedAt && at - endedAt < MARGIN_MS)) late.add(question)
      else answered.add(question)
    }
    return [
      `kill -9: ${killedAt.length} of ${kills} while it asked, then completed with ${code}: ${server.seen.length} requests for ${new Set([...answered, ...late]).size} prompts; answered and asked again: ${again}, and ${within} whose answer left the server less than ${MARGIN_MS} ms before the kill`,
    ]
  } finally {
    await server.close()
    await subject.close()
  }
}
