import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withConditions } from '#generate/analyse/conditions.ts'
import { component, sourceFile } from './component.ts'

/** The conditions of what begins on some lines of a text. */
function conditionsOf(language: string, text: string, lines: readonly (readonly [line: number, name: string])[]) {
  const all = lines.map(([startLine, name]) => component('a', name, { startLine, endLine: startLine }))
  return withConditions(all, new Map([['a', sourceFile('a', language, text)]])).map(({ condition }) => condition)
}

test('a method within an `if` has its condition, one in a class alone has none', () => {
  const ruby = `class A
  if ActiveSupport::VERSION::MAJOR < 6 # old
    # Says.
    def a
    end

    def b
    end
  else
    def c
    end
  end

  def d
  end
end`
  const old = 'if ActiveSupport::VERSION::MAJOR < 6'
  assert.deepEqual(
    conditionsOf('ruby', ruby, [
      [4, 'A.a'],
      [7, 'A.b'],
      [10, 'A.c'],
      [14, 'A.d'],
    ]),
    [old, old, 'if not (ActiveSupport::VERSION::MAJOR < 6)', undefined],
  )
  const python = `try:
    import x
except ImportError:
    def a(): pass
if sys.version_info >= (3, 9):
    def b(): pass
for x in y:
    def c(): pass
else:
    def d(): pass`
  assert.deepEqual(
    conditionsOf('python', python, [
      [4, 'a'],
      [6, 'b'],
      [8, 'c'],
      [10, 'd'],
    ]),
    ['except ImportError', 'if sys.version_info >= (3, 9)', undefined, undefined],
  )
})

test('variants of one name say in which branch of the preprocessor they are', () => {
  const text = `#ifndef A_H
#define A_H
#ifdef USE_ICU
int a(char *x);
#else
int a(int x);
#endif
int b(void);
#if X > 1
int c(int x);
#elif Y
int c(char x);
#else
int c(long x);
#endif
#endif`
  const lines = [
    [4, 'a'],
    [6, 'a'],
    [8, 'b'],
    [10, 'c'],
    [12, 'c'],
    [14, 'c'],
  ] as const
  assert.deepEqual(conditionsOf('c', text, lines), [
    '#ifdef USE_ICU',
    '#ifndef USE_ICU',
    undefined,
    '#if X > 1',
    '#elif Y',
    '#else of #elif Y',
  ])
})

test('hostile conditions take little time and memory', () => {
  const elses = conditionsOf('c', `#if X\n${'#else\n'.repeat(100_000)}int a;\nint a;\n#endif\n`, [
    [100_002, 'a'],
    [100_003, 'a'],
  ])
  assert.deepEqual(elses, ['#else of #if !X', '#else of #if !X'])
  const guards = '#ifndef A\n#define A\n'.repeat(50_000)
  assert.deepEqual(
    conditionsOf('c', `${guards}int a;\nint a;\n`, [
      [100_001, 'a'],
      [100_002, 'a'],
    ]),
    [undefined, undefined],
  )
  const long = `if ${'a'.repeat(400_000)}:\n${'    x\n'.repeat(60_000)}`
  assert.deepEqual(conditionsOf('python', long, [[2, 'a']]), [undefined])
})
