import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Inventory, Module } from '#generate/model.ts'
import { separateModules } from '#generate/pages/page-order.ts'

const module = (id: string, files: string[], children: Module[] = []): Module =>
  ({ id, slug: id, title: id, files, children }) as unknown as Module

const ROLES = { 'src/a.py': 'code', 'tests/t.py': 'test', '.github/x.py': 'code', 'examples/e.py': 'example' }
const inventory = { files: Object.entries(ROLES).map(([path, role]) => ({ path, role })) } as unknown as Inventory

test('modules without code of the repository itself come last', () => {
  const src = module('src', [], [module('deep', ['src/a.py'])])
  const others = [module('.github', ['.github/x.py']), module('examples', ['examples/e.py'])]
  const tests = module('tests', ['tests/t.py'])
  assert.deepEqual(separateModules([...others, src, tests], inventory), { own: [src], aside: [...others, tests] })
  assert.deepEqual(separateModules([tests, ...others], inventory), { own: [tests, ...others], aside: [] })
})
