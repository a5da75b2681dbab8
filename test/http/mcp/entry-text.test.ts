import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entryText } from '#http/mcp/entry-text.ts'

const PAGE =
  '# src\n\nThe shop.\n\n## `Shop`\n\nSells things.\n\n```ts\n## no heading\n```\n\n### `Shop.sell`\n\nOne.\n\n## `Shop`\n\nMany.\n'

test('the part below a heading ends at the next one of its level', async () => {
  assert.equal(
    await entryText(PAGE, 'shop'),
    '## `Shop`\n\nSells things.\n\n```ts\n## no heading\n```\n\n### `Shop.sell`\n\nOne.',
  )
  assert.equal(await entryText(PAGE, 'shop-sell'), '### `Shop.sell`\n\nOne.')
  assert.equal(await entryText(PAGE, 'shop-1'), '## `Shop`\n\nMany.')
  assert.equal(await entryText(PAGE, 'src'), PAGE.trimEnd())
  assert.equal(await entryText(PAGE, 'no-heading'), undefined)
  assert.equal(await entryText('', 'a'), undefined)
})

test('a page of nothing but headings holds up no other request, and is not read for ever', async () => {
  let isOver = false
  let turns = 0
  const found = entryText('# a\n'.repeat(200_000), 'a-90000').finally(() => {
    isOver = true
  })
  for (; !isOver; turns++) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(await found, '# a')
  assert.ok(turns > 3, `${turns}`)
  assert.equal(await entryText('# a\n'.repeat(200_000), 'a-150000'), undefined)
})
