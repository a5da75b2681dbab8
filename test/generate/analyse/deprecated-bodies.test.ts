import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withDeprecatedBodies } from '#generate/analyse/deprecated-bodies.ts'
import { component, sourceFile } from './component.ts'

function reasonOf(language: string, text: string): string | undefined {
  const one = component('a', 'f', { endLine: text.split('\n').length })
  const [found] = withDeprecatedBodies([one], new Map([['a', sourceFile('a', language, text)]]))
  return found?.details?.deprecated
}

test('a body that begins by warning of deprecation says so', () => {
  const cases: [language: string, text: string, reason: string | undefined][] = [
    ['ruby', 'def f\n  warn "[DEPRECATION] use `g` instead"\n  g\nend', 'use `g` instead'],
    ['ruby', 'def f(a,\n      b)\n  # Why.\n  warn("f is deprecated")\nend', 'f is deprecated'],
    ['ruby', 'def f\n  warn "#{name} is deprecated"\nend', ''],
    ['ruby', 'def f(options = {})\n  warn "f is deprecated"\nend', 'f is deprecated'],
    ['python', 'def f(a={}, b={"c": []}):\n  warnings.warn("Use g", DeprecationWarning)', 'Use g'],
    ['ruby', 'def f\n  warn "nothing found"\n  # deprecated\nend', undefined],
    ['ruby', 'def f\n  warn "f is deprecated" if old?\nend', undefined],
    ['ruby', 'def f\n  warn "A is deprecated. Use B if possible" unless\n    ENV["B"]\nend', undefined],
    ['ruby', 'def f\n  warn "f is deprecated, ask if", "so"\n  g if h\nend', 'f is deprecated, ask if'],
    ['ruby', 'def f\n  if old?\n    warn "deprecated"\n  end\nend', undefined],
    [
      'python',
      'def f(\n  a):\n  """Does.\n\n  More.\n  """\n  warnings.warn("Use g", DeprecationWarning, stacklevel=2)',
      'Use g',
    ],
    ['python', 'def f(a):  # noqa: D103\n  warnings.warn("Use g", DeprecationWarning)', 'Use g'],
    ['python', 'def f(a):\n  warnings.warn("Use g of (b)", UserWarning)\n  # deprecated', undefined],
    ['php', "function f($a)\n{\n  @trigger_error('Use g', E_USER_DEPRECATED);\n}", 'Use g'],
    ['java', 'void f() {\n  warn("deprecated")\n}', undefined],
  ]
  for (const [language, text, reason] of cases) assert.equal(reasonOf(language, text), reason, text)
})

test('the reason in a comment takes precedence', () => {
  const one = component('a', 'f', { endLine: 3, details: { deprecated: 'Since 2.' } })
  const file = sourceFile('a', 'ruby', 'def f\n  warn "deprecated"\nend')
  assert.equal(withDeprecatedBodies([one], new Map([['a', file]]))[0]?.details?.deprecated, 'Since 2.')
})

test('many functions on one long line take little time', () => {
  const text = `${'function f() { }'.repeat(5_000)} // deprecated`
  const all = Array.from({ length: 5_000 }, (_, at) => component('a', `f${at}`, { endLine: 1 }))
  const found = withDeprecatedBodies(all, new Map([['a', sourceFile('a', 'php', text)]]))
  assert.ok(found.every(({ details }) => details?.deprecated === undefined))
})
