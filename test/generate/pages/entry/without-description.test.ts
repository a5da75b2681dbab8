/** What has no text and is for no user is a line at the end of its file. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from '../real-sample.ts'

const allOf = async (texts: Record<string, string>): Promise<string> => [...(await pagesOf(texts)).values()].join('\n')

test('functions of scripts and of programs without a comment have one line each, those with one an entry', async () => {
  const shell = await allOf({
    'bin/orbit': '#!/bin/bash\n\nabort() {\n  exit 1\n}\n\n# Plans one flight.\nplan() {\n  abort\n}\n\nplan "$@"\n',
  })
  assert.match(shell, /Without description\n\n- `abort\(\)`\n/)
  assert.match(shell, /^#+ `plan`$/m)
  assert.doesNotMatch(shell, /^#+ `abort`$/m)
  const long = Array.from({ length: 12 }, (_, index) => `parameter${index} int`).join(', ')
  const go = await allOf({
    'go.mod': 'module example.org/orbit\n',
    'main.go': `package main\n\nconst Far = 0x1\n\ntype empty struct{}\n\n// full holds one.\ntype full struct{ at int }\n\nfunc Pick(${long}) {}\n\nfunc main() { _ = full{at: Far} }\n`,
  })
  const lines = /Without description\n\n((?:[-*] .*\n)+)/.exec(go)?.[1] ?? ''
  assert.match(lines, /`const Far = 0x1`/)
  assert.match(lines, /`type empty struct`/)
  assert.match(lines, /`func Pick\(.{1,110}…`/)
  assert.doesNotMatch(lines, /full/)
})

test('what a package exports keeps its entry', async () => {
  const page = await allOf({
    'package.json': '{"name":"orbit","version":"1.0.0","exports":"./src/index.ts"}',
    'src/index.ts': "export { plan } from './plan.ts'\n",
    'src/plan.ts':
      "export function plan(): string {\n  return pick()\n}\nexport function pick(): string {\n  return 'a'\n}\n",
  })
  assert.match(page, /^#+ `plan`$/m)
  assert.doesNotMatch(page, /^#+ `pick`$/m)
  assert.match(page, /Without description\n\n- .*`pick\(\): string`/)
})
