import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SourceFile } from '#generate/model.ts'
import { copiesOnlyBuiltFiles } from '#generate/pages/commands/packed-images.ts'

const file = (path: string, text = ''): SourceFile => ({ path, text }) as SourceFile

const CASES: [text: string, expected: boolean][] = [
  ['COPY orbit /usr/bin/orbit', true],
  ['COPY ["orbit", "/usr/bin/orbit"]', true],
  ['COPY page.html /', false],
  ['COPY ["my dir/x", "/y"]', false],
  ['ADD https://example.com/app.tar.gz /', false],
  ['ADD git@example.com:acme/orbit.git /', false],
  ['COPY <<EOF /etc/x\na\nEOF', false],
  ['COPY orbit /\nRUN make', false],
]

for (const [text, expected] of CASES)
  test(text, () => {
    const files = [file('page.html'), file('my dir/x')]
    assert.equal(copiesOnlyBuiltFiles(file('Dockerfile', `FROM scratch\n${text}\n`), files), expected)
  })
