import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { dayOf } from '#generate/prose/budget/day-journal.ts'
import { parseLine } from '#generate/prose/budget/journal-line.ts'
import { GOOD, say, startEndpoint, temporaryFolder } from './endpoint.ts'

const COUNT = 60

test('after kill -9 nothing is asked again whose answer was given', { timeout: 120_000 }, async (t) => {
  const asked: string[] = []
  const { url } = await startEndpoint(t, (response, { body }) => {
    asked.push(body.messages[1]?.content ?? '')
    setTimeout(() => say(response, GOOD), 25)
  })
  const spool = temporaryFolder(t)
  const given = new Set<string>()
  const start = () => {
    const file = fileURLToPath(new URL('ask-process.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', file, url, spool, String(COUNT)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    createInterface(child.stdout).on('line', (line) => given.add(line))
    t.after(() => child.kill('SIGKILL'))
    return { child, closed: once(child, 'close') }
  }
  for (const part of [COUNT / 3, (COUNT * 2) / 3]) {
    const { child, closed } = start()
    while (given.size < part) await new Promise((resolve) => setTimeout(resolve, 5))
    child.kill('SIGKILL')
    await closed
    const before = asked.length
    const whole = [...given]
    assert.ok(whole.length < COUNT, 'it died amid its questions')
    const second = start()
    if (part > COUNT / 2) assert.deepEqual(await second.closed, [0, null])
    else {
      while (asked.length < before + 4) await new Promise((resolve) => setTimeout(resolve, 5))
      second.child.kill('SIGKILL')
      await second.closed
    }
    const again = asked.slice(before).filter((question) => whole.includes(question))
    assert.deepEqual(again, [])
  }
  assert.equal(given.size, COUNT)
  const open = new Set<string>()
  const journal = readFileSync(path.join(spool, 'spend', `${dayOf(Date.now())}.ndjson`), 'utf8')
  for (const text of journal.split('\n')) {
    const line = parseLine(text)
    if (line?.t === 'reserve') open.add(line.id)
    else if (line !== undefined) open.delete(line.id)
  }
  assert.ok(open.size > 0 && open.size <= 12, `${open.size} reservations stay, of what was on its way at each death`)
})
