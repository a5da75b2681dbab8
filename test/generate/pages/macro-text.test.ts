import assert from 'node:assert/strict'
import { test } from 'node:test'
import { macroText } from '#generate/pages/entry/short-code.ts'
import { indexRepo } from '#generate/pages/repo-index.ts'
import { partition } from '#generate/partition/partition.ts'
import { component, file, sample, subject } from './sample.ts'

test('a macro is shown whole, as written, or not at all', () => {
  const swap = '#define M(a, b) do { /* exchange */ \\\n  int t = a; a = b; b = t; } while (0)'
  const texts: Record<string, string | undefined> = {
    [swap]: swap,
    [`${swap} /* swaps */`]: `${swap} /* swaps */`,
    '#define M(x) f(x); \\\n  2; \\\n  3; \\\n  4; \\\n  5; \\\n  6; \\\n  7;': undefined,
  }
  for (const [text, shown] of Object.entries(texts)) {
    const one = file('a.c', `${text}\n`, { language: 'c' })
    const macro = component(one, 'M', {
      kind: 'macro',
      signature: '#define M',
      startLine: 1,
      endLine: text.split('\n').length,
    })
    const { inventory, analysis } = sample([one], [macro])
    const repo = indexRepo(inventory, analysis, partition(inventory, analysis, subject))
    assert.equal(macroText(repo, macro), shown, text)
  }
})

test('a comment behind a macro that describes it is not shown twice', () => {
  for (const [doc, shown] of [
    ['Wanted', '#define M\t0x4U'],
    [null, '#define M\t0x4U /* Wanted */'],
  ] as const) {
    const one = file('a.c', '#define M\t0x4U /* Wanted */\n', { language: 'c' })
    const macro = component(one, 'M', { kind: 'macro', signature: '#define M', doc })
    const { inventory, analysis } = sample([one], [macro])
    const repo = indexRepo(inventory, analysis, partition(inventory, analysis, subject))
    assert.equal(macroText(repo, macro), shown)
  }
})
