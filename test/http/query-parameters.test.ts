/** Reading a query costs one pass, whatever its names are. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import type { AppContext } from '#http/deps.ts'
import { Refusal } from '#http/problem.ts'
import { MAX_PARAMETERS, readQuery } from '#http/query-parameters.ts'

const Page = z.object({ q: z.string().optional(), p: z.array(z.string()).default([]) })
const Api = z.strictObject({ q: z.string().optional() })
const read = <T extends z.ZodObject>(schema: T, query: string): z.output<T> =>
  readQuery({ req: { url: `http://localhost/search?${query}` } } as AppContext, schema, 'q and p')
const names = (count: number): string => Array.from({ length: count }, (_, at) => `a${at}`).join('&')

test('known parameters are read, in any order, and unknown ones of a page are skipped', () => {
  assert.deepEqual(read(Page, `p=1&${names(60)}&q=x+y&a1=2&a1=3&p=2&constructor=1`), { q: 'x y', p: ['1', '2'] })
  assert.deepEqual(read(Page, '&&q=&'), { q: '', p: [] })
  assert.throws(() => read(Page, 'q=1&q=2'), { code: 'BAD_FIELD' })
  assert.throws(() => read(Api, 'q=1&other=2'), { code: 'UNKNOWN_FIELD' })
})

test('no parameter is looked up in the list of all', (t) => {
  const lookUps = (['get', 'getAll', 'has'] as const).map((name) => t.mock.method(URLSearchParams.prototype, name))
  read(Page, `${names(MAX_PARAMETERS - 2)}&q=1&p=2`)
  assert.deepEqual(
    lookUps.map(({ mock }) => mock.callCount()),
    [0, 0, 0],
  )
})

test('a query of more parameters than the limit is refused before it is parsed', (t) => {
  const parse = t.mock.getter(URL.prototype, 'searchParams')
  for (const schema of [Page, Api])
    for (const query of [names(MAX_PARAMETERS + 1), '&'.repeat(15_000)])
      assert.throws(
        () => read(schema, query),
        (error) => error instanceof Refusal && error.code === 'BAD_FIELD' && /more than/.test(error.message),
      )
  assert.equal(parse.mock.callCount(), 0)
})
