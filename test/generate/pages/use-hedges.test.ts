/** Which uses entries hedge or leave out, of repositories that are really analysed. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testsInCode } from '#generate/pages/usage/test-only-code.ts'
import { pagesOf } from './real-sample.ts'
import { component, file } from './sample.ts'

const all = async (texts: Record<string, string>): Promise<string> => [...(await pagesOf(texts)).values()].join('\n')

test('what is marked as a test, what is inside it, and what a condition compiles for tests only is a test', () => {
  const lib = file('src/lib.rs', 'x\n', { language: 'rust' })
  const tests = component(lib, 'tests', { kind: 'namespace', isTest: true })
  const all = [
    component(lib, 'read'),
    tests,
    component(lib, 'check', { parent: tests.id }),
    component(lib, 'old', { condition: '#ifdef REDIS_TEST' }),
    component(lib, 'usual', { condition: '#ifndef REDIS_TEST' }),
    component(lib, 'latest', { condition: '#ifdef LATEST' }),
  ]
  const found = testsInCode(new Map([[lib.path, lib]]), new Map(all.map((one) => [one.id, one])))
  assert.deepEqual(
    [...found],
    ['tests', 'check', 'old'].map((name) => `src/lib.rs#${name}`),
  )
})

test('a line of a script that goes on behind a backslash shows no use', async () => {
  const page = await all({
    'bin/check.sh':
      '#!/bin/bash\n\n# Checks that two texts are equal.\nequal() {\n  [ "$1" = "$2" ]\n}\n\nrun() {\n  equal \\\n    "$1" two\n}\n\nrun one\n',
  })
  assert.doesNotMatch(page, /`equal \\`/)
})

test('a name that is bound to the built-in one of the same name does not use itself', async () => {
  const page = await all({
    'app/compat.py': '__all__ = ["map"]\n\n#: Applies a function.\nmap = map\n',
    'app/use.py': 'from app.compat import map\n\n\ndef run(all):\n    return map(str, all)\n',
  })
  assert.match(page, /^- `run`, [^\n]*`return map\(str, all\)`$/m)
})

test('new X() is a use of the constructor that takes its arguments, and it is called a constructor', async () => {
  const main = 'src/main/java/org/orbit'
  const texts = {
    'pom.xml': '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId></project>\n',
    [`${main}/Plan.java`]:
      'package org.orbit;\n\n/** A plan of burns. */\npublic class Plan {\n  /** Plans until the orbit decays. */\n  public Plan() { this(1); }\n  /** Plans until the fuel is spent. */\n  public Plan(int days) { }\n  /** Plans around the rim of a disc. */\n  public Plan(Flat flat) { }\n}\n',
    [`${main}/Flat.java`]:
      'package org.orbit;\n\n/** A flat disc. */\npublic class Flat {\n  /** Flies. */\n  public Object fly() { return new Plan(3); }\n  /** Falls. */\n  public Object fall() { return new Plan(Unknown.of(4)); }\n  /** Spins. */\n  public Object spin() { return new Plan(this); }\n}\n',
  }
  const page = await all(texts)
  const usesAt = (line: number): string =>
    page.split(`Constructor in Plan.java, line ${line}\n`)[1]?.split(/^#/m)[0] ?? ''
  assert.match(usesAt(8), /`Flat\.fly`[^\n]*`return new Plan\(3\);`/)
  assert.match(usesAt(10), /<summary>Some uses<\/summary>/)
  assert.doesNotMatch(usesAt(6), /Used|call/)
})
