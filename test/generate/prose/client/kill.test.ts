import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { dayOf } from '#generate/prose/budget/day-journal.ts'
import { parseLine } from '#generate/prose/budget/journal-line.ts'
import { GOOD, say, startEndpoint, temporaryFolder } from './endpoint.ts'

const COUNT = 60
/** Between the last byte written here and the file over there. */
const WINDOW_MS = 50

test('after kill -9 nothing is asked again whose answer had come', { timeout: 120_000 }, async (t) => {
  const answeredAt = new Map<string, number>()
  const asked: string[] = []
  const { url } = await startEndpoint(t, (response, { body }) => {
    const question = body.messages[1]?.content ?? ''
    asked.push(question)
    setTimeout(() => {
      response.on('finish', () => answeredAt.set(question, performance.now()))
      say(response, GOOD)
    }, 25)
  })
  const spool = temporaryFolder(t)
  const start = () => {
    const file = fileURLToPath(new URL('ask-process.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', file, url, spool, String(COUNT)], { stdio: 'inherit' })
    t.after(() => child.kill('SIGKILL'))
    return child
  }
  for (const part of [COUNT / 3, (COUNT * 2) / 3]) {
    const child = start()
    const ended = once(child, 'exit')
    while (answeredAt.size < part) await new Promise((resolve) => setTimeout(resolve, 5))
    child.kill('SIGKILL')
    const killedAt = performance.now()
    await ended
    const before = asked.length
    const whole = [...answeredAt].filter(([, at]) => at < killedAt - WINDOW_MS).map(([question]) => question)
    assert.ok(whole.length > 0 && whole.length < COUNT, `${whole.length} were answered`)
    const second = start()
    const secondEnded = once(second, 'exit')
    if (part > COUNT / 2) assert.deepEqual(await secondEnded, [0, null])
    else {
      while (asked.length < before + 4) await new Promise((resolve) => setTimeout(resolve, 5))
      second.kill('SIGKILL')
      await secondEnded
    }
    const again = asked.slice(before).filter((question) => whole.includes(question))
    assert.deepEqual(again, [])
  }
  assert.equal(answeredAt.size, COUNT)
  const open = new Set<string>()
  const journal = readFileSync(path.join(spool, 'spend', `${dayOf(Date.now())}.ndjson`), 'utf8')
  for (const text of journal.split('\n')) {
    const line = parseLine(text)
    if (line?.t === 'reserve') open.add(line.id)
    else if (line !== undefined) open.delete(line.id)
  }
  assert.ok(open.size > 0 && open.size <= 12, `${open.size} reservations stay, of what was on its way at each death`)
})
