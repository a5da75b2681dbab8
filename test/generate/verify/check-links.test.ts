import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SourceFile, SourceLink } from '#generate/model.ts'
import { checkLinks, type LinkContext } from '#generate/verify/check-links.ts'
import type { Findings } from '#generate/verify/findings.ts'
import type { ReadPage } from '#generate/verify/read-page.ts'

/** Checks one link for each symbol, which is named `f` and the number of its line. @returns The broken ones. */
function brokenIn(text: string, symbols: readonly { line: number; symbol: string }[]): string[] {
  const path = 'a.c'
  const lines = text.split('\n').length
  const file = { path, text, lines } as SourceFile
  const sources = new Map(
    symbols.map(({ line, symbol }): [string, SourceLink[]] => {
      const url = `https://x/${path}#L${line}`
      return [url, [{ url, path, startLine: line, endLine: line, symbol } as SourceLink]]
    }),
  )
  const context: LinkContext = {
    ...{ pages: new Map(), files: new Map([[path, file]]), sources, kept: undefined, sourcePrefix: null },
    results: new Map(),
  }
  const findings = { check: () => undefined, fault: () => undefined } as unknown as Findings
  const read = { page: { file: 'a.md' }, links: [...sources.keys()] } as ReadPage
  return [...checkLinks(read, context, findings)]
}

test('a symbol must be in the lines that its link names', () => {
  assert.deepEqual(
    brokenIn('int one;\nint two;', [
      { line: 1, symbol: 'one' },
      { line: 2, symbol: 'two' },
    ]),
    [],
  )
  assert.deepEqual(brokenIn('int one;\nint two;', [{ line: 2, symbol: 'one' }]), ['https://x/a.c#L2'])
  const options = 'while ((opt = getopt(argc, argv, "2c:D")) != -1)'
  assert.deepEqual(brokenIn(options, [{ line: 1, symbol: '-c' }]), [])
  assert.deepEqual(brokenIn(options, [{ line: 1, symbol: '-x' }]), ['https://x/a.c#L1'])
})

test('many links into a long file are checked in linear time', () => {
  const count = 40_000
  const text = Array.from({ length: count }, (_, index) => `int f${index + 1};`).join('\n')
  const start = process.cpuUsage()
  const symbols = Array.from({ length: count }, (_, index) => ({ line: index + 1, symbol: `f${index + 1}` }))
  assert.deepEqual(brokenIn(text, symbols), [])
  assert.ok(process.cpuUsage(start).user < 3_000_000)
})
