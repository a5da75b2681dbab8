/** A log that cannot be written: the program goes on, its memory is limited, and what was lost is counted. */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { lacking } from '../support/skips.ts'

const script = fileURLToPath(new URL('log-writer.ts', import.meta.url))

/** A program that logs to an open file. */
function startWriter(t: TestContext, err: number) {
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', script], { stdio: ['pipe', 'pipe', err] })
  t.after(() => child.kill('SIGKILL'))
  assert.ok(child.stdin !== null && child.stdout !== null)
  child.stdin.on('error', () => undefined)
  const [input, lines] = [child.stdin, createInterface(child.stdout)[Symbol.asyncIterator]()]
  return {
    /** @returns The bytes of its heap afterwards; `undefined` if it has ended. */
    async log(count: number): Promise<number | undefined> {
      input.write(`${count}\n`)
      const { value } = await lines.next()
      return value === undefined ? undefined : Number(value)
    },
    /** @returns Its exit code. */
    async end(): Promise<number | null> {
      input.end()
      if (child.exitCode === null) await once(child, 'exit')
      return child.exitCode
    },
  }
}

interface Line {
  n?: number
  dropped?: number
}

const linesOf = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Every line is there once and in order, or counted. */
function assertBalance(lines: readonly Line[], logged: number): void {
  const numbers = lines.flatMap(({ n }) => n ?? [])
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].sort((a, b) => a - b),
  )
  const counts = lines.flatMap(({ dropped }) => dropped ?? [])
  assert.equal(counts.length, 1, 'the lost lines are told once')
  assert.ok((counts[0] ?? 0) > 0)
  assert.equal(numbers.length + (counts[0] ?? 0), logged)
}

test('a device that is always full neither ends a program nor takes its memory', async (t) => {
  const writer = startWriter(t, openSync('/dev/full', 'w'))
  const before = (await writer.log(10)) ?? assert.fail('it ended')
  const after = (await writer.log(20_000)) ?? assert.fail('it ended')
  // The lines have 4 MB.
  assert.ok(after - before < 2e6, `${after - before} bytes`)
  assert.equal(await writer.end(), 0)
})

test('when a full disk has space again, the log goes on with the number of lost lines', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-log-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder], { stdio: 'ignore' })
  } catch {
    await remove()
    return t.skip(lacking('the right to mount'))
  }
  t.after(async () => {
    execFileSync('umount', ['-l', folder])
    await remove()
  })
  const [file, other] = [path.join(folder, 'log'), path.join(folder, 'other')]
  await writeFile(other, Buffer.alloc(900_000))
  const writer = startWriter(t, openSync(file, 'a'))
  assert.ok(await writer.log(5_000), 'it ended')
  await rm(other)
  assert.ok(await writer.log(2), 'it ended')
  assert.ok(await writer.log(2), 'it ended')
  assert.equal(await writer.end(), 0)
  const lines = linesOf(await readFile(file, 'utf8'))
  assertBalance(lines, 5_004)
  assert.equal(lines.at(-1)?.n, 5_003)
})
