import assert from 'node:assert/strict'
import { test } from 'node:test'
import { factsOf } from '#generate/analyse/typescript/facts.ts'
import { Units } from '#generate/analyse/typescript/link/units.ts'
import { inventoryOf } from '../inventory-of.ts'

async function unitsOf(texts: Readonly<Record<string, string>>): Promise<Units> {
  const units = new Units()
  for (const file of (await inventoryOf(texts)).files) {
    const facts = factsOf(file)
    assert.ok(facts)
    units.add({ path: file.path, summary: facts.summary, components: facts.components, whole: facts.whole })
  }
  return units
}

test('a summary is unpacked when somebody asks for its file, where its records have been reserved', async () => {
  const units = await unitsOf({ 'a.ts': 'export const a = 1', 'b.ts': "import { a } from './a'\nexport class B {}" })
  assert.deepEqual([units.has('a.ts'), units.has('b.ts'), units.has('c.ts')], [true, true, false])
  assert.ok(units.numbers.slice(0, units.records.length).every((number) => number === 0))
  assert.deepEqual([...units.memberNames].filter((name) => /^[aB]$/.test(name)).sort(), ['B', 'a'])
  const b = units.at('b.ts')
  assert.deepEqual(
    [...(b?.exports.keys() ?? [])].map((name) => units.nameText(name)),
    ['B'],
  )
  assert.ok(units.numbers.slice(1, (b?.base ?? 0) + 1).every((number) => number === 0))
  assert.equal(units.of(b?.module ?? 0), b)
})

test('a summary that declares globals is unpacked at once', async () => {
  const units = await unitsOf({ 'a.ts': 'export const a = 1', 'g.d.ts': 'declare const VERSION: string' })
  const [symbol = 0] = units.ownGlobalsOf(units.records.nameOf('VERSION'))
  assert.equal(units.of(symbol).path, 'g.d.ts')
  assert.deepEqual(
    units.all.flatMap(({ path }) => path),
    ['g.d.ts'],
  )
})
