import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from './real-sample.ts'

test('a function without a result type is shown as async where it is', async () => {
  const pages = await pagesOf({
    'package.json': '{"name":"orbit","type":"module","exports":"./src/index.ts"}',
    'src/index.ts': [
      '/** Draws one picture. */',
      'export async function render(plan: string, parent?: string) { return plan }',
      '/** Says what was found. */',
      'export async function typed(plan: string): Promise<string> { return plan }',
      '/** Reaches the moon. */',
      'export const fly = async (to: string) => { await to }',
      '/** Stays on the ground. */',
      'export const wait = (to: string) => fly(async(to))',
      '/** Needs no fuel. */',
      'export function plain(to: string) { return async(to) }',
      'const async = (of: string) => of',
      '/** Carries two people. */',
      'export class Ship {',
      '  /** Comes down slowly. */',
      '  static async land(on: string) { await on }',
      '  /** Goes through all stages. */',
      '  async *steps() { yield 1 }',
      '  /** Sleeps one night. */',
      '  rest(as: string) { return async(as) }',
      '}',
      '',
    ].join('\n'),
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^async render\(plan: string, parent\?: string\)$/m)
  assert.match(all, /^typed\(plan: string\): Promise<string>$/m)
  assert.match(all, /^async fly\(to: string\)$/m)
  assert.match(all, /^wait\(to: string\)$/m)
  assert.match(all, /^plain\(to: string\)$/m)
  assert.match(all, /^static async land\(on: string\)$/m)
  assert.match(all, /^async steps\(\)$/m)
  assert.match(all, /^rest\(as: string\)$/m)
})
