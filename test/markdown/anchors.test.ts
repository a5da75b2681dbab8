import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anchorsOf } from '#markdown/anchors.ts'
import { code, heading, list } from '#markdown/build.ts'

/** The anchors of the lines of a list of these signatures. */
function anchorsFor(...signatures: string[]): string[] {
  return [...anchorsOf([list(signatures.map((signature) => [code(signature), ': what it is.']))]).values()]
}

test('a line that begins with a name in code style is linked to by what it declares', () => {
  const signatures = [
    '#dispatch(request: Request): Response',
    'cJSON *next',
    'void *(*malloc_fn)(size_t sz)',
    'void (CJSON_CDECL *free_fn)(void *ptr)',
    'func (c *Context) JSON(code int, obj any)',
  ]
  assert.deepEqual(anchorsFor(...signatures), ['dispatch', 'next', 'malloc_fn', 'free_fn', 'json'])
})

test('a name is read from the signature, not from a parameter or from what it returns', () => {
  const signatures = [
    'func newPager(common *commonModel) pager',
    'func load(at *entry) (string, error)',
    'def execute & block',
    'def read(*args)',
    'def each_pair *args, &block',
    'alias :length :size',
    'cJSON *find(node *at)',
    'def ==(other)',
  ]
  const names = ['newpager', 'load', 'execute', 'read', 'each_pair', 'length', 'find', 'section']
  assert.deepEqual(anchorsFor(...signatures), names)
})

test('headings come first, and what has no letter is a section', () => {
  const blocks = [list([[code('next')]]), heading(2, 'Next'), list([[code('=>')]])]
  assert.deepEqual([...anchorsOf(blocks).values()], ['next', 'next-1', 'section'])
})
