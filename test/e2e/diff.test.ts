/** `docspool diff` as a program: on two revisions of a repository, and on folders that `generate` wrote. */

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { program } from '../support/docspool.ts'
import { makeRepository } from '../support/repositories.ts'

let folder: string
let repository: string

interface Ended {
  code: number
  stdout: string
  stderr: string
}

const docspool = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-diff-'))
  repository = path.join(folder, 'orbit')
  const files = (text: string): Record<string, string> => ({
    'pyproject.toml': '[project]\nname = "orbit"\nversion = "1"\n',
    'orbit/__init__.py': text,
  })
  await makeRepository(repository, [
    { files: files('def draw(a, b): pass\n'), tag: '1.0.0' },
    { files: files('def draw(a, b): pass\ndef plan(): pass\n'), tag: '1.1.0' },
    { files: files('def draw(a): pass\ndef plan(): pass\n'), tag: '2.0.0' },
  ])
})

after(() => rm(folder, { recursive: true, force: true }))

test('what breaks users is told and fails, what does not is told and succeeds', async () => {
  const minor = await docspool('diff', '--repo', repository, '1.0.0', '1.1.0')
  assert.equal(minor.code, 0, minor.stderr)
  assert.match(minor.stdout, /0 breaking, 0 perhaps breaking and 1 compatible change: a minor step\./)
  assert.match(minor.stdout, /orbit\.plan: Added/)
  const major = await docspool('diff', '--repo', repository, '1.1.0', '2.0.0')
  assert.equal(major.code, 1)
  assert.match(major.stdout, /orbit\.draw: Parameter removed: `b`\n {4}- orbit\/__init__\.py:1 {2}def draw\(a, b\)/)
  assert.equal((await docspool('diff', '--repo', repository, '1.1.0', '2.0.0', '--allow-breaking')).code, 0)
})

test('folders that generate wrote are compared, in each format', async () => {
  for (const tag of ['1.0.0', '2.0.0']) {
    const made = await docspool('generate', repository, '-c', tag, '-o', tag)
    assert.equal(made.code, 0, made.stderr)
  }
  const markdown = await docspool('diff', '1.0.0', '2.0.0', '--format', 'markdown')
  assert.match(markdown.stdout, /^# 1\.0\.0 → 2\.0\.0\n/)
  const json = JSON.parse((await docspool('diff', '1.0.0', '2.0.0', '--format', 'json')).stdout)
  assert.deepEqual([json.step, json.counts], ['major', { breaking: 1, unknown: 0, compatible: 1 }])
})

test('a folder without a set, a revision that is not there and a wrong format fail with a reason', async () => {
  assert.match((await docspool('diff', '.', '.')).stderr, /There is no api\.json in "\."\. \(NO_PUBLIC_API\)/)
  assert.equal((await docspool('diff', '--repo', repository, '1.0.0', '9.9')).code, 1)
  assert.equal((await docspool('diff', '.', '.', '--format', 'pdf')).code, 2)
})
