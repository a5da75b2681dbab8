import assert from 'node:assert/strict'
import { test } from 'node:test'
import { iteratedList } from '#generate/analyse/reads/loops.ts'

test('the list of a loop is found in each language, unless it is computed', () => {
  const listOf = (head: string, variable = 'name'): string | undefined => {
    const text = `${head}\n  read(`
    return iteratedList(text, 0, text.length, variable)
  }
  for (const head of [
    'for _, name := range names {',
    'for name in names:',
    'for (const name of names) {',
    'for (String name : names) {',
    'for name in &names {',
    'for name in &mut names {',
    'names.each do |name|',
    'names.forEach((name) =>',
  ])
    assert.equal(listOf(head), 'names', head)
  assert.equal(listOf('foreach ($names as $name) {', '$name'), 'names')
  for (const head of ['for name in sorted(names):', 'for name in names.iter() {', 'rename = names'])
    assert.equal(listOf(head), undefined, head)
})
