import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SeenTexts } from '#ask-model/seen-texts.ts'

const NAMES = Array.from({ length: 56 }, (_, n) => 'a'.repeat(n + 2))

async function seen(...texts: string[]): Promise<{ all: SeenTexts; breaths: number }> {
  const all = new SeenTexts()
  for (const text of texts) all.add(text)
  let breaths = 0
  await all.index(async () => {
    breaths += 1
  })
  return { all, breaths }
}

test('names are found on their own, with and without punctuation', async () => {
  const { all } = await seen('const shop = new Shop()\nshop.sell(item)', 'größe => size::of<T>; myshop.sold')
  for (const name of ['shop', 'Shop', 'shop.sell', 'Shop()', 'shop.sell(item)', 'größe', '=>', 'size::of<T>', '.sold'])
    assert.ok(all.has(name), name)
  for (const name of ['hop', 'sho', 'shop.sel', 'hop.sell', 'shop.sold', 'sell(it', '.sol', '>=', 'item shop', ''])
    assert.ok(!all.has(name), name)
  assert.ok(!all.has('later.on'))
  all.add('later.on')
  await all.index(async () => undefined)
  assert.ok(all.has('later.on'))
})

test('however often a text contains parts of names, a look-up takes few steps', async () => {
  for (const unit of ['a', `${'a'.repeat(60)} `, 'xaa.aax aa ', 'b.aa.a.aa ']) {
    const { all } = await seen(unit.repeat(Math.ceil(400_000 / unit.length)))
    for (const name of NAMES.flatMap((each) => [each, `${each}.${each}`, `${each}.a`])) {
      const before = all.steps
      all.has(name)
      assert.ok(all.steps - before <= 2_000, `${unit}: ${name}`)
      const after = all.steps
      all.has(name)
      assert.equal(all.steps, after)
    }
  }
})

test('other requests are served while a text is indexed, and each word is read once', async () => {
  const { all, breaths } = await seen('a b '.repeat(50_000), 'c '.repeat(50_000))
  assert.ok(breaths >= 145, `${breaths}`)
  assert.ok(all.steps <= 150_000 + 300_000 / 100 + 2, `${all.steps}`)
})

test('searching for names without letters ends, and so does remembering words', async () => {
  const { all } = await seen('+'.repeat(1_000_000))
  for (let length = 1; length < 400; length++) all.has(`${'+'.repeat(length)}-`)
  assert.ok(all.steps <= (20_000_000 + 2_000_000) / 100, `${all.steps}`)
  const many = Array.from({ length: 60_000 }, (_, n) => `w${n}`)
  const { all: large } = await seen(many.join(' '))
  assert.deepEqual([large.has('w0'), large.has('w59999')], [true, false])
})
