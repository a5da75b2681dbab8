/** Pipes, folders and links where the spool has files: its owner may put them there, and root's commands look at them. */
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { program } from '../../support/docspool.ts'
import { makeQueue, request } from '../support.ts'

interface Ending {
  /** `null` when it had to be killed. */
  code: number | null
  out: string
  err: string
}

function run(spoolDir: string, args: string[]): Promise<Ending> {
  const env = { ...process.env, DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_PORT: '0', DOCSPOOL_LOG_LEVEL: 'silent' }
  return new Promise((resolve) => {
    const options = { env, timeout: 60_000, killSignal: 'SIGKILL' } as const
    const child = execFile(process.execPath, [program, ...args], options, (_error, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    )
  })
}

/** A spool with a job that waits, and nobody who works on it. */
async function setUp(t: TestContext): Promise<SpoolPaths> {
  const { spoolDir, queue } = await makeQueue(t)
  await queue.submit(request('acme--a'))
  await queue.close()
  return new SpoolPaths(spoolDir)
}

const makePipe = (file: string): unknown => execFileSync('mkfifo', ['-m', '600', file])

test('pipes where records, marks and workers are read keep no command waiting', async (t) => {
  const paths = await setUp(t)
  const pipes = [
    paths.revision('acme--a', 99),
    paths.worker('999999-1-00000001'),
    paths.pausedMark,
    path.join(paths.journal, '00000000-00000000-999999-1-0'),
    path.join(paths.root, 'docs', 'made-up', 'manifest.json'),
  ]
  await mkdir(path.join(paths.root, 'docs', 'made-up'))
  for (const file of pipes) makePipe(file)
  await mkdir(paths.activeOf('999999-1-00000001'))
  for (const args of [['jobs'], ['doctor'], ['gc', '--dry-run'], ['fsck'], ['gc'], ['jobs']]) {
    const { code, out, err } = await run(paths.root, args)
    assert.ok(code !== null && (code === 0 || args[0] === 'doctor'), `${args}: ${code} ${out}${err}`)
    assert.doesNotMatch(out + err, /unexpected error/)
    if (args[0] === 'jobs') assert.match(out, /acme--a/)
  }
})

for (const [what, make] of [
  ['a pipe', async (file: string) => void makePipe(file)],
  ['a folder', (file: string) => mkdir(file)],
  ['a link', (file: string) => symlink('LAYOUT.old', file)],
] as const) {
  test(`${what} for LAYOUT ends every command with a line`, async (t) => {
    const paths = await setUp(t)
    await rename(paths.layout, `${paths.layout}.old`)
    await make(paths.layout)
    for (const args of [['jobs'], ['fsck'], ['gc'], ['gc', '--dry-run'], ['init'], ['serve']]) {
      const { code, err } = await run(paths.root, args)
      assert.equal(code, 1, `${args}: ${err}`)
      assert.match(err, /^docspool: LAYOUT of the spool is not a plain file\. \(SPOOL_UNAVAILABLE\)\n[^\n]+\n$/)
    }
    assert.match(
      (await run(paths.root, ['doctor'])).out,
      /^FAIL {2}supervisor: LAYOUT of the spool is not a plain file/m,
    )
  })
}

test('doctor says of a folder that is used for something else that it becomes no spool', async (t) => {
  const paths = await setUp(t)
  const folder = path.join(path.dirname(paths.root), 'mine')
  await mkdir(path.join(folder, 'work'), { recursive: true })
  await writeFile(path.join(folder, 'work', 'thesis.txt'), 'mine')
  const { code, out } = await run(folder, ['doctor'])
  assert.equal(code, 1)
  assert.match(
    out,
    /^FAIL {2}spool: .*mine is not a spool.* work\/thesis\.txt, .*Set DOCSPOOL_SPOOL_DIR or --spool-dir to an empty or new folder/m,
  )
  const { code: refused, err } = await run(folder, ['init'])
  assert.equal(refused, 78)
  assert.match(
    err,
    /^docspool: [^\n]+ \(SPOOL_UNUSABLE\)\nSet DOCSPOOL_SPOOL_DIR or --spool-dir to an empty or new folder[^\n]+\n$/,
  )
  assert.equal(await readFile(path.join(folder, 'work', 'thesis.txt'), 'utf8'), 'mine')
  await rm(folder, { recursive: true })
})
