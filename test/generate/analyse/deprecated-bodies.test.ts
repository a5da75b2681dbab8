import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import { inventoryOf } from './inventory-of.ts'

const ENDINGS: Readonly<Record<string, string>> = { ruby: 'rb', python: 'py', php: 'php', java: 'java' }

async function reasonOf(language: string, text: string): Promise<string | undefined> {
  const path = `a.${ENDINGS[language]}`
  const inventory = await inventoryOf({ [path]: language === 'php' ? `<?php\n${text}` : text })
  const { components } = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
  return components.find(({ name }) => name === 'f')?.details?.deprecated
}

test('a body that warns of deprecation says so', async () => {
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
    ['python', 'def f(g):\n  def h():\n    warnings.warn("Use g", DeprecationWarning)\n  return h', undefined],
    ['python', 'def f(a):\n  if a:\n    return\n  warnings.warn("Use g", DeprecationWarning)', undefined],
    ['java', 'class A { void f() {\n  warn("deprecated");\n} }', undefined],
  ]
  for (const [language, text, reason] of cases) assert.equal(await reasonOf(language, text), reason, text)
})

test('the reason in a comment takes precedence', async () => {
  assert.equal(await reasonOf('ruby', '# @deprecated Since 2.\ndef f\n  warn "deprecated"\nend'), 'Since 2.')
})
