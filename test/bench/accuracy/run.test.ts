import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../../bench/accuracy/run.ts', import.meta.url))

test('without a folder of checkouts it says so in a line, with 1', (t) => {
  const empty = mkdtempSync(path.join(tmpdir(), 'docspool-accuracy-'))
  t.after(() => rmSync(empty, { recursive: true }))
  const missing = path.join(empty, 'missing')
  for (const [folder, reason] of [
    ['', 'say where repositories are checked out'],
    [missing, `there is no folder ${missing}`],
    [program, `there is no folder ${program}`],
    [empty, `${empty} has no git checkout in it`],
  ] as const) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, folder], {
      encoding: 'utf8',
    })
    assert.deepEqual([status, stdout], [1, ''])
    assert.equal(stderr, `accuracy: ${reason}; make accuracy REPOS=<folder of git checkouts>\n`)
  }
})
