import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headOf } from '#generate/pages/module/method-head.ts'
import { plainText } from '#markdown/build.ts'
import { component, file } from './sample.ts'

test('a short head keeps the symbols of parameters that take any number, and drops those of types', () => {
  const cases = [
    ['a.py', 'def plan(*args: Any, **kwargs: Any) -> bool', 'plan(*args, **kwargs)'],
    ['a.go', 'func plan(first int, cmds ...Cmd) Cmd', 'plan(first, cmds...)'],
    ['a.php', 'function plan(array &$rows, string ...$names)', 'plan(&$rows, ...$names)'],
    ['a.ts', 'plan(first: number, ...rest: string[]): void', 'plan(first, ...rest)'],
    ['a.c', 'int plan(const char *name, int **rows)', 'plan(name, rows)'],
  ] as const
  for (const [path, signature, head] of cases) {
    const one = component(file(path, ''), 'plan', { kind: 'function', signature })
    const found = headOf(one)
    assert.equal(typeof found === 'string' ? found : plainText(found), head)
  }
})
