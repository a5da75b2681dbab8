import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { summarise } from '#generate/prose/budget/summarise.ts'

test('processes that spend at once together keep to the budget of the day', { timeout: 120_000 }, async (t) => {
  const folder = newFolder(t)
  const outputs = await run(t, 'spend-process.ts', folder)
  const spent = outputs.map((text) => Number(/spent (\d+)/.exec(text)?.[1]))
  assert.ok(spent.filter((each) => each > 0).length > 1, `more than one spent: ${spent}`)
  const sum = spent.reduce((all, each) => all + each, 0)
  assert.ok(sum <= 100_000, `${sum} were spent`)
  assert.ok(sum > 100_000 - 3 * 170, `${sum} were spent, though there was more`)
  const { days } = await summarise(folder)
  const counted = days.reduce((all, { input_tokens, output_tokens }) => all + input_tokens + output_tokens, 0)
  assert.equal(counted, sum)
})

test('of processes that reserve the last of a day in the same moment just one may', { timeout: 120_000 }, async (t) => {
  const outputs = await run(t, 'race-process.ts', newFolder(t))
  const won = outputs.map((text) => JSON.parse(/won (.*)/.exec(text)?.[1] ?? '') as number[])
  const all = won.flat().sort((a, b) => a - b)
  assert.deepEqual(
    all,
    Array.from({ length: 300 }, (_, day) => day),
  )
})

function newFolder(t: TestContext): string {
  const root = mkdtempSync(path.join(tmpdir(), 'docspool-spend-'))
  t.after(() => rm(root, { recursive: true, force: true }))
  return path.join(root, 'spend')
}

/** What three processes print that start their work together. */
async function run(t: TestContext, script: string, folder: string): Promise<string[]> {
  const file = fileURLToPath(new URL(script, import.meta.url))
  const children = ['one', 'two', 'three'].map((job) => {
    const child = spawn(process.execPath, ['--import', 'tsx', file, folder, job], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    t.after(() => child.kill('SIGKILL'))
    return child
  })
  const outputs = children.map(() => '')
  await Promise.all(children.map(({ stdout }) => once(stdout, 'data')))
  for (const [at, child] of children.entries()) {
    child.stdout.on('data', (chunk) => {
      outputs[at] += String(chunk)
    })
    child.stdin.write(`${Date.now() + 200}\n`)
  }
  const ends = await Promise.all(children.map((child) => once(child, 'close')))
  assert.deepEqual(ends, [
    [0, null],
    [0, null],
    [0, null],
  ])
  return outputs
}
