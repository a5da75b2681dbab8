/** Every language of the table meets what no language allows; nothing may crash or hang, and what can be read is kept. */

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import { FAMILIES } from '#generate/analyse/languages/table.ts'
import type { Analysis } from '#generate/model.ts'
import { inventoryOf } from '../inventory-of.ts'

/** A file name and a text with one declaration called `kept`, in each language. */
const SAMPLES: Readonly<Record<string, readonly [extension: string, text: string]>> = {
  bash: ['sh', 'kept() {\n  echo 1\n}\n'],
  c: ['c', 'int kept(void) {\n  return 1;\n}\n'],
  cpp: ['cpp', 'namespace n {\nint kept() { return 1; }\n}\n'],
  csharp: ['cs', 'class C {\n  int kept() { return 1; }\n}\n'],
  go: ['go', 'package p\n\nfunc kept() int { return 1 }\n'],
  java: ['java', 'class C {\n  int kept() { return 1; }\n}\n'],
  kotlin: ['kt', 'fun kept(): Int { return 1 }\n'],
  php: ['php', '<?php\nfunction kept() { return 1; }\n'],
  ruby: ['rb', 'def kept\n  1\nend\n'],
  rust: ['rs', 'fn kept() -> i32 { 1 }\n'],
  swift: ['swift', 'func kept() -> Int { return 1 }\n'],
  scala: ['scala', 'object O {\n  def kept(): Int = 1\n}\n'],
}

const context = { signal: new AbortController().signal, onProgress() {} }

async function analyseTexts(texts: Record<string, string | Uint8Array>): Promise<Analysis> {
  return analyse(await inventoryOf(texts), context)
}

const hasKept = (analysis: Analysis, file: string): boolean =>
  analysis.components.some((component) => component.file === file && component.name === 'kept')

/** Bytes that look the same in every run. */
function noise(count: number): Uint8Array {
  const bytes = new Uint8Array(count)
  let state = 12_345
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    bytes[i] = Math.max(1, (state >>> 16) & 0xff)
  }
  return bytes
}

for (const { language } of FAMILIES.flat()) {
  const [extension, text] = SAMPLES[language] ?? assert.fail(`no sample of ${language}`)
  const file = `a.${extension}`
  describe(language, () => {
    test('a file with a byte order mark and CRLF has its lines right', async () => {
      const analysis = await analyseTexts({ [file]: `\uFEFF${text.replaceAll('\n', '\r\n')}` })
      const found = analysis.components.find((component) => component.name === 'kept')
      const line = text.slice(0, text.indexOf('kept')).split('\n').length
      assert.equal(found?.startLine, line)
      assert.deepEqual(analysis.reports.find((report) => report.language === language)?.failed, [])
    })

    test('what stands before a broken end is kept, and the file is named', async () => {
      const analysis = await analyseTexts({ [file]: `${text}\n}}}} ((( %%% ]]] <<< @@ "\n` })
      assert.ok(hasKept(analysis, file))
      assert.deepEqual(analysis.reports.find((report) => report.language === language)?.failed, [file])
    })

    test('a file of noise does not keep the others from being read', async () => {
      const analysis = await analyseTexts({ [file]: text, [`b.${extension}`]: noise(200_000) })
      assert.ok(hasKept(analysis, file))
    })

    test('brackets 200,000 deep do not end the program', async () => {
      const deep = `${'('.repeat(200_000)}1${')'.repeat(200_000)}`
      const braces = `${'{'.repeat(100_000)}${'}'.repeat(100_000)}`
      const analysis = await analyseTexts({
        [file]: text,
        [`b.${extension}`]: `${text.replace('1', () => deep)}`,
        [`c.${extension}`]: `${text}${braces}`,
        [`d.${extension}`]: `${text.replace('1', () => `a${'.b()'.repeat(50_000)}`)}`,
      })
      assert.ok(hasKept(analysis, file))
    })

    test('one line of a megabyte is read', async () => {
      const long = `${text}${'/* a long comment */ '.repeat(40_000)}`
      const analysis = await analyseTexts({ [file]: text, [`b.${extension}`]: long })
      assert.ok(hasKept(analysis, file))
    })
  })
}
