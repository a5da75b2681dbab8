/** A checkout is read as git lists it. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { readCheckout } from '#bench/accuracy/checkout.ts'

test('files of the index are read; links, what is not added and what is ignored are not', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'checkout-'))
  try {
    const git = (...words: string[]): string =>
      execFileSync('git', ['-C', folder, ...words], { encoding: 'utf8' }).trim()
    const write = (name: string, text: string): void => {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), text)
    }
    git('init', '-q')
    write('src/a b.ts', 'export const a = 1\n')
    write('tab\there.py', 'a = 1\n')
    write('twice/one.py', 'same = 1\n')
    write('twice/two.py', 'same = 1\n')
    symlinkSync('src/a b.ts', path.join(folder, 'link.ts'))
    write('.gitignore', 'ignored.ts\n')
    write('ignored.ts', 'no\n')
    git('add', '-A')
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-q', '-m', 'one')
    write('later.ts', 'no\n')

    const { commit, files } = await readCheckout(folder)

    assert.equal(commit, git('rev-parse', 'HEAD'))
    assert.deepEqual(
      files.map((file) => [file.path, file.text, file.language]),
      [
        ['.gitignore', 'ignored.ts\n', 'ignore-list'],
        ['src/a b.ts', 'export const a = 1\n', 'typescript'],
        ['tab\there.py', 'a = 1\n', 'python'],
        ['twice/one.py', 'same = 1\n', 'python'],
        ['twice/two.py', 'same = 1\n', 'python'],
      ],
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
