/** No sign that steers a terminal comes through the log. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { escapeControls, plainText, showControls } from '#base/control-characters.ts'
import { createLog } from '#base/log.ts'
import { missingTool } from '../support/skips.ts'

const C0 = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).filter((sign) => !'\t\n'.includes(sign))
const OTHERS = [
  ...Array.from({ length: 33 }, (_, at) => String.fromCharCode(0x7f + at)),
  ...'\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200d\u2060\ufeff\u00ad\u2028\ufe0f\u{e0041}',
]
const SIGNS = [...C0, ...OTHERS]
const PLAIN = 'tab\t, line\n, \u00a0, é, 😀, C:\\u009b, \\\\b, "q"'

test('lines of the log hold no control signs, and say the same', () => {
  const lines: string[] = []
  const log = createLog('test', 'info', { write: (line) => lines.push(line) })
  log.info({ [`key${SIGNS.join('')}`]: SIGNS.join('.') }, `${SIGNS.join('-')}${PLAIN}`)
  const [line = ''] = lines
  for (const sign of SIGNS) assert.ok(!line.slice(0, -1).includes(sign), JSON.stringify(sign))
  const read = JSON.parse(line)
  assert.equal(read.msg, `${SIGNS.join('-')}${PLAIN}`)
  assert.equal(read[`key${SIGNS.join('')}`], SIGNS.join('.'))
})

test('for a terminal they are shown as escapes, and what is no such sign stays', () => {
  for (const sign of SIGNS) {
    const shown = JSON.parse(showControls(escapeControls(JSON.stringify(`a\\${sign}z`))))
    assert.match(shown, /^a\\\\(?:u[0-9a-f]{4}(?:\\u[0-9a-f]{4})?|[bfr])z$/, JSON.stringify(sign))
  }
  const json = JSON.stringify(PLAIN)
  assert.equal(showControls(escapeControls(json)), json)
})

test('on a terminal none of them arrives', (t) => {
  const lack = missingTool('script')
  if (lack) return t.skip(lack)
  const folder = mkdtempSync(path.join(tmpdir(), 'docspool-log-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'log.mjs')
  const log = new URL('../../src/base/log.ts', import.meta.url).href
  writeFileSync(
    file,
    `import { createLog } from '${log}'
createLog('test', 'info').info({ where: 'x\\u009b2Jy' }, 'one \\u001b]0;t\\u0007 two \\u202e three')`,
  )
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const command = `'${process.execPath}' --import tsx '${file}'`
  const out = execFileSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8', cwd: root })
  assert.ok(out.includes(String.raw`one \u001b]0;t\u0007 two \u202e three`), JSON.stringify(out))
  assert.ok(out.includes('INFO'), 'it is the readable form')
  // What is left are the colours of the form.
  const text = stripVTControlCharacters(out)
  for (const sign of SIGNS) if (sign !== '\r') assert.ok(!text.includes(sign), JSON.stringify(out))
})

test('a control sequence of either form is replaced as a whole, and text after another control character stays', () => {
  assert.equal(plainText('a\u001b[31mb'), 'a b')
  assert.equal(plainText('a\u009b31mb'), 'a b')
  assert.equal(plainText('\u0007[ERROR] denied'), ' [ERROR] denied')
})
